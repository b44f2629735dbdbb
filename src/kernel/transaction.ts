/**
 * The bytes of a transaction: the dual-token kernel's payload in its own layout, so that its vectors
 * hold (TX-0), the envelope with key and signature, the txid and the fee split. What makes a transaction
 * admissible is decided elsewhere.
 *
 * @module
 */
import * as P from "micro-packed";
import { concatBytes, utf8Encode } from "./bytes.ts";
import type { Coder } from "./codec.ts";
import {
  constantByte,
  fixedBytes,
  prefixedBytes,
  prefixedText,
  strictDecode,
  strictEncode,
  u8,
  u64,
} from "./codec.ts";
import { CodedError } from "./errors.ts";
import { hash, plainBlake3 } from "./hash.ts";
import type { TokenAmounts } from "./header.ts";
import {
  ACCOUNT_NAME_MAX_BYTES,
  MEMO_MAX_BYTES,
  PAYLOAD_MAX_BYTES,
  SIGNED_TRANSACTION_MAX_BYTES,
} from "./limits.ts";
import { publicKeyFromSeed, signWithSeed, verifySignature } from "./signature.ts";

/** What a sender signs (TX-0); amounts and fee in micro-units. */
export interface TransactionPayload {
  readonly from_: string;
  readonly to: string;
  readonly amountConsumer: bigint;
  readonly amountIndustrial: bigint;
  readonly fee: bigint;
  /** Who is paid in which token (TX-4). */
  readonly feeSelector: number;
  readonly nonce: bigint;
  readonly memo: Uint8Array;
}

/** A payload with the sender's key (32 bytes) and signature (64 bytes). */
export interface SignedTransaction {
  readonly payload: TransactionPayload;
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
}

/** The version of txid and envelope; the dual-token kernel has 2. */
export const TRANSACTION_VERSION = 1 as const;

const FEE_LIMIT = 1n << 63n;
const TXID_TAG = utf8Encode("TX");
const SIGNING_TAG = utf8Encode("FABULA-TX/1|");

const payloadCoder: Coder<TransactionPayload> = P.struct({
  from_: prefixedText("u64", ACCOUNT_NAME_MAX_BYTES),
  to: prefixedText("u64", ACCOUNT_NAME_MAX_BYTES),
  amountConsumer: u64,
  amountIndustrial: u64,
  fee: u64,
  feeSelector: u8,
  nonce: u64,
  memo: prefixedBytes("u64", MEMO_MAX_BYTES),
});

const envelopeCoder: Coder<SignedTransaction & { readonly version: 1 }> = P.struct({
  version: constantByte(TRANSACTION_VERSION, "transaction version"),
  payload: payloadCoder,
  publicKey: fixedBytes(32),
  signature: fixedBytes(64),
});

/** The coder of a signed transaction, for the records that contain some. */
export const signedTransactionCoder: Coder<SignedTransaction> = P.apply(envelopeCoder, {
  encode: ({ payload, publicKey, signature }): SignedTransaction => ({
    payload,
    publicKey,
    signature,
  }),
  decode: (transaction: SignedTransaction) => ({ version: TRANSACTION_VERSION, ...transaction }),
});

/** The payload in bincode's fixed-integer layout (TX-0); throws `bad-value`. */
export function encodePayload(payload: TransactionPayload): Uint8Array {
  return strictEncode(payloadCoder, payload, PAYLOAD_MAX_BYTES, "transaction payload");
}

/** The payload that has these bytes (TX-0, ENC-2); throws `too-large` or `bad-encoding`. */
export function decodePayload(bytes: Uint8Array): TransactionPayload {
  return strictDecode(payloadCoder, bytes, PAYLOAD_MAX_BYTES, "transaction payload");
}

/** Version, payload, key and signature (ENC-1): what the fee is counted by; throws `bad-value`. */
export function encodeSignedTransaction(transaction: SignedTransaction): Uint8Array {
  const maxBytes = SIGNED_TRANSACTION_MAX_BYTES;
  return strictEncode(signedTransactionCoder, transaction, maxBytes, "transaction");
}

/** The signed transaction that has these bytes (ENC-2); throws `too-large` or `bad-encoding`. */
export function decodeSignedTransaction(bytes: Uint8Array): SignedTransaction {
  const maxBytes = SIGNED_TRANSACTION_MAX_BYTES;
  return strictDecode(signedTransactionCoder, bytes, maxBytes, "transaction");
}

/** The domain of a story's transaction signatures: no replay across stories (TX-2). */
export function transactionDomain(storyId: Uint8Array): Uint8Array {
  return concatBytes(SIGNING_TAG, storyId);
}

/** What a sender signs: `domain` ‖ payload (TX-2); throws `bad-value`. */
export function transactionSigningBytes(
  domain: Uint8Array,
  payload: TransactionPayload,
): Uint8Array {
  return concatBytes(domain, encodePayload(payload));
}

/** The payload with key and signature (TX-2, SIG-1); `seed` has 32 bytes; throws `bad-seed` or `bad-value`. */
export function signTransaction(
  payload: TransactionPayload,
  seed: Uint8Array,
  domain: Uint8Array,
): SignedTransaction {
  const signature = signWithSeed(seed, transactionSigningBytes(domain, payload));
  return { payload, publicKey: publicKeyFromSeed(seed), signature };
}

/** True when key and signature belong to the payload under `domain` (TX-2, SIG-1); throws `bad-value`. */
export function verifyTransactionSignature(
  transaction: SignedTransaction,
  domain: Uint8Array,
  verify: typeof verifySignature = verifySignature,
): boolean {
  const { payload, publicKey, signature } = transaction;
  return verify(publicKey, transactionSigningBytes(domain, payload), signature);
}

/** BLAKE3("TX" ‖ version ‖ payload ‖ public key), 32 bytes (TX-3); throws `bad-value`. */
export function txidOf(
  transaction: Pick<SignedTransaction, "payload" | "publicKey">,
  version: number = TRANSACTION_VERSION,
): Uint8Array {
  const payload = encodePayload(transaction.payload);
  const tag = strictEncode(u8, version, 1, "txid version");
  return plainBlake3(TXID_TAG, tag, payload, transaction.publicKey);
}

/** The leaf hash of a transaction in a body, signature included (HDR-3), 32 bytes; throws `bad-value`. */
export function transactionLeaf(transaction: SignedTransaction): Uint8Array {
  return hash("merkle-leaf", encodeSignedTransaction(transaction));
}

/** Who gets the fee (TX-4), in micro-units; throws `fee-too-large {fee}` or `invalid-selector {selector}`. */
export function splitFee(fee: bigint, selector: number): TokenAmounts {
  if (fee < 0n || fee >= FEE_LIMIT) throw new CodedError("fee-too-large", { fee: String(fee) });
  switch (selector) {
    case 0:
      return { consumer: fee, industrial: 0n };
    case 1:
      return { consumer: 0n, industrial: fee };
    case 2:
      return { consumer: fee - fee / 2n, industrial: fee / 2n };
    default:
      throw new CodedError("invalid-selector", { selector });
  }
}
