/**
 * Reads an exported chain for the second implementation of the ledger, from the tables of
 * `docs/PROTOCOL.md`: a block's header, its transactions, and whether it ends with a proof of
 * equivocation. It checks what belongs to the block alone (work, signatures, body root), with Node's own
 * Ed25519. Test-only.
 *
 * @module
 */
import { createPublicKey, type KeyObject, verify } from "node:crypto";
import {
  fromHex,
  hashFor,
  join,
  littleEndian,
  plainHash,
  type Reader,
  readerOf,
  toHex,
  utf8,
} from "./simple-bytes.ts";

/** Units of both tokens. */
export interface Units {
  readonly consumer: bigint;
  readonly industrial: bigint;
}

/** A transaction as its bytes say; keys and ids are hex. */
export interface SimpleTransaction {
  readonly txid: string;
  readonly from: string;
  readonly to: string;
  readonly amount: Units;
  readonly fee: bigint;
  readonly selector: number;
  readonly nonce: bigint;
  readonly memo: Uint8Array;
}

/** What the ledger needs of a header; keys, ids and hashes are hex. */
export interface SimpleHeader {
  readonly id: string;
  readonly kind: "key" | "micro";
  readonly height: number;
  readonly microIndex: number;
  readonly parent: string;
  readonly keyParent: string;
  readonly author: string;
  readonly bodyRoot: string;
  readonly stateRoot: string;
  readonly coinbase: Units;
  readonly feeChecksum: string;
  /** ⌊2^256 / (target + 1)⌋; zero in a microblock. */
  readonly work: bigint;
}

/** What the ledger needs of a block. */
export interface SimpleBlock extends SimpleHeader {
  readonly paragraphLeaf: string;
  readonly transactions: readonly SimpleTransaction[];
  /** The two headers of a proof of equivocation, or none. */
  readonly accused: readonly SimpleHeader[];
}

/** What the ledger needs of a genesis (GEN-1). */
export interface SimpleGenesis {
  readonly storyId: string;
  /** Work of the initial target. */
  readonly initialWork: bigint;
}

const HEADER_BYTES = 366;
const CORE_BYTES = 294;
const SIGNATURE_BYTES = 64;

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`the exported chain is not valid: ${what}`);
}

/** Value of a compact target: mantissa · 256^(exponent − 3). */
function targetOf(compact: number): bigint {
  const exponent = compact >>> 24;
  const mantissa = BigInt(compact & 0x7f_ff_ff);
  return exponent >= 3
    ? mantissa << BigInt(8 * (exponent - 3))
    : mantissa >> BigInt(8 * (3 - exponent));
}

const workOf = (compact: number): bigint => 2n ** 256n / (targetOf(compact) + 1n);

const keys = new Map<string, KeyObject>();

/** Node's own verifier: laxer than SIG-1 on crafted keys, independent of ours on all others. */
function isSigned(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const x = Buffer.from(publicKey).toString("base64url");
  const key =
    keys.get(x) ?? createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  keys.set(x, key);
  return verify(null, message, key, signature);
}

/** Reads a genesis from hex. */
export function readGenesis(hex: string): SimpleGenesis {
  const bytes = fromHex(hex);
  const reader = readerOf(bytes);
  reader.take(2); // version, network
  reader.text(reader.u8()); // title
  reader.text(reader.u16()); // premise
  reader.text(reader.u8()); // language
  reader.take(4 + 2 + 2 + 1); // pace, words, chapter length, rating
  reader.text(reader.u8()); // rules
  return { storyId: toHex(hashFor("genesis", bytes)), initialWork: workOf(reader.u32()) };
}

function readTransaction(
  reader: Reader,
  body: Uint8Array,
  storyId: string,
): { readonly transaction: SimpleTransaction; readonly leaf: Uint8Array } {
  const start = reader.at();
  must(reader.u8() === 1, "version of a transaction");
  const payloadAt = reader.at();
  const from = reader.text(Number(reader.u64()));
  const to = reader.text(Number(reader.u64()));
  const amount = { consumer: reader.u64(), industrial: reader.u64() };
  const fee = reader.u64();
  const selector = reader.u8();
  const nonce = reader.u64();
  const memo = reader.take(Number(reader.u64()));
  const payload = body.slice(payloadAt, reader.at());
  const publicKey = reader.take(32);
  const signed = join(utf8("FABULA-TX/1|"), fromHex(storyId), payload);
  must(isSigned(publicKey, signed, reader.take(SIGNATURE_BYTES)), "signature of a transaction");
  must(from === toHex(publicKey), "sender of a transaction");
  const bytes = body.slice(start, reader.at());
  must(fee >= BigInt(bytes.length), "fee below 1 unit a byte");
  const txid = toHex(plainHash(utf8("TX"), Uint8Array.of(1), payload, publicKey));
  return {
    transaction: { txid, from, to, amount, fee, selector, nonce, memo },
    leaf: hashFor("merkle-leaf", bytes),
  };
}

function skipParagraph(reader: Reader): void {
  reader.u8(); // version
  reader.text(reader.u16());
  if (reader.u8() === 1) reader.text(reader.u8()); // chapter
  reader.u8(); // writer
  reader.text(reader.u8()); // model
  reader.take(32 + 8); // algorithm, seed
}

function paragraphLeaf(reader: Reader, body: Uint8Array): Uint8Array {
  const slot = reader.u8();
  if (slot === 2) return reader.take(32);
  const start = reader.at();
  if (slot === 1) skipParagraph(reader);
  return hashFor("paragraph", body.slice(start, reader.at()));
}

/** Root of a tree of RFC 6962's shape. */
function treeRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only !== undefined && leaves.length === 1) return only;
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return hashFor("merkle-node", treeRoot(leaves.slice(0, left)), treeRoot(leaves.slice(left)));
}

function readBody(
  body: Uint8Array,
  storyId: string,
): Pick<SimpleBlock, "paragraphLeaf" | "transactions" | "accused"> & { readonly root: string } {
  const reader = readerOf(body);
  const version = reader.u8();
  must(version === 1 || version === 2, "version of a body");
  const first = paragraphLeaf(reader, body);
  const leaves = [first];
  const transactions: SimpleTransaction[] = [];
  for (let left = reader.u16(); left > 0; left--) {
    const { transaction, leaf } = readTransaction(reader, body, storyId);
    transactions.push(transaction);
    leaves.push(leaf);
  }
  const proof = reader.take(version === 2 ? 2 * HEADER_BYTES : 0);
  if (version === 2) leaves.push(hashFor("equivocation", proof));
  reader.end();
  const headers = version === 2 ? [proof.slice(0, HEADER_BYTES), proof.slice(HEADER_BYTES)] : [];
  return {
    paragraphLeaf: toHex(first),
    transactions,
    accused: headers.map((header) => readHeader(header, storyId)),
    root: toHex(hashFor("body", littleEndian(leaves.length, 4), treeRoot(leaves))),
  };
}

function readHeader(bytes: Uint8Array, storyId: string): SimpleHeader {
  const reader = readerOf(bytes);
  must(reader.u8() === 1, "version of a header");
  const kind = reader.u8() === 0 ? "key" : "micro";
  must(reader.hex(32) === storyId, "story of a block");
  const height = reader.u32();
  const microIndex = reader.u32();
  const parent = reader.hex(32);
  const keyParent = reader.hex(32);
  reader.u64(); // time
  const author = reader.take(32);
  const bodyRoot = reader.hex(32);
  const stateRoot = reader.hex(32);
  reader.take(32); // history root
  const coinbase = { consumer: reader.u64(), industrial: reader.u64() };
  const feeChecksum = reader.hex(32);
  const target = reader.u32();
  const nonce = reader.take(8);
  const signature = reader.take(SIGNATURE_BYTES);
  reader.end();

  const coreHash = hashFor("header", bytes.slice(0, CORE_BYTES));
  const id = hashFor("block id", coreHash, nonce);
  must(isSigned(author, id, signature), `signature of block ${toHex(id)}`);
  const pow = BigInt(`0x${toHex(plainHash(coreHash, nonce))}`);
  must(kind === "micro" ? target === 0 : pow <= targetOf(target), `work of block ${toHex(id)}`);
  return {
    id: toHex(id),
    kind,
    height,
    microIndex,
    parent,
    keyParent,
    author: toHex(author),
    bodyRoot,
    stateRoot,
    coinbase,
    feeChecksum,
    work: kind === "key" ? workOf(target) : 0n,
  };
}

/** Reads and checks a block of a story from hex. */
export function readBlock(hex: string, storyId: string): SimpleBlock {
  const bytes = fromHex(hex);
  const header = readHeader(bytes.slice(0, HEADER_BYTES), storyId);
  const { root, ...body } = readBody(bytes.slice(HEADER_BYTES), storyId);
  must(root === header.bodyRoot, `body of block ${header.id}`);
  return { ...header, ...body };
}
