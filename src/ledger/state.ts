/**
 * What the state map holds and in which bytes (HDR-4): one account per author, one supply entry, and
 * the leaf hash of each height's paragraph (its text never affects state, HDR-3).
 *
 * @module
 */

import type { Address } from "../kernel/brand.ts";
import { bigintFromBytesBE, bytesFromBigintBE, bytesFromHex } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import type { Genesis } from "../kernel/genesis.ts";
import { targetFromCompact, workOfTarget } from "../kernel/target.ts";
import type { StateMap } from "./state-map.ts";
import { emptyStateMap, stateGet, stateKey, stateSet } from "./state-map.ts";

/** An amount of each of the two tokens, in micro-units. */
export interface TokenPair {
  readonly consumer: bigint;
  readonly industrial: bigint;
}

/** Balances of an address and the nonce of its last transaction (TX-5); all zero when it was never used. */
export interface Account {
  readonly consumer: bigint;
  readonly industrial: bigint;
  readonly nonce: bigint;
}

/** What was ever emitted, the fees waiting in the pot (RWD-2), and the reference work of RWD-1b. */
export interface Supply {
  readonly emitted: TokenPair;
  readonly pot: TokenPair;
  readonly referenceWork: bigint;
}

const U64_BYTES = 8;
const U256_BYTES = 32;
const ACCOUNT_BYTES = 3 * U64_BYTES;
const SUPPLY_BYTES = 4 * U64_BYTES + U256_BYTES;
/** Keys kept ready; strangers choose addresses, so that there must be an end. About 400 bytes each. */
const ACCOUNT_KEYS_KEPT = 4_096;
const EMPTY_ACCOUNT: Account = { consumer: 0n, industrial: 0n, nonce: 0n };

/** No units of either token. */
export const noTokens: TokenPair = { consumer: 0n, industrial: 0n };

/** The sum of two amounts. */
export function addTokens(a: TokenPair, b: TokenPair): TokenPair {
  return { consumer: a.consumer + b.consumer, industrial: a.industrial + b.industrial };
}

const accountKeys = new Map<Address, Uint8Array>();

/**
 * Map key of an address' account; callers must not change the bytes. Kept, since a block asks for each
 * of its accounts' some four times (0.4 → 0.05 µs).
 */
export function accountKey(address: Address): Uint8Array {
  let key = accountKeys.get(address);
  if (key === undefined) {
    key = stateKey("account", bytesFromHex(address));
    if (accountKeys.size >= ACCOUNT_KEYS_KEPT) accountKeys.clear();
    accountKeys.set(address, key);
  }
  return key;
}

const SUPPLY_KEY = stateKey("supply", new Uint8Array(0));

/** Map key of the supply entry. */
export function supplyKey(): Uint8Array {
  return SUPPLY_KEY;
}

const heightBytes = new Uint8Array(4);
const heightView = new DataView(heightBytes.buffer);

/** Map key of the paragraph at a height. */
export function paragraphKey(height: number): Uint8Array {
  heightView.setUint32(0, height, true);
  return stateKey("paragraph", heightBytes);
}

/** Account of an address; zeros when it has no entry. */
export function accountOf(map: StateMap, address: Address): Account {
  const bytes = stateGet(map, accountKey(address));
  return bytes === undefined ? EMPTY_ACCOUNT : decodeAccount(bytes);
}

/** The last entry read: a block asks three times for two of them, and the next block for one again (3 × 0.6 → 0.6 µs). */
let lastSupply: { readonly bytes: Uint8Array; readonly supply: Supply } | undefined;

/** The supply entry; throws `bad-state-value` for a map that is not a story's state. */
export function supplyOf(map: StateMap): Supply {
  const bytes = stateGet(map, supplyKey());
  if (bytes === undefined)
    throw new CodedError("bad-state-value", { module: "supply", sizeBytes: 0 });
  if (lastSupply?.bytes !== bytes) lastSupply = { bytes, supply: decodeSupply(bytes) };
  return lastSupply.supply;
}

/** Leaf hash of the paragraph at a height, or `undefined` above the tip. */
export function paragraphLeafAt(map: StateMap, height: number): Uint8Array | undefined {
  return stateGet(map, paragraphKey(height));
}

/** State before the first paragraph: nothing emitted, reference work that of the initial target (RWD-1b). */
export function genesisState(genesis: Pick<Genesis, "initialTarget">): StateMap {
  const referenceWork = workOfTarget(targetFromCompact(genesis.initialTarget));
  return stateSet(
    emptyStateMap,
    supplyKey(),
    encodeSupply({ emitted: noTokens, pot: noTokens, referenceWork }),
  );
}

/** Entries are read and written in one buffer with one view: a DataView for each costs more than its numbers. */
const entry = new Uint8Array(SUPPLY_BYTES);
const entryView = new DataView(entry.buffer);

/** Bytes of an account: consumer, industrial, nonce as u64 little-endian. */
export function encodeAccount(account: Account): Uint8Array {
  writeU64(0, account.consumer);
  writeU64(1, account.industrial);
  writeU64(2, account.nonce);
  return entry.slice(0, ACCOUNT_BYTES);
}

/** Reads an account; throws `bad-state-value`. */
export function decodeAccount(bytes: Uint8Array): Account {
  load("account", bytes, ACCOUNT_BYTES);
  return { consumer: readU64(0), industrial: readU64(1), nonce: readU64(2) };
}

/** Bytes of the supply: emitted and pot as u64 little-endian, reference work as 32 bytes big-endian. */
export function encodeSupply(supply: Supply): Uint8Array {
  const { emitted, pot, referenceWork } = supply;
  writeU64(0, emitted.consumer);
  writeU64(1, emitted.industrial);
  writeU64(2, pot.consumer);
  writeU64(3, pot.industrial);
  entry.set(bytesFromBigintBE(referenceWork, U256_BYTES), 4 * U64_BYTES);
  return entry.slice();
}

/** Reads the supply; throws `bad-state-value`. */
export function decodeSupply(bytes: Uint8Array): Supply {
  load("supply", bytes, SUPPLY_BYTES);
  return {
    emitted: { consumer: readU64(0), industrial: readU64(1) },
    pot: { consumer: readU64(2), industrial: readU64(3) },
    referenceWork: bigintFromBytesBE(bytes.subarray(4 * U64_BYTES)),
  };
}

function load(module: string, bytes: Uint8Array, expectedBytes: number): void {
  if (bytes.length !== expectedBytes) {
    throw new CodedError("bad-state-value", { module, sizeBytes: bytes.length, expectedBytes });
  }
  entry.set(bytes);
}

function writeU64(index: number, value: bigint): void {
  if (BigInt.asUintN(64, value) !== value) {
    throw new CodedError("amount-overflow", { amount: value.toString() });
  }
  entryView.setBigUint64(index * U64_BYTES, value, true);
}

function readU64(index: number): bigint {
  return entryView.getBigUint64(index * U64_BYTES, true);
}
