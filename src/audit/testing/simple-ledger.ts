/**
 * A second, deliberately simple implementation of the ledger: plain Maps, everything from the genesis on,
 * no state map, no deltas, no reorganisations. It is written from `docs/PROTOCOL.md`, not from
 * `src/ledger`, and shares no code with it; where the two differ, one of them is wrong. Test-only.
 *
 * @module
 */
import {
  readBlock,
  readGenesis,
  type SimpleBlock,
  type SimpleTransaction,
  type Units,
} from "./simple-blocks.ts";
import { hashFor, littleEndian, toHex } from "./simple-bytes.ts";
import { operationOf, type SimpleModules } from "./simple-modules.ts";
import { simpleStateRoot } from "./simple-state-root.ts";

/** Balances of an address, and the nonce of its last transaction. */
export interface SimpleAccount {
  consumer: bigint;
  industrial: bigint;
  nonce: bigint;
}

/** A line of an account's history, or of a paragraph's tips. */
export interface SimpleReceipt {
  readonly txid: string;
  /** Id of the block that has it. */
  readonly block: string;
  readonly height: number;
  /** Number among the block's transactions. */
  readonly index: number;
  /** 0, or why its operation lost. */
  readonly code: number;
}

/** Everything that a chain means. Keys of the Maps are hex. */
export interface SimpleLedger extends SimpleModules {
  readonly storyId: string;
  /** Id of the last block; the story id before the first. */
  head: string;
  /** Key blocks. */
  height: number;
  emitted: Units;
  pot: Units;
  referenceWork: bigint;
  readonly accounts: Map<string, SimpleAccount>;
  /** Leaf hash of each height's paragraph; the first has height 1. */
  readonly paragraphs: string[];
  /** What an address sent and was sent, oldest first. */
  readonly history: Map<string, SimpleReceipt[]>;
  /** Tips of a paragraph by its block's id, oldest first. */
  readonly tips: Map<string, SimpleReceipt[]>;
}

const MAX_SUPPLY = 20_000_000_000_000n;
const NONE: Units = { consumer: 0n, industrial: 0n };
const PRICE_NOT_COVERED = 67;
const ADDRESS = /^[0-9a-f]{64}$/;

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`the replay disagrees: ${what}`);
}

const sum = (a: Units, b: Units): Units => ({
  consumer: a.consumer + b.consumer,
  industrial: a.industrial + b.industrial,
});

function accountIn(ledger: SimpleLedger, address: string): SimpleAccount {
  const account = ledger.accounts.get(address) ?? { consumer: 0n, industrial: 0n, nonce: 0n };
  ledger.accounts.set(address, account);
  return account;
}

function give(ledger: SimpleLedger, address: string, units: Units): void {
  if (units.consumer === 0n && units.industrial === 0n) return;
  const account = accountIn(ledger, address);
  account.consumer += units.consumer;
  account.industrial += units.industrial;
}

function take(ledger: SimpleLedger, address: string, units: Units): void {
  const account = accountIn(ledger, address);
  account.consumer -= units.consumer;
  account.industrial -= units.industrial;
  must(account.consumer >= 0n && account.industrial >= 0n, `${address} spends what it has not`);
}

/** TX-4. */
function feeParts({ fee, selector }: SimpleTransaction): Units {
  if (selector === 0) return { consumer: fee, industrial: 0n };
  if (selector === 1) return { consumer: 0n, industrial: fee };
  must(selector === 2, `fee selector ${selector}`);
  return { consumer: (fee + 1n) / 2n, industrial: fee / 2n };
}

function note(lines: Map<string, SimpleReceipt[]>, of: string, receipt: SimpleReceipt): void {
  lines.set(of, [...(lines.get(of) ?? []), receipt]);
}

/** TX-1, TX-5, TX-6: one transaction; returns its code, and what it paid in fee and price. */
function transact(
  ledger: SimpleLedger,
  transaction: SimpleTransaction,
  height: number,
): { readonly code: number; readonly paid: Units } {
  const { from, to, amount, nonce, memo } = transaction;
  must(ledger.accounts.has(from), `${from} sends, and never received`);
  const sender = accountIn(ledger, from);
  must(nonce === sender.nonce + 1n, `nonce ${nonce} of ${from}`);
  const fee = feeParts(transaction);
  take(ledger, from, sum(amount, fee));
  sender.nonce = nonce;
  if (ADDRESS.test(to)) {
    give(ledger, to, amount);
    return { code: 0, paid: fee };
  }
  must(amount.consumer === 0n && amount.industrial === 0n, `tokens sent to ${to}`);
  const { code, price, run } = operationOf(ledger, to, memo, { sender: from, height });
  if (code !== 0) return { code, paid: fee };
  if (sender.consumer < price) return { code: PRICE_NOT_COVERED, paid: fee };
  const priced = { consumer: price, industrial: 0n };
  take(ledger, from, priced);
  run();
  return { code, paid: sum(fee, priced) };
}

/** The block's transactions in order; returns what they paid together. */
function transactAll(ledger: SimpleLedger, block: SimpleBlock): Units {
  let paid = NONE;
  for (const [index, transaction] of block.transactions.entries()) {
    const result = transact(ledger, transaction, block.height);
    paid = sum(paid, result.paid);
    const { txid, from, to, memo } = transaction;
    const { id, height } = block;
    const receipt = { txid, block: id, height, index, code: result.code };
    note(ledger.history, from, receipt);
    if (!ADDRESS.test(to)) continue;
    if (to !== from) note(ledger.history, to, receipt);
    const tipped = /^tip\/1\|(.{64})/.exec(
      `${Buffer.from(memo.slice(0, 6)).toString("latin1")}${toHex(memo.slice(6))}`,
    )?.[1];
    if (tipped !== undefined) note(ledger.tips, tipped, receipt);
  }
  const checksum = hashFor(
    "fees",
    littleEndian(paid.consumer, 8),
    littleEndian(paid.industrial, 8),
  );
  must(toHex(checksum) === block.feeChecksum, `feeChecksum of ${block.id}`);
  return paid;
}

/** ⌊a / b⌋, also for negative a. */
function floor(a: bigint, b: bigint): bigint {
  return (a - (((a % b) + b) % b)) / b;
}

/** RWD-1, RWD-1b, RWD-2. `tracker` is the author of the key block below; undefined on the genesis. */
function payOut(ledger: SimpleLedger, block: SimpleBlock, tracker: string | undefined): void {
  const { pot, emitted, referenceWork } = ledger;
  const counted = block.work < referenceWork ? block.work : referenceWork;
  const reward = (before: bigint): bigint =>
    (((MAX_SUPPLY - before) / 20_000n) * counted) / referenceWork;
  const rewards = {
    consumer: reward(emitted.consumer),
    industrial: reward(emitted.industrial),
  };
  const hasShare = tracker !== undefined && block.accused.length === 0;
  const share = (units: bigint): bigint => (hasShare ? (units * 40n) / 100n : 0n);
  const shares = { consumer: share(pot.consumer), industrial: share(pot.industrial) };
  if (tracker !== undefined) give(ledger, tracker, shares);
  give(ledger, block.author, {
    consumer: rewards.consumer + pot.consumer - shares.consumer,
    industrial: rewards.industrial + pot.industrial - shares.industrial,
  });
  ledger.emitted = sum(emitted, rewards);
  ledger.referenceWork = referenceWork + floor(block.work - referenceWork, 256n);
  const coinbase = sum(rewards, pot);
  must(
    block.coinbase.consumer === coinbase.consumer &&
      block.coinbase.industrial === coinbase.industrial,
    `coinbase of ${block.id}`,
  );
}

/** TRK-2: both headers are microblocks of the old tracker, for one place of its round. */
function checkAccusation({ accused }: SimpleBlock, round: SimpleBlock | undefined): void {
  const [first, second] = accused;
  if (first === undefined || second === undefined) return;
  must(first.id < second.id && first.microIndex === second.microIndex, "places of an accusation");
  for (const { kind, keyParent, author } of accused) {
    must(kind === "micro" && keyParent === round?.id && author === round.author, "an accusation");
  }
}

function checkSupply(ledger: SimpleLedger): void {
  let held = ledger.pot;
  for (const account of ledger.accounts.values()) held = sum(held, account);
  must(
    held.consumer === ledger.emitted.consumer && held.industrial === ledger.emitted.industrial,
    `balances and pot against emitted at height ${ledger.height}`,
  );
}

/**
 * Replays an exported chain: the genesis, and all blocks of the canon in order (each key block, then the
 * microblocks sealed on it), as hex. Throws where the chain states something else than the replay finds:
 * links, work, signatures, body roots, nonces, balances, fee checksums, coinbases, supply, the last
 * block's state root.
 */
export function replayChain(genesisHex: string, blocks: readonly string[]): SimpleLedger {
  const { storyId, initialWork } = readGenesis(genesisHex);
  const ledger: SimpleLedger = {
    storyId,
    head: storyId,
    height: 0,
    emitted: NONE,
    pot: NONE,
    referenceWork: initialWork,
    accounts: new Map(),
    paragraphs: [],
    history: new Map(),
    tips: new Map(),
    handles: new Map(),
    shown: new Map(),
    codex: [],
    profiles: new Map(),
  };
  let key: SimpleBlock | undefined;
  let last: SimpleBlock | undefined;
  for (const hex of blocks) {
    const block = readBlock(hex, storyId);
    must(block.parent === ledger.head, `parent of ${block.id}`);
    must(block.keyParent === (key?.id ?? storyId), `keyParent of ${block.id}`);
    const paid = transactAll(ledger, block);
    if (block.kind === "key") {
      must(block.height === ledger.height + 1 && block.microIndex === 0, `place of ${block.id}`);
      checkAccusation(block, key);
      payOut(ledger, block, key?.author);
      ledger.pot = paid;
      ledger.height = block.height;
      ledger.paragraphs.push(block.paragraphLeaf);
      key = block;
    } else {
      must(block.author === key?.author && block.height === key.height, `tracker of ${block.id}`);
      must(block.microIndex === (last?.microIndex ?? 0) + 1, `place of ${block.id}`);
      ledger.pot = sum(ledger.pot, paid);
    }
    ledger.head = block.id;
    last = block;
    checkSupply(ledger);
  }
  if (last !== undefined) must(simpleStateRoot(ledger) === last.stateRoot, "the last state root");
  return ledger;
}
