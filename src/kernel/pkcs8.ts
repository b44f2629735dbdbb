/**
 * Private keys as text: PKCS#8 PEM (RFC 8410), which openssl, Node and every wallet of note read and
 * write, and the dual-token kernel's own key files, which hold the bare seed. Strict, because a key that
 * was read wrongly signs as somebody else: one block and nothing around it, canonical base64, one DER
 * layout, and a public key that is stated must be the seed's own.
 *
 * @module
 */
import { base64 } from "@scure/base";
import { bytesFromHex, concatBytes, equalBytes } from "./bytes.ts";
import { CodedError } from "./errors.ts";
import { publicKeyFromSeed, SEED_BYTES } from "./signature.ts";

const PKCS8_LABEL = "PRIVATE KEY";
/** What the dual-token kernel's node writes: not PKCS#8, but the 32 bytes of the seed. */
const KERNEL_LABEL = "ED25519 PRIVATE KEY";
const BOUNDARY = /^-----(BEGIN|END) ([A-Z0-9 ]+)-----$/;
/** Two lengths and the algorithm come before the seed: SEQUENCE, version, {1.3.101.112}, OCTET STRING twice. */
const ALGORITHM_AND_SEED: Uint8Array = bytesFromHex("300506032b657004220420");
const VERSION_OFFSET = 4;
const ALGORITHM_OFFSET = 5;
const SEED_OFFSET: number = ALGORITHM_OFFSET + ALGORITHM_AND_SEED.length;
const REST_OFFSET: number = SEED_OFFSET + SEED_BYTES;
/** DER lengths of one byte; no Ed25519 key needs more. */
const RECORD_MAX_BYTES = 2 + 0x7f;
const BASE64_MAX_LENGTH: number = 4 * Math.ceil(RECORD_MAX_BYTES / 3);
/** The optional public key: as RFC 5958 says (implicit tag), and as older libraries wrote it (explicit). */
const PUBLIC_KEY_HEADS: readonly Uint8Array[] = [
  bytesFromHex("812100"),
  bytesFromHex("a123032100"),
];
const ATTRIBUTES_TAG = 0xa0;

/** Why a text is no key that can be used; never a part of the text, which is a secret. */
type Reason =
  | "no-pem"
  | "encrypted"
  | "other-format"
  | "bad-base64"
  | "not-ed25519"
  | "bad-structure"
  | "public-key-mismatch";

function refuse(reason: Reason): never {
  throw new CodedError("bad-private-key", { reason });
}

/** Label and bytes of the one PEM block that a text consists of. */
function readPem(text: string): { readonly label: string; readonly bytes: Uint8Array } {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const [, begin, label] = BOUNDARY.exec(lines[0] ?? "") ?? refuse("no-pem");
  const [, end, endLabel] = BOUNDARY.exec(lines.at(-1) ?? "") ?? refuse("no-pem");
  if (begin !== "BEGIN" || end !== "END" || label === undefined || label !== endLabel) {
    return refuse("no-pem");
  }
  if (label === "ENCRYPTED PRIVATE KEY") refuse("encrypted");
  if (label !== PKCS8_LABEL && label !== KERNEL_LABEL) refuse("other-format");
  const body = lines.slice(1, -1).join("");
  if (body.length > BASE64_MAX_LENGTH) refuse("not-ed25519");
  try {
    return { label, bytes: base64.decode(body) };
  } catch {
    // The library's message would quote a piece of the secret.
    return refuse("bad-base64");
  }
}

/** What is left behind optional attributes (RFC 5958), which mean nothing to a signer. */
function skipAttributes(rest: Uint8Array): Uint8Array {
  if (rest[0] !== ATTRIBUTES_TAG) return rest;
  const sizeBytes = rest[1] ?? refuse("bad-structure");
  if (sizeBytes > rest.length - 2) refuse("bad-structure");
  return rest.subarray(2 + sizeBytes);
}

function seedFromDer(bytes: Uint8Array): Uint8Array {
  const algorithm = bytes.subarray(ALGORITHM_OFFSET, SEED_OFFSET);
  if (!equalBytes(algorithm, ALGORITHM_AND_SEED)) refuse("not-ed25519");
  const version = bytes[VERSION_OFFSET] ?? 2;
  const head = Uint8Array.of(0x30, bytes.length - 2, 0x02, 0x01, version);
  if (version > 1 || bytes.length < REST_OFFSET) refuse("bad-structure");
  if (!equalBytes(bytes.subarray(0, ALGORITHM_OFFSET), head)) refuse("bad-structure");

  const seed = bytes.slice(SEED_OFFSET, REST_OFFSET);
  const stated = skipAttributes(bytes.subarray(REST_OFFSET));
  // Version 1 means: a public key follows, and nothing else may (RFC 5958).
  if (version === 0) return stated.length === 0 ? seed : refuse("bad-structure");
  const publicKey = publicKeyFromSeed(seed);
  for (const keyHead of PUBLIC_KEY_HEADS) {
    if (!equalBytes(stated.subarray(0, keyHead.length), keyHead)) continue;
    const given = stated.subarray(keyHead.length);
    return equalBytes(given, publicKey) ? seed : refuse("public-key-mismatch");
  }
  return refuse("bad-structure");
}

/**
 * The 32-byte seed in a PEM text: PKCS#8 (`PRIVATE KEY`, with or without public key and attributes) or
 * the dual-token kernel's file (`ED25519 PRIVATE KEY`, the bare seed). Throws `bad-private-key {reason}`,
 * and `kernel-not-ready` for a key with its public key when `initKernel` was not awaited.
 */
export function decodePkcs8Pem(pem: string): Uint8Array {
  const { label, bytes } = readPem(pem);
  if (label === PKCS8_LABEL) return seedFromDer(bytes);
  return bytes.length === SEED_BYTES ? bytes : refuse("bad-structure");
}

/** PKCS#8 PEM of a 32-byte seed as openssl writes it (version 0, no public key); throws `bad-seed`. */
export function encodePkcs8Pem(seed: Uint8Array): string {
  if (seed.length !== SEED_BYTES) {
    throw new CodedError("bad-seed", { sizeBytes: seed.length, expectedBytes: SEED_BYTES });
  }
  const head = Uint8Array.of(0x30, REST_OFFSET - 2, 0x02, 0x01, 0);
  const body = base64.encode(concatBytes(head, ALGORITHM_AND_SEED, seed));
  return `-----BEGIN ${PKCS8_LABEL}-----\n${body}\n-----END ${PKCS8_LABEL}-----\n`;
}
