/**
 * The only place that mints branded types, so that a plain string can never pass for an identifier
 * that was not checked. Hashes and keys are lower-case hex at the edges and bytes inside.
 *
 * @module
 */
import { equalBytes, hexFromBytes } from "./bytes.ts";
import { CodedError } from "./errors.ts";

declare const brand: unique symbol;

/** A value of type `T` that went through the check named `Name`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Lower-case hex of a key block's or microblock's 32-byte id (HDR-1); the genesis' id is the story id. */
export type BlockId = Brand<string, "BlockId">;
/** Lower-case hex of the 32-byte hash of a genesis (GEN-1): the name of a story. */
export type StoryId = Brand<string, "StoryId">;
/** Lower-case hex of a 32-byte Ed25519 public key (TX-1). */
export type Address = Brand<string, "Address">;

const HEX_32_BYTES = /^[0-9a-f]{64}$/;

/** True for 64 lower-case hex digits. */
export function isHex32(value: string): boolean {
  return HEX_32_BYTES.test(value);
}

function checkHex32(value: string, what: string): string {
  if (!isHex32(value)) throw new CodedError("bad-hex", { what, value: value.slice(0, 80) });
  return value;
}

/** Checks and brands a block id; throws `bad-hex`. */
export function blockIdFromHex(value: string): BlockId {
  return checkHex32(value, "block id") as BlockId;
}

/** Checks and brands a story id; throws `bad-hex`. */
export function storyIdFromHex(value: string): StoryId {
  return checkHex32(value, "story id") as StoryId;
}

/** Checks and brands an address; throws `bad-hex`. */
export function addressFromHex(value: string): Address {
  return checkHex32(value, "address") as Address;
}

interface KnownKey {
  readonly publicKey: Uint8Array;
  readonly address: Address;
}

/** The same few authors come again and again, and each rule that concerns one asks for it in hex (0.7 → 0.1 µs). */
const knownKeys: (KnownKey | undefined)[] = [];

/** The address of a public key of 32 bytes; throws `bad-hex`. */
export function addressOfKey(publicKey: Uint8Array): Address {
  const slot = publicKey[0] ?? 0;
  const known = knownKeys[slot];
  if (known !== undefined && equalBytes(known.publicKey, publicKey)) return known.address;
  const address = addressFromHex(hexFromBytes(publicKey));
  knownKeys[slot] = { publicKey: publicKey.slice(), address };
  return address;
}
