/**
 * Random blocks by the ledger alone, without proof of work, headers or signatures, audited to the unit:
 * what was emitted, what waits in the pot and what everybody has are counted here a second time, in plain
 * numbers. Test-only.
 *
 * @module
 */
import type { Address } from "../../kernel/brand.ts";
import { addressFromHex } from "../../kernel/brand.ts";
import { bytesFromHex, hexFromBytes } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { compactFromTarget, targetOfWork } from "../../kernel/target.ts";
import { encodeSignedTransaction, type SignedTransaction } from "../../kernel/transaction.ts";
import { executeKeyBlock } from "../../ledger/apply-key-block.ts";
import { executeMicroblock } from "../../ledger/apply-microblock.ts";
import { handles } from "../../ledger/modules/handles.ts";
import { profile } from "../../ledger/modules/profile.ts";
import { accountOf, genesisState, supplyOf } from "../../ledger/state.ts";
import type { StateMap } from "../../ledger/state-map.ts";
import type { Receipt } from "../../ledger/transactions/apply-transaction.ts";
import { createRandom, type Random } from "./random.ts";
import type { Units } from "./simple-blocks.ts";

/** What an audit came to. */
export interface SupplyAudit {
  readonly keyBlocks: number;
  readonly microblocks: number;
  readonly transactions: number;
  /** Operations that were included and lost. */
  readonly lost: number;
  readonly emitted: Units;
}

const MAX_SUPPLY = 20_000_000_000_000n;
const REFERENCE_WORK = 1_000_000n;
const PEOPLE = 24;
/** Every so many blocks all balances are added up; in between, what is emitted and in the pot is compared. */
const FULL_COUNT_EVERY = 25;

interface Books {
  emitted: Units;
  pot: Units;
  reference: bigint;
}

const plus = (a: Units, b: Units): Units => ({
  consumer: a.consumer + b.consumer,
  industrial: a.industrial + b.industrial,
});
const isSame = (a: Units, b: Units): boolean =>
  a.consumer === b.consumer && a.industrial === b.industrial;

function addressesFor(random: Random): readonly Address[] {
  return Array.from({ length: PEOPLE }, () => addressFromHex(hexFromBytes(random.bytes(32))));
}

/** Somebody below this sends nothing: fee and price must be covered without looking ahead. */
const LEAST_BALANCE = 10_000n;

function randomOperation(
  random: Random,
  people: readonly Address[],
): { readonly to: string; readonly memo: Uint8Array } {
  if (random.chance(2)) {
    const shown = { name: "", colour: random.below(0x1_00_00_00), avatar: random.bytes(8) };
    return { to: "sys/profile", memo: profile.encode({ action: "set", profile: shown }) };
  }
  // Few enough names, so that many are taken.
  const handle = `h${random.below(2_000)}`.padEnd(3, "_");
  const owner = random.chance(2) ? null : random.pick(people);
  return { to: "sys/handles", memo: handles.encode({ action: "register", handle, owner }) };
}

/** A payment or an operation of somebody; the fee is at least what its bytes cost. */
function randomTransaction(
  random: Random,
  state: StateMap,
  people: readonly Address[],
  from: Address,
): SignedTransaction {
  const { consumer, industrial, nonce } = accountOf(state, from);
  const isOperation = random.chance(6);
  const spent = (balance: bigint): bigint =>
    isOperation ? 0n : random.bigBelow(balance - LEAST_BALANCE / 2n);
  const payload = {
    from_: from,
    amountConsumer: spent(consumer),
    amountIndustrial: spent(industrial),
    fee: 0n,
    feeSelector: random.below(3),
    nonce: nonce + 1n,
    ...(isOperation
      ? randomOperation(random, people)
      : { to: random.pick(people), memo: random.bytes(random.below(8)) }),
  };
  const draft = { payload, publicKey: bytesFromHex(from), signature: new Uint8Array(64) };
  const fee = BigInt(encodeSignedTransaction(draft).length) + random.bigBelow(3_000n);
  return { ...draft, payload: { ...payload, fee } };
}

/** Up to four transactions, each of another sender: what one has left behind another is not known here. */
function transactionsFor(
  random: Random,
  state: StateMap,
  people: readonly Address[],
): readonly SignedTransaction[] {
  const senders = new Set(Array.from({ length: random.below(5) }, () => random.pick(people)));
  return [...senders]
    .filter((address) => {
      const { consumer, industrial } = accountOf(state, address);
      return consumer >= LEAST_BALANCE && industrial >= LEAST_BALANCE;
    })
    .map((address) => randomTransaction(random, state, people, address));
}

/** RWD-1 and RWD-1b, in the rule's own words. */
function emit(books: Books, work: bigint): Units {
  const counted = work < books.reference ? work : books.reference;
  const reward = (emitted: bigint): bigint =>
    (((MAX_SUPPLY - emitted) / 20_000n) * counted) / books.reference;
  const paid = {
    consumer: reward(books.emitted.consumer),
    industrial: reward(books.emitted.industrial),
  };
  const difference = work - books.reference;
  books.reference += difference >= 0n ? difference / 256n : -((-difference + 255n) / 256n);
  books.emitted = plus(books.emitted, paid);
  return paid;
}

function paidIn(receipts: readonly Receipt[]): Units {
  return receipts.reduce<Units>((sum, { fee, price }) => plus(sum, plus(fee, price)), {
    consumer: 0n,
    industrial: 0n,
  });
}

function compare(state: StateMap, books: Books, block: number): void {
  const { emitted, pot, referenceWork } = supplyOf(state);
  const same = isSame(emitted, books.emitted) && isSame(pot, books.pot);
  if (!same || referenceWork !== books.reference) throw new CodedError("books-differ", { block });
}

function countAll(state: StateMap, books: Books, people: readonly Address[], block: number): void {
  const held = people.map((address) => accountOf(state, address)).reduce<Units>(plus, books.pot);
  if (!isSame(held, books.emitted)) {
    throw new CodedError("supply-differs", { block, held: String(held.consumer) });
  }
}

/**
 * Executes `blocks` random key blocks and microblocks from a seed; throws `books-differ` or
 * `supply-differs` {block} at the first unit that is too much or missing.
 */
export function auditSupply(seed: number, blocks: number): SupplyAudit {
  const random = createRandom(seed, 0);
  const people = addressesFor(random);
  const miners = people.slice(0, PEOPLE / 2);
  const target = compactFromTarget(targetOfWork(REFERENCE_WORK));
  let state = genesisState({ initialTarget: target });
  const books: Books = {
    emitted: supplyOf(state).emitted,
    pot: supplyOf(state).pot,
    reference: supplyOf(state).referenceWork,
  };
  const tally = { keyBlocks: 0, microblocks: 0, transactions: 0, lost: 0 };
  let tracker: Address | null = null;
  for (let block = 1; block <= blocks; block++) {
    const isMicro = tracker !== null && random.chance(2);
    const transactions = transactionsFor(random, state, people);
    const height = tally.keyBlocks + (isMicro ? 0 : 1);
    if (isMicro) {
      const { receipts, ...after } = executeMicroblock(state, transactions, height);
      books.pot = plus(books.pot, paidIn(receipts));
      state = after.state;
      tally.microblocks++;
      tally.lost += receipts.filter(({ code }) => code !== 0).length;
    } else {
      const author: Address = random.pick(miners.filter((address) => address !== tracker));
      // From relief's easiest blocks to ten times the usual work.
      const work = 1n + random.bigBelow(random.chance(4) ? 1_000n : 10n * REFERENCE_WORK);
      const reward = emit(books, work);
      const execution = executeKeyBlock(state, {
        height,
        author,
        parentAuthor: tracker,
        work,
        paragraphLeaf: random.bytes(32),
        transactions,
        equivocated: tracker !== null && random.chance(10),
      });
      if (!isSame(execution.coinbase, plus(reward, books.pot))) {
        throw new CodedError("books-differ", { block, what: "coinbase" });
      }
      books.pot = paidIn(execution.receipts);
      state = execution.state;
      tracker = author;
      tally.keyBlocks++;
      tally.lost += execution.receipts.filter(({ code }) => code !== 0).length;
    }
    tally.transactions += transactions.length;
    compare(state, books, block);
    if (block % FULL_COUNT_EVERY === 0 || block === blocks) countAll(state, books, people, block);
  }
  return { ...tally, emitted: books.emitted };
}
