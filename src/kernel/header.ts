/**
 * Block headers: their bytes, what is hashed of them, the proof of work and the author's signature
 * (HDR-1). What a header must say is the ledger's business; this file only says what it is.
 *
 * @module
 */
import * as P from "micro-packed";
import type { BlockId } from "./brand.ts";
import { blockIdFromHex } from "./brand.ts";
import { bigintFromBytesBE, hexFromBytes } from "./bytes.ts";
import type { Coder } from "./codec.ts";
import {
  constantByte,
  fixedBytes,
  namedByte,
  strictDecode,
  strictEncode,
  timestamp,
  u32,
  u64,
  withHandEncoding,
} from "./codec.ts";
import { isCoded } from "./errors.ts";
import { FixedWriter } from "./fixed-writer.ts";
import { hash, plainBlake3 } from "./hash.ts";
import { signWithSeed, verifySignature } from "./signature.ts";
import { targetFromCompact } from "./target.ts";

/** A key block carries proof of work and a paragraph, a microblock transactions only. */
export type BlockKind = "key" | "micro";

/** An amount of each token, in micro-units (ENC-3). */
export interface TokenAmounts {
  readonly consumer: bigint;
  readonly industrial: bigint;
}

/** The fields of a header (PROTOCOL §4), in the order of its bytes; hashes and keys have 32 bytes. */
export interface Header {
  readonly version: 1;
  readonly kind: BlockKind;
  readonly storyId: Uint8Array;
  /** Key blocks from the genesis (height 0) on; a microblock has its keyParent's height. */
  readonly height: number;
  /** 0 for a key block; microblocks of a round count from 1. */
  readonly microIndex: number;
  /** The block directly below; the story id at height 1. */
  readonly parent: Uint8Array;
  /** The last key block below; the story id at height 1. */
  readonly keyParent: Uint8Array;
  readonly timestampMs: number;
  readonly author: Uint8Array;
  readonly bodyRoot: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly historyRoot: Uint8Array;
  readonly coinbase: TokenAmounts;
  readonly feeChecksum: Uint8Array;
  /** Compact (32-bit) target; zero in a microblock. */
  readonly target: number;
  /** u64; zero in a microblock. */
  readonly nonce: bigint;
  /** The author's, over the block id. */
  readonly signature: Uint8Array;
}

/** Size of every encoded header, in bytes. */
export const HEADER_BYTES = 366;
/** Size of what `coreHashOf` covers: all before the nonce, in bytes. */
export const HEADER_CORE_BYTES = 294;

const KINDS = ["key", "micro"] as const;
const hash32 = fixedBytes(32);

/** The coder of a header, for the records that contain some. */
export const headerCoder: Coder<Header> = P.struct({
  version: constantByte(1, "header version"),
  kind: namedByte(KINDS),
  storyId: hash32,
  height: u32,
  microIndex: u32,
  parent: hash32,
  keyParent: hash32,
  timestampMs: timestamp,
  author: hash32,
  bodyRoot: hash32,
  stateRoot: hash32,
  historyRoot: hash32,
  coinbase: P.struct({ consumer: u64, industrial: u64 }),
  feeChecksum: hash32,
  target: u32,
  nonce: u64,
  signature: fixedBytes(64),
});

const writer = new FixedWriter(HEADER_BYTES);

/** The same layout by hand, in memory that the next header overwrites. */
function writeHeader(header: Header): Uint8Array | null {
  writer.start();
  writer.byte(header.version === 1 ? 1 : -1);
  writer.byte(KINDS.indexOf(header.kind));
  writer.bytes(header.storyId, 32);
  writer.u32(header.height);
  writer.u32(header.microIndex);
  writer.bytes(header.parent, 32);
  writer.bytes(header.keyParent, 32);
  writer.timestamp(header.timestampMs);
  writer.bytes(header.author, 32);
  writer.bytes(header.bodyRoot, 32);
  writer.bytes(header.stateRoot, 32);
  writer.bytes(header.historyRoot, 32);
  writer.u64(header.coinbase.consumer);
  writer.u64(header.coinbase.industrial);
  writer.bytes(header.feeChecksum, 32);
  writer.u32(header.target);
  writer.u64(header.nonce);
  writer.bytes(header.signature, 64);
  return writer.finish();
}

const wholeHeaderCoder = withHandEncoding(headerCoder, writeHeader);

/** The header's 366 bytes (ENC-1); throws `bad-value`. */
export function encodeHeader(header: Header): Uint8Array {
  return strictEncode(wholeHeaderCoder, header, HEADER_BYTES, "header");
}

/** The header that has these bytes (ENC-2); throws `too-large` or `bad-encoding`. */
export function decodeHeader(bytes: Uint8Array): Header {
  return strictDecode(wholeHeaderCoder, bytes, HEADER_BYTES, "header");
}

/** The hash over every field but nonce and signature (HDR-1), 32 bytes; throws `bad-value`. */
export function coreHashOf(header: Header): Uint8Array {
  const bytes = writeHeader(header) ?? encodeHeader(header);
  return hash("header", bytes.subarray(0, HEADER_CORE_BYTES));
}

/** Proof of work (HDR-1): plain BLAKE3 of coreHash ‖ nonce, 32 bytes; throws `bad-value`. */
export function powOf(coreHash: Uint8Array, nonce: bigint): Uint8Array {
  return plainBlake3(coreHash, strictEncode(u64, nonce, 8, "nonce"));
}

/** The block id (HDR-1) as bytes: the hash of coreHash ‖ nonce, 32 bytes; throws `bad-value`. */
export function blockIdBytes(coreHash: Uint8Array, nonce: bigint): Uint8Array {
  return hash("block id", coreHash, strictEncode(u64, nonce, 8, "nonce"));
}

/** The block id (HDR-1); the signature is not part of it (SIG-2). Throws `bad-value`. */
export function blockIdOf(header: Header): BlockId {
  return blockIdFromHex(hexFromBytes(blockIdBytes(coreHashOf(header), header.nonce)));
}

/**
 * True when the proof of work, as a big-endian number, is at most the header's own target (HDR-1, HDR-2);
 * false when that target is no target. Whether it is the required one is another question (DIF-2).
 */
export function meetsTarget(header: Header): boolean {
  let target: bigint;
  try {
    target = targetFromCompact(header.target);
  } catch (error) {
    if (isCoded(error, "bad-target")) return false;
    throw error;
  }
  return bigintFromBytesBE(powOf(coreHashOf(header), header.nonce)) <= target;
}

/** The header with its author's signature over the block id (HDR-1); throws `bad-seed`, `bad-value`. */
export function signHeader(header: Header, seed: Uint8Array): Header {
  const signature = signWithSeed(seed, blockIdBytes(coreHashOf(header), header.nonce));
  return { ...header, signature };
}

/** True when the signature over the block id is the author's (HDR-1, SIG-1). */
export function verifyHeaderSignature(header: Header): boolean {
  const id = blockIdBytes(coreHashOf(header), header.nonce);
  return verifySignature(header.author, id, header.signature);
}
