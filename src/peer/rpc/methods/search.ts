/**
 * `search`: what a person may have pasted or half remembers — a height, a handle, an address, the id of a
 * block or of a transaction, or how one of these begins.
 *
 * @module
 */
import type { Chain } from "../../../chain/create-chain.ts";
import type { HeaderEntry } from "../../../chain/header-entry.ts";
import { addressFromHex, blockIdFromHex } from "../../../kernel/brand.ts";
import { handleOfAddress, handleOwner } from "../../../ledger/modules/handle-state.ts";
import { accountKey } from "../../../ledger/state.ts";
import { stateGet } from "../../../ledger/state-map.ts";
import type { PeerCore } from "../../peer-core.ts";
import type { ResultOf } from "../schema.ts";
import { handleFrom } from "./handle-names.ts";

type Found = ResultOf<"search">["results"][number];

const MAX_RESULTS = 10;
/** A shorter beginning fits too much. */
const MIN_DIGITS = 4;
/** Blocks that are looked through for the beginning of an id, newest first. */
const MAX_LOOKED_THROUGH = 10_000;
const FULL_DIGITS = 64;

/** Answers `search`; nothing found is an empty list. */
export async function searchFor(core: PeerCore, query: string): Promise<ResultOf<"search">> {
  const { chain } = core.session().context;
  const typed = query.trim().toLowerCase();
  const digits = typed.replace(/^0x/, "");
  const isHex = /^[0-9a-f]+$/.test(digits) && digits.length <= FULL_DIGITS;
  const found = [...heightOf(chain, typed), ...handleNamed(chain, typed)];
  if (isHex && digits.length >= MIN_DIGITS) {
    found.push(...blocksFrom(chain, digits));
    found.push(...(await transactionsFrom(core, digits)));
    found.push(...addressesFrom(chain, digits));
  }
  return { results: found.slice(0, MAX_RESULTS) };
}

function blockFound(entry: HeaderEntry): Found {
  const place = entry.microIndex === 0 ? `${entry.height}` : `${entry.height}/${entry.microIndex}`;
  return { kind: "block", id: entry.id, label: `block ${place}` };
}

function heightOf(chain: Chain, typed: string): readonly Found[] {
  if (!/^#?[0-9]{1,9}$/.test(typed)) return [];
  const entry = chain.canonAt(Number(typed.replace("#", "")));
  return entry === undefined || entry.author === null ? [] : [blockFound(entry)];
}

function handleNamed(chain: Chain, typed: string): readonly Found[] {
  const handle = handleFrom(typed);
  const owner = handle === null ? undefined : handleOwner(chain.headState(), handle);
  return owner === undefined ? [] : [{ kind: "handle", id: owner, label: `@${handle}` }];
}

/** Newest first: the canon's blocks of the last rounds, with their microblocks. */
function recentBlocks(chain: Chain): readonly HeaderEntry[] {
  const blocks: HeaderEntry[] = [];
  for (let at = chain.tip().height; at > 0 && blocks.length < MAX_LOOKED_THROUGH; at--) {
    const entry = chain.canonAt(at);
    if (entry !== undefined) blocks.push(...chain.microblocksAt(at).toReversed(), entry);
  }
  return blocks.slice(0, MAX_LOOKED_THROUGH);
}

function blocksFrom(chain: Chain, digits: string): readonly Found[] {
  if (digits.length < FULL_DIGITS) {
    return recentBlocks(chain)
      .filter(({ id }) => id.startsWith(digits))
      .map(blockFound);
  }
  const entry = chain.entry(blockIdFromHex(digits));
  return entry === undefined || entry.author === null ? [] : [blockFound(entry)];
}

async function transactionsFrom(core: PeerCore, digits: string): Promise<readonly Found[]> {
  const { context, payments } = core.session();
  const waiting = payments
    .pool()
    .entries()
    .map(({ txid }) => txid);
  const query = { prefix: `tx/${digits}`, limit: MAX_RESULTS };
  const placed = (await context.chain.indexed(query)).transactions.map(({ txid }) => txid);
  const txids = new Set([...waiting.filter((txid) => txid.startsWith(digits)), ...placed]);
  return [...txids].map((txid) => ({ kind: "transaction", id: txid, label: "transaction" }));
}

/** An address in full, if it has an account; how one begins is known of recent authors only. */
function addressesFrom(chain: Chain, digits: string): readonly Found[] {
  const state = chain.headState();
  const addresses =
    digits.length < FULL_DIGITS
      ? recentBlocks(chain).flatMap(({ author }) => (author?.startsWith(digits) ? [author] : []))
      : [addressFromHex(digits)].filter((one) => stateGet(state, accountKey(one)) !== undefined);
  return [...new Set(addresses)].map((address) => {
    const handle = handleOfAddress(state, address);
    return { kind: "address", id: address, label: handle === undefined ? "address" : `@${handle}` };
  });
}
