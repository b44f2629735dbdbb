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
/** Keys kept ready; strangers choose addresses, so that there must be an end. About 200 bytes each. */
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

/** Map key of the paragraph at a height. */
export function paragraphKey(height: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, height, true);
  return stateKey("paragraph", bytes);
}

/** Account of an address; zeros when it has no entry. */
export function accountOf(map: StateMap, address: Address): Account {
  const bytes = stateGet(map, accountKey(address));
  return bytes === undefined ? EMPTY_ACCOUNT : decodeAccount(bytes);
}

/** The supply entry; throws `bad-state-value` for a map that is not a story's state. */
export function supplyOf(map: StateMap): Supply {
  const bytes = stateGet(map, supplyKey());
  if (bytes === undefined)
    throw new CodedError("bad-state-value", { module: "supply", sizeBytes: 0 });
  return decodeSupply(bytes);
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

/** Bytes of an account: consumer, industrial, nonce as u64 little-endian. */
export function encodeAccount(account: Account): Uint8Array {
  const bytes = new Uint8Array(ACCOUNT_BYTES);
  writeU64s(bytes, [account.consumer, account.industrial, account.nonce]);
  return bytes;
}

/** Reads an account; throws `bad-state-value`. */
export function decodeAccount(bytes: Uint8Array): Account {
  const view = viewOf("account", bytes, ACCOUNT_BYTES);
  return { consumer: u64At(view, 0), industrial: u64At(view, 1), nonce: u64At(view, 2) };
}

/** Bytes of the supply: emitted and pot as u64 little-endian, reference work as 32 bytes big-endian. */
export function encodeSupply(supply: Supply): Uint8Array {
  const { emitted, pot, referenceWork } = supply;
  const bytes = new Uint8Array(SUPPLY_BYTES);
  writeU64s(bytes, [emitted.consumer, emitted.industrial, pot.consumer, pot.industrial]);
  bytes.set(bytesFromBigintBE(referenceWork, U256_BYTES), 4 * U64_BYTES);
  return bytes;
}

/** Reads the supply; throws `bad-state-value`. */
export function decodeSupply(bytes: Uint8Array): Supply {
  const view = viewOf("supply", bytes, SUPPLY_BYTES);
  return {
    emitted: { consumer: u64At(view, 0), industrial: u64At(view, 1) },
    pot: { consumer: u64At(view, 2), industrial: u64At(view, 3) },
    referenceWork: bigintFromBytesBE(bytes.subarray(4 * U64_BYTES)),
  };
}

/** One view for all numbers of an entry, which costs more than reading them. */
function viewOf(module: string, bytes: Uint8Array, expectedBytes: number): DataView {
  if (bytes.length !== expectedBytes) {
    throw new CodedError("bad-state-value", { module, sizeBytes: bytes.length, expectedBytes });
  }
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function writeU64s(bytes: Uint8Array, values: readonly bigint[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  values.forEach((value, index) => {
    if (BigInt.asUintN(64, value) !== value) {
      throw new CodedError("amount-overflow", { amount: value.toString() });
    }
    view.setBigUint64(index * U64_BYTES, value, true);
  });
}

function u64At(view: DataView, index: number): bigint {
  return view.getBigUint64(index * U64_BYTES, true);
}
