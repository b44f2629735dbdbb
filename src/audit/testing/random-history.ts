/**
 * Random histories on the real chain, through the one door: payments and operations in key blocks and
 * microblocks, rival branches that win, trackers that equivocate. Test-only.
 *
 * @module
 */
import * as fc from "fast-check";
import type { TestChain } from "../../chain/testing/forge.ts";
import { forkOf } from "../../chain/testing/forge.ts";
import type { TestAuthor } from "../../chain/testing/mine.ts";
import { mineBlock, testAuthor } from "../../chain/testing/mine.ts";
import { pay } from "../../chain/testing/pay.ts";
import { type Block, encodeBlock } from "../../kernel/block.ts";
import { hexFromBytes, utf8Encode } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { encodeGenesis } from "../../kernel/genesis.ts";
import {
  encodeSignedTransaction,
  type SignedTransaction,
  type TransactionPayload,
} from "../../kernel/transaction.ts";
import { codex } from "../../ledger/modules/codex.ts";
import { handles } from "../../ledger/modules/handles.ts";
import { profile } from "../../ledger/modules/profile.ts";
import { accountOf } from "../../ledger/state.ts";
import { tipMemo } from "../../ledger/transactions/tip-memo.ts";

/** Handles that histories fight for. */
export const HANDLES: readonly string[] = ["ada", "grace_h", "the_tide", "hal_9000", "nobodys"];
const KINDS = ["character", "place", "rule", "thing"] as const;
const PEOPLE = 5;
/** Millionths of a balance: nothing, a part, almost all, more than there is. */
const SHARES = [0n, 1n, 250_000n, 999_999n, 2_000_000n] as const;

/** Everybody in a history: the first three mine, the last two only receive and spend. */
export function people(): readonly TestAuthor[] {
  return Array.from({ length: PEOPLE }, (_, index) => testAuthor(index + 1));
}

/** Numbers are choices, so that a smaller one is a simpler history. */
const wish = fc.record({
  from: fc.nat({ max: PEOPLE - 1 }),
  to: fc.nat({ max: PEOPLE - 1 }),
  kind: fc.constantFrom("pay", "register", "move", "codex", "tip", "profile"),
  /** Part of the balance, in millionths. */
  share: fc.constantFrom(...SHARES),
  token: fc.nat({ max: 2 }),
  selector: fc.nat({ max: 2 }),
  tip: fc.nat({ max: 3 }),
  choice: fc.nat({ max: 9 }),
  extraFee: fc.constantFrom(0n, 1n, 777n),
});

const wishes = fc.array(wish, { maxLength: 4 });

/** One step of a history. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("key" as const), author: fc.nat({ max: 2 }), wishes }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("micro" as const), wishes }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("equivocate" as const), wishes }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("reorganise" as const),
      /** Steps to go back. */
      back: fc.integer({ min: 1, max: 4 }),
      author: fc.nat({ max: 2 }),
      wishes,
    }),
  },
);

/** What somebody wants to send. */
export type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never;
/** One step of a history. */
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Histories of up to 14 steps. */
export const histories: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 3, maxLength: 14 });

function operationOf(own: TestChain, { kind, to, choice }: Wish): Partial<TransactionPayload> {
  const handle = HANDLES[choice % HANDLES.length] ?? "ada";
  const owner = people()[to]?.address ?? testAuthor(0).address;
  if (kind === "register") {
    const op = { action: kind, handle, owner: choice < HANDLES.length ? null : owner };
    return { to: "sys/handles", memo: handles.encode(op) };
  }
  if (kind === "move") {
    return { to: "sys/handles", memo: handles.encode({ action: kind, handle, to: owner }) };
  }
  if (kind === "codex") {
    const action = choice < 5 ? "add" : "amend";
    const text = `Said at ${own.chain.head().id}.`;
    const entry = { kind: KINDS[choice % 2] ?? "rule", name: `Entry ${choice % 3}`, text };
    return { to: "sys/codex", memo: codex.encode({ action, ...entry }) };
  }
  const name = choice < 2 ? "" : `Name ${choice}`;
  const shown = { name, colour: 0x12_34_56 + choice, avatar: new Uint8Array(8).fill(choice) };
  return { to: "sys/profile", memo: profile.encode({ action: "set", profile: shown }) };
}

function amountOf(balance: bigint, share: bigint): bigint {
  return (balance * share) / 1_000_000n;
}

/** The transaction of a wish, with the lowest fee that its size allows and a little more. */
function transactionOf(own: TestChain, one: Wish, nonce: bigint): SignedTransaction {
  const { chain } = own;
  const everybody = people();
  const [from, to] = [everybody[one.from], everybody[one.to]];
  if (from === undefined || to === undefined) throw new CodedError("nobody", {});
  const balance = accountOf(chain.headState(), from.address);
  const isPayment = one.kind === "pay" || one.kind === "tip";
  const tipped = chain.canonAt(Math.max(1, chain.tip().height - one.tip));
  const memo =
    one.kind === "tip" && tipped !== undefined
      ? tipMemo(tipped.id, utf8Encode("Well told."))
      : new Uint8Array();
  const payload: Partial<TransactionPayload> & { readonly nonce: bigint } = {
    amountConsumer: isPayment && one.token !== 1 ? amountOf(balance.consumer, one.share) : 0n,
    amountIndustrial: isPayment && one.token !== 0 ? amountOf(balance.industrial, one.share) : 0n,
    memo,
    ...(isPayment ? {} : operationOf(own, one)),
    feeSelector: one.selector,
    nonce,
  };
  const recipient = payload.to ?? to.address;
  const unpaid = pay(chain, from, recipient, payload);
  const fee = BigInt(encodeSignedTransaction(unpaid).length) + one.extraFee;
  return pay(chain, from, recipient, { ...payload, fee });
}

/** Transactions of some wishes on a chain's head; each sender's nonces go on. */
function transactionsOf(own: TestChain, list: readonly Wish[]): SignedTransaction[] {
  const nonces = new Map<number, bigint>();
  return list.map((one) => {
    const address = people()[one.from]?.address;
    const before = address === undefined ? 0n : accountOf(own.chain.headState(), address).nonce;
    const nonce = (nonces.get(one.from) ?? before) + 1n;
    nonces.set(one.from, nonce);
    return transactionOf(own, one, nonce);
  });
}

async function connect({ chain }: TestChain, block: Block, nowMs: number): Promise<void> {
  const outcome = await chain.connectBlock(block, nowMs);
  if (["orphan", "future", "invalid"].includes(outcome.kind)) {
    throw new CodedError("not-connected", { outcome: JSON.stringify(outcome) });
  }
}

async function addKeyBlock(own: TestChain, author: number, list: readonly Wish[]): Promise<void> {
  const { chain } = own;
  const tip = chain.tip();
  const free = people()
    .slice(0, 3)
    .filter(({ address }) => address !== tip.author);
  const writer = free[author % free.length];
  if (writer === undefined) throw new CodedError("nobody", {});
  const nowMs = Math.max(tip.timestampMs, chain.head().timestampMs) + chain.genesis.paceMs;
  const transactions = transactionsOf(own, list);
  const text = `Line ${tip.height + 1}, told ${nowMs}.`;
  await connect(own, mineBlock(chain, { author: writer, text, nowMs, transactions }), nowMs);
}

/** The tracker's microblock; `null` when nothing of the wishes can be sealed. */
function sealed(own: TestChain, list: readonly Wish[], nowMs: number): Block | null {
  const { chain } = own;
  const tracker = people().find(({ address }) => address === chain.tip().author);
  if (tracker === undefined) return null;
  const transactions = transactionsOf(own, list);
  return chain.sealMicroblock({ transactions, seed: tracker.seed, nowMs });
}

async function seal(own: TestChain, list: readonly Wish[]): Promise<void> {
  if (own.chain.tip().height === 0) return;
  const nowMs = own.chain.sealableFromMs();
  const block = sealed(own, list, nowMs);
  if (block !== null) await connect(own, block, nowMs);
}

/** Two microblocks at one place, with one time and other transactions, or another time. */
async function equivocate(own: TestChain, list: readonly Wish[]): Promise<void> {
  if (own.chain.tip().height === 0) return;
  const nowMs = own.chain.sealableFromMs();
  const first = sealed(own, list, nowMs);
  const second = sealed(own, list, nowMs + 1);
  for (const block of [first, second]) if (block !== null) await connect(own, block, nowMs + 1);
}

/** A branch from some steps ago that becomes the heavier one, then is shown to the chain. */
async function reorganise(
  own: TestChain,
  past: readonly TestChain[],
  { back, author, wishes: list }: Extract<Step, { kind: "reorganise" }>,
): Promise<void> {
  const from = past[Math.max(0, past.length - back)];
  if (from === undefined) return;
  const rival = await forkOf(from);
  const known = new Set<string>(from.store.ids());
  await addKeyBlock(rival, author, list);
  while (rival.chain.tip().totalWork <= own.chain.tip().totalWork) {
    await seal(rival, list);
    await addKeyBlock(rival, author + 1, list);
  }
  const added = rival.store.ids().filter((id) => !known.has(id));
  const nowMs = rival.chain.head().timestampMs;
  for (const block of await rival.chain.readBlocks(added)) {
    if (block !== undefined) await connect(own, block, nowMs);
  }
}

/** Does one step; `past` are the chains as they stood before earlier steps, oldest first. */
export async function takeStep(
  own: TestChain,
  past: readonly TestChain[],
  one: Step,
): Promise<void> {
  switch (one.kind) {
    case "key":
      return addKeyBlock(own, one.author, one.wishes);
    case "micro":
      return seal(own, one.wishes);
    case "equivocate":
      return equivocate(own, one.wishes);
    case "reorganise":
      return reorganise(own, past, one);
  }
}

/** A chain's genesis and canon as hex, as `get_genesis` and `get_round_blocks` give them. */
export async function exportChain({
  chain,
}: TestChain): Promise<{ readonly genesis: string; readonly blocks: readonly string[] }> {
  const ids = Array.from({ length: chain.tip().height }, (_, index) => index + 1).flatMap(
    (height) => {
      const key = chain.canonAt(height);
      const entries = key === undefined ? [] : [key, ...chain.microblocksAt(height)];
      return entries.map(({ id }) => id);
    },
  );
  const blocks = await chain.readBlocks(ids);
  return {
    genesis: hexFromBytes(encodeGenesis(chain.genesis)),
    blocks: blocks.flatMap((block) =>
      block === undefined ? [] : [hexFromBytes(encodeBlock(block))],
    ),
  };
}
