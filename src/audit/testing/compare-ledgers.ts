/**
 * What a chain says of itself, in the shape of the second implementation, so that a test can compare the
 * two as wholes. Test-only.
 *
 * @module
 */
import type { TestChain } from "../../chain/testing/forge.ts";
import { addressFromHex } from "../../kernel/brand.ts";
import { hexFromBytes } from "../../kernel/bytes.ts";
import { codexEntries } from "../../ledger/modules/codex.ts";
import { handleHistory, handleOfAddress } from "../../ledger/modules/handle-state.ts";
import { profileOf } from "../../ledger/modules/profile.ts";
import { accountOf, supplyOf } from "../../ledger/state.ts";
import { HANDLES, people } from "./random-history.ts";
import type { SimpleLedger, SimpleReceipt } from "./simple-ledger.ts";

const KINDS = ["character", "place", "rule", "thing"];
const ALL_LINES = 1_000;

/** Everything that both can say, as plain values. */
export type Facts = Readonly<Record<string, unknown>>;

function addressesOf(): string[] {
  return people().map(({ address }) => address);
}

/** What the replay found. */
export function factsOfReplay(ledger: SimpleLedger): Facts {
  const { head, height, emitted, pot, referenceWork, codex } = ledger;
  const of = <T>(values: ReadonlyMap<string, T>): (T | null)[] =>
    addressesOf().map((address) => values.get(address) ?? null);
  return {
    chain: { head, height, emitted, pot, referenceWork },
    accounts: of(ledger.accounts),
    history: of(ledger.history).map((lines) => lines ?? []),
    tips: [...ledger.tips].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    handles: HANDLES.map((handle) => ledger.handles.get(handle) ?? []),
    shown: of(ledger.shown),
    codex: codex.map(({ kind, ...entry }) => ({ ...entry, kind: KINDS[kind] })),
    profiles: of(ledger.profiles),
  };
}

/** What the chain's state and index say. */
export async function factsOfChain(own: TestChain): Promise<Facts> {
  const { chain } = own;
  const state = chain.headState();
  const { emitted, pot, referenceWork } = supplyOf(state);
  const addresses = addressesOf().map(addressFromHex);
  const used = (address: (typeof addresses)[number]): object | null => {
    const account = accountOf(state, address);
    const isUsed = account.consumer > 0n || account.industrial > 0n || account.nonce > 0n;
    return isUsed ? account : null;
  };
  const tips = new Map<string, SimpleReceipt[]>();
  for (const [paragraph, line] of await linesOf(own, "tip/")) {
    tips.set(paragraph, [...(tips.get(paragraph) ?? []), line]);
  }
  const history = addresses.map(async (address) =>
    (await linesOf(own, `account/${address}/`)).map(([, line]) => line),
  );
  return {
    chain: { head: chain.head().id, height: chain.tip().height, emitted, pot, referenceWork },
    accounts: addresses.map(used),
    history: await Promise.all(history),
    tips: [...tips].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    handles: HANDLES.map((handle) => handleHistory(state, handle)),
    shown: addresses.map((address) => handleOfAddress(state, address) ?? null),
    codex: codexEntries(state),
    profiles: addresses.map((address) => {
      const profile = profileOf(state, address);
      if (profile === undefined) return null;
      const colour = profile.colour.toString(16).padStart(6, "0");
      return { name: profile.name, colour, avatar: hexFromBytes(profile.avatar) };
    }),
  };
}

/** Lines of the index on the canon, oldest first, each with the second part of its key. */
async function linesOf(
  { chain, store }: TestChain,
  prefix: string,
): Promise<(readonly [string, SimpleReceipt])[]> {
  const rows = await store.index({ prefix, limit: ALL_LINES });
  const { transactions } = await chain.indexed({ prefix, limit: ALL_LINES });
  return transactions.flatMap(({ txid, block, index, code, entry }, at) => {
    const of = rows[at]?.key.split("/")[1] ?? "";
    const { height } = entry;
    return chain.isCanon(block) ? [[of, { txid, block, height, index, code }] as const] : [];
  });
}
