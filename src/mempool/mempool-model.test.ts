import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { addressFromHex } from "../kernel/brand.ts";
import { initKernel } from "../kernel/init.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import { createMempool } from "./create-mempool.ts";
import type { MempoolLimits } from "./limits.ts";
import type { Mempool } from "./mempool.ts";
import type { ModelEntry, ModelState } from "./testing/reference-model.ts";
import {
  modelAdmit,
  modelApply,
  modelEntry,
  modelHead,
  modelOrder,
  modelPurge,
} from "./testing/reference-model.ts";
import type { Sender } from "./testing/sender.ts";
import { idOf, START_MS, STORY_ID, senderOf, TRANSFER_BYTES } from "./testing/sender.ts";

beforeAll(initKernel);

const LIMITS: MempoolLimits = { maxEntries: 5, maxPerSender: 3, lifetimeMs: 5_000 };
const SENDERS = 6;
/** Senders 4 and 5 begin without an account: only a payment makes one, and a reorganisation takes it away. */
const FUNDED = 4;

const transferArbitrary = fc.record({
  from: fc.nat({ max: SENDERS - 1 }),
  to: fc.nat({ max: SENDERS - 1 }),
  nonceStep: fc.oneof(
    { weight: 8, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) },
  ),
  amount: fc.bigInt({ min: 0n, max: 2_500n }),
  feePerByte: fc.oneof(
    { weight: 9, arbitrary: fc.bigInt({ min: 1n, max: 5n }) },
    { weight: 1, arbitrary: fc.constant(0n) },
  ),
  feeSelector: fc.nat({ max: 2 }),
});
type Transfer = typeof transferArbitrary extends fc.Arbitrary<infer T> ? T : never;

const stepArbitrary = fc.oneof(
  {
    weight: 18,
    arbitrary: fc.record({
      kind: fc.constant("submit" as const),
      transfer: transferArbitrary,
      isForged: fc.nat({ max: 9 }).map((roll) => roll === 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("block" as const),
      take: fc.nat({ max: 6 }),
      /** Transactions that the pool never saw: of the same senders on another device. */
      foreign: fc.array(transferArbitrary, { maxLength: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("reorganise" as const),
      depth: fc.integer({ min: 1, max: 4 }),
      instead: fc.array(transferArbitrary, { maxLength: 3 }),
      /** How many of the lost transactions the new branch has too. */
      same: fc.nat({ max: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("drop" as const), at: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.nat({ max: 2_000 }) }),
  },
);
type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** A mempool, the model, and the chain that both look at. */
interface World {
  mempool: Mempool;
  list: readonly ModelEntry[];
  nowMs: number;
  /** States after each block; the first is the genesis'. */
  readonly states: ModelState[];
  readonly blocks: (readonly SignedTransaction[])[];
  /** Since the last start: submissions, their codes (and 7), evictions. */
  submitted: number;
  readonly codes: number[];
  evictions: number;
}

let senders: Sender[];
beforeAll(() => {
  senders = Array.from({ length: SENDERS }, (_, index) => senderOf(index));
});

const senderAt = (index: number): Sender => senders[index] ?? senderOf(index);
const stateOf = (world: World): ModelState => world.states.at(-1) ?? new Map();

function newMempool(world: Pick<World, "states">): Mempool {
  const view = { account: (address: string) => world.states.at(-1)?.get(address) };
  return createMempool({ storyId: STORY_ID, view, limits: LIMITS });
}

function newWorld(): World {
  const funded = senders
    .slice(0, FUNDED)
    .map(
      ({ address }) => [address, { consumer: 15_000n, industrial: 15_000n, nonce: 0n }] as const,
    );
  const states: ModelState[] = [new Map(funded)];
  const mempool = newMempool({ states });
  const list: readonly ModelEntry[] = [];
  const nowMs = START_MS;
  return { mempool, list, nowMs, states, blocks: [], submitted: 0, codes: [], evictions: 0 };
}

/** The transfer as a transaction; its nonce counts from what waits, or from the chain. */
function transactionOf(world: World, transfer: Transfer, from: "pool" | "chain") {
  const { address, pay } = senderAt(transfer.from);
  const used = stateOf(world).get(address)?.nonce ?? 0n;
  const waiting = world.list.filter((entry) => entry.from === address).length;
  const nonce = used + 1n + (from === "pool" ? BigInt(waiting) : 0n) + BigInt(transfer.nonceStep);
  return pay(nonce < 0n ? 0n : nonce, {
    to: senderAt(transfer.to).address,
    amountConsumer: transfer.amount,
    amountIndustrial: transfer.amount / 2n,
    fee: transfer.feePerByte * BigInt(TRANSFER_BYTES),
    feeSelector: transfer.feeSelector,
  });
}

function submit(world: World, step: Extract<Step, { kind: "submit" }>): void {
  const signed = transactionOf(world, step.transfer, "pool");
  const tx = step.isForged ? { ...signed, signature: new Uint8Array(64) } : signed;
  const entry = modelEntry(tx, world.nowMs);
  const expected = modelAdmit(world.list, stateOf(world), LIMITS, entry, step.isForged);
  const before = new Set(world.list.map(({ txid }) => txid));
  const after = new Set(expected.list.map(({ txid }) => txid));
  const evicted = [...before].filter((txid) => !after.has(txid));
  const admission = world.mempool.admit(tx, world.nowMs);
  expect(admission.code).toBe(expected.code);
  if (admission.code === 0) expect(admission.evicted).toEqual(evicted);
  world.list = expected.list;
  world.submitted += 1;
  world.codes.push(expected.code);
  world.evictions += evicted.length;
}

/** Adds a block of those of `wanted` that a block can have. */
function connect(world: World, wanted: readonly SignedTransaction[]): void {
  const block: SignedTransaction[] = [];
  let state = stateOf(world);
  for (const tx of wanted) {
    const next = modelApply(state, tx);
    if (next === undefined) continue;
    state = next;
    block.push(tx);
  }
  world.states.push(state);
  world.blocks.push(block);
}

function moveHead(world: World, returned: readonly SignedTransaction[]): void {
  const back = returned.map((tx) => modelEntry(tx, world.nowMs));
  const before = new Set([...world.list, ...back].map(({ txid }) => txid));
  const waited = new Set(world.list.map(({ txid }) => txid));
  world.list = modelHead(world.list, stateOf(world), LIMITS, back);
  const after = new Set(world.list.map(({ txid }) => txid));
  const change = world.mempool.headChanged({ returned }, world.nowMs);
  expect(change.dropped.map(({ txid }) => txid).toSorted()).toEqual(
    [...before].filter((txid) => !after.has(txid)).toSorted(),
  );
  expect(change.readmitted).toEqual(
    back.map(({ txid }) => txid).filter((txid) => after.has(txid) && !waited.has(txid)),
  );
  world.evictions += change.dropped.filter(({ code }) => code === 11).length;
}

function block(world: World, step: Extract<Step, { kind: "block" }>): void {
  const room = { maxBytes: step.take * TRANSFER_BYTES + 1, maxCount: 5 };
  const chosen = world.mempool.select(room);
  const mineable = modelOrder(world.list, stateOf(world)).filter(({ from }) =>
    stateOf(world).has(from),
  );
  expect(chosen.map(({ txid }) => txid)).toEqual(
    mineable.slice(0, Math.min(step.take, 5)).map(({ txid }) => txid),
  );
  const foreign = step.foreign.map((transfer) => transactionOf(world, transfer, "chain"));
  connect(world, [...foreign, ...chosen.map(({ transaction }) => transaction)]);
  moveHead(world, []);
}

function reorganise(world: World, step: Extract<Step, { kind: "reorganise" }>): void {
  const depth = Math.min(step.depth, world.blocks.length);
  const lost = world.blocks.splice(world.blocks.length - depth, depth).flat();
  world.states.splice(world.states.length - depth, depth);
  const instead = step.instead.map((transfer) => transactionOf(world, transfer, "chain"));
  connect(world, [...instead, ...lost.slice(0, step.same)]);
  const again = new Set(world.blocks.at(-1)?.map(idOf));
  moveHead(
    world,
    lost.filter((tx) => !again.has(idOf(tx))),
  );
}

function restart(world: World): void {
  const rows = world.mempool.snapshot();
  const orphans = world.list.filter(({ from }) => !stateOf(world).has(from));
  const tooOld = world.list.filter((entry) => world.nowMs - entry.atMs > LIMITS.lifetimeMs);
  world.mempool = newMempool(world);
  const result = world.mempool.restore(rows, world.nowMs);
  // What is too old at a start is gone, as in a purge; an orphan has nobody who could pay.
  world.list = world.list.filter((entry) => !orphans.includes(entry));
  world.list = modelPurge(world.list, stateOf(world), LIMITS, world.nowMs);
  expect(result.restored).toBe(world.list.length);
  expect(result.expired).toBe(tooOld.length);
  expect(result.restored + result.expired + result.dropped).toBe(rows.length);
  Object.assign(world, { submitted: 0, codes: [], evictions: 0 });
}

function drop(world: World, at: number): void {
  const victim = world.list[at % Math.max(1, world.list.length)];
  const code = world.mempool.drop(victim?.txid ?? "none");
  expect(code).toBe(victim === undefined ? 7 : 0);
  world.list = world.list.filter(
    ({ from, nonce }) => victim === undefined || from !== victim.from || nonce < victim.nonce,
  );
  if (victim === undefined) world.codes.push(7);
}

function wait(world: World, ms: number): void {
  world.nowMs += ms;
  const after = modelPurge(world.list, stateOf(world), LIMITS, world.nowMs);
  const gone = world.list.filter((entry) => !after.includes(entry)).map(({ txid }) => txid);
  expect(world.mempool.purge(world.nowMs).toSorted()).toEqual(gone.toSorted());
  world.list = after;
}

function run(world: World, step: Step): void {
  if (step.kind === "submit") submit(world, step);
  else if (step.kind === "block") block(world, step);
  else if (step.kind === "reorganise") reorganise(world, step);
  else if (step.kind === "restart") restart(world);
  else if (step.kind === "drop") drop(world, step.at);
  else wait(world, step.ms);
}

/** Everything that the mempool says, against the model's list. */
function compare({ mempool, list, states, codes, submitted, evictions }: World): void {
  const state = states.at(-1) ?? new Map();
  const order = modelOrder(list, state);
  expect(mempool.entries().map(({ txid }) => txid)).toEqual(order.map(({ txid }) => txid));
  expect(mempool.size).toBe(list.length);
  expect(mempool.size).toBeLessThanOrEqual(LIMITS.maxEntries);
  expect(mempool.bytes).toBe(list.length * TRANSFER_BYTES);
  for (const { address } of senders) {
    const own = mempool.ofSender(address);
    const used = state.get(address)?.nonce ?? 0n;
    expect(own.length).toBeLessThanOrEqual(LIMITS.maxPerSender);
    expect(own.map(({ nonce }) => nonce)).toEqual(own.map((_, at) => used + BigInt(at) + 1n));
    expect(mempool.nextNonce(addressFromHex(address))).toBe(used + BigInt(own.length) + 1n);
    const waiting = list.filter(({ from }) => from === address);
    expect(mempool.reserved(address)).toEqual({
      consumer: waiting.reduce((sum, { consumer }) => sum + consumer, 0n),
      industrial: waiting.reduce((sum, { industrial }) => sum + industrial, 0n),
    });
  }
  const count = (wanted: number): number => codes.filter((code) => code === wanted).length;
  expect(mempool.counters()).toMatchObject({
    mempool_size: list.length,
    tx_submitted_total: submitted,
    tx_admitted_total: count(0),
    tx_rejected_total: codes.length - count(0),
    dup_tx_reject_total: count(6),
    fee_floor_reject_total: count(10),
    drop_not_found_total: count(7),
    evictions_total: evictions,
  });
  expect(mempool.poisoned).toBe(false);
}

describe("mempool against a simple reference model", () => {
  it("[MEM-1] [MEM-3] [MEM-6] [MEM-8] random transactions, blocks, reorganisations and restarts: reserved never drifts, nonces stay contiguous, nothing valid is lost (property)", () => {
    fc.assert(
      fc.property(fc.array(stepArbitrary, { minLength: 10, maxLength: 60 }), (steps) => {
        const world = newWorld();
        for (const step of steps) {
          run(world, step);
          compare(world);
        }
      }),
      { numRuns: 80 },
    );
  });
});
