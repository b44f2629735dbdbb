/**
 * The mempool's rules by their text (MEM-1…8), in the plainest way: one list, searched and summed anew for
 * every question; and a chain of transfers that is an array of states. Test-only.
 *
 * @module
 */
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { encodeSignedTransaction, splitFee } from "../../kernel/transaction.ts";
import type { MempoolLimits } from "../limits.ts";
import { idOf } from "./sender.ts";

/** Balances and nonces by address. */
export type ModelState = ReadonlyMap<
  string,
  { readonly consumer: bigint; readonly industrial: bigint; readonly nonce: bigint }
>;

/** A waiting transaction of the model. */
export interface ModelEntry {
  readonly tx: SignedTransaction;
  readonly txid: string;
  readonly from: string;
  readonly nonce: bigint;
  readonly feePerByte: bigint;
  readonly atMs: number;
  readonly consumer: bigint;
  readonly industrial: bigint;
}

/** The entry of a transaction that came at `atMs`. */
export function modelEntry(tx: SignedTransaction, atMs: number): ModelEntry {
  const { payload } = tx;
  const fee = splitFee(payload.fee, payload.feeSelector);
  return {
    tx,
    txid: idOf(tx),
    from: payload.from_,
    nonce: payload.nonce,
    feePerByte: payload.fee / BigInt(encodeSignedTransaction(tx).length),
    atMs,
    consumer: payload.amountConsumer + fee.consumer,
    industrial: payload.amountIndustrial + fee.industrial,
  };
}

/** The state after a transfer, or `undefined` when a block could not have it. */
export function modelApply(state: ModelState, tx: SignedTransaction): ModelState | undefined {
  const { from, consumer, industrial, nonce, feePerByte } = modelEntry(tx, 0);
  const sender = state.get(from);
  if (feePerByte < 1n || sender === undefined || nonce !== sender.nonce + 1n) return undefined;
  if (sender.consumer < consumer || sender.industrial < industrial) return undefined;
  const after = new Map(state);
  after.set(from, {
    consumer: sender.consumer - consumer,
    industrial: sender.industrial - industrial,
    nonce,
  });
  const { to, amountConsumer, amountIndustrial } = tx.payload;
  const recipient = after.get(to) ?? { consumer: 0n, industrial: 0n, nonce: 0n };
  after.set(to, {
    consumer: recipient.consumer + amountConsumer,
    industrial: recipient.industrial + amountIndustrial,
    nonce: recipient.nonce,
  });
  return after;
}

function better(a: ModelEntry, b: ModelEntry): boolean {
  if (a.feePerByte !== b.feePerByte) return a.feePerByte > b.feePerByte;
  if (a.atMs !== b.atMs) return a.atMs < b.atMs;
  return a.txid < b.txid;
}

const ofSender = (list: readonly ModelEntry[], from: string): ModelEntry[] =>
  list
    .filter((entry) => entry.from === from)
    .toSorted((a, b) => (a.nonce < b.nonce ? -1 : Number(a.nonce > b.nonce)));

/** MEM-3: again and again the best of those that are first of their sender; orphans when nothing else is left. */
export function modelOrder(list: readonly ModelEntry[], state: ModelState): ModelEntry[] {
  const order: ModelEntry[] = [];
  let left = [...list];
  while (left.length > 0) {
    const heads = left.filter((entry) => ofSender(left, entry.from)[0] === entry);
    const mineable = heads.filter(({ from }) => state.has(from));
    const next = (mineable.length > 0 ? mineable : heads).reduce((a, b) => (better(b, a) ? b : a));
    order.push(next);
    left = left.filter((entry) => entry !== next);
  }
  return order;
}

const sumOf = (list: readonly ModelEntry[]): { consumer: bigint; industrial: bigint } => ({
  consumer: list.reduce((sum, entry) => sum + entry.consumer, 0n),
  industrial: list.reduce((sum, entry) => sum + entry.industrial, 0n),
});

function canPay(state: ModelState, before: readonly ModelEntry[], entry: ModelEntry): boolean {
  const account = state.get(entry.from);
  const needed = sumOf([...before, entry]);
  return (
    account !== undefined &&
    account.consumer >= needed.consumer &&
    account.industrial >= needed.industrial
  );
}

/** MEM-5: the list after an admission, and its code. */
export function modelAdmit(
  list: readonly ModelEntry[],
  state: ModelState,
  limits: MempoolLimits,
  entry: ModelEntry,
  isForged: boolean,
): { readonly list: readonly ModelEntry[]; readonly code: number } {
  const own = ofSender(list, entry.from);
  const refused = (code: number) => ({ list, code });
  const isFull = list.length >= limits.maxEntries;
  // Where the newcomer would come in the order decides whether it, or the last of the others, has to go.
  const before = own.filter(({ nonce }) => nonce < entry.nonce);
  const others = list.filter(({ from }) => from !== entry.from);
  const lasting = modelOrder([...others, ...before, entry], state);
  const lastOther = lasting.findLast(({ from }) => from !== entry.from);
  const cheapest = (from: string): bigint =>
    (from === entry.from ? [...before, entry] : ofSender(list, from)).reduce(
      (least, { feePerByte }) => (feePerByte < least ? feePerByte : least),
      1n << 64n,
    );
  const isWorth =
    lastOther !== undefined &&
    (!state.has(lastOther.from) || cheapest(entry.from) > cheapest(lastOther.from));
  if (isFull && !isWorth) return refused(11);
  if (own.some(({ nonce }) => nonce === entry.nonce)) return refused(6);
  const account = state.get(entry.from);
  if (account === undefined) return refused(1);
  if (!canPay(state, own, entry)) return refused(2);
  if (entry.nonce <= account.nonce) return refused(6);
  if (entry.nonce !== account.nonce + BigInt(own.length) + 1n) return refused(3);
  if (entry.feePerByte < 1n) return refused(10);
  if (isForged) return refused(5);
  if (own.length >= limits.maxPerSender) return refused(13);
  return { list: [...list.filter((old) => !isFull || old !== lastOther), entry], code: 0 };
}

/** MEM-6: from the account's nonce upwards, what is there, can be paid and fits. */
export function modelHead(
  list: readonly ModelEntry[],
  state: ModelState,
  limits: MempoolLimits,
  returned: readonly ModelEntry[],
): readonly ModelEntry[] {
  const all = [...list, ...returned.filter(({ txid }) => !list.some((old) => old.txid === txid))];
  let kept: ModelEntry[] = [];
  for (const from of new Set(all.map((entry) => entry.from))) {
    const own: ModelEntry[] = [];
    let nonce = (state.get(from)?.nonce ?? 0n) + 1n;
    for (;;) {
      const candidates = all.filter((entry) => entry.from === from && entry.nonce === nonce);
      const next = candidates.find((entry) => !state.has(from) || canPay(state, own, entry));
      if (next === undefined || own.length >= limits.maxPerSender) break;
      own.push(next);
      nonce += 1n;
    }
    kept.push(...own);
  }
  kept = modelOrder(kept, state).slice(0, limits.maxEntries);
  return kept;
}

/** MEM-2: without what is too old and what waits behind it, and without orphans once they are more than half. */
export function modelPurge(
  list: readonly ModelEntry[],
  state: ModelState,
  limits: MempoolLimits,
  nowMs: number,
): readonly ModelEntry[] {
  const isOld = (entry: ModelEntry): boolean => nowMs - entry.atMs > limits.lifetimeMs;
  const young = list.filter(
    (entry) => !ofSender(list, entry.from).some((old) => old.nonce <= entry.nonce && isOld(old)),
  );
  const orphans = young.filter(({ from }) => !state.has(from));
  return orphans.length * 2 > young.length ? young.filter(({ from }) => state.has(from)) : young;
}
