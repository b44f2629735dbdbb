/**
 * What a transaction can be judged by alone, without any state (TX-1, TX-2, TX-4, TX-6). In three parts,
 * because admission to a mempool asks them in another order than a block does.
 *
 * @module
 */
import { isHex32 } from "../../kernel/brand.ts";
import { hexFromBytes } from "../../kernel/bytes.ts";
import { MEMO_MAX_BYTES } from "../../kernel/limits.ts";
import { verifySignature } from "../../kernel/signature.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import {
  encodeSignedTransaction,
  splitFee,
  transactionDomain,
  verifyTransactionSignature,
} from "../../kernel/transaction.ts";
import { moduleOf, SYSTEM_PREFIX } from "../modules/registry.ts";
import type { TokenPair } from "../state.ts";
import { TransactionCode, TransactionRefused } from "./transaction-code.ts";

/** TX-6: the memo of a plain transfer, in bytes: a remark; longer ones are for operations. */
export const TRANSFER_MEMO_MAX_BYTES = 256;
/** TX-4: the least fee for each byte of the encoded signed transaction, in units. */
export const MIN_FEE_PER_BYTE = 1n;

const U64_MAX = (1n << 64n) - 1n;
const FEE_LIMIT = 1n << 63n;
const LAST_SELECTOR = 2;

/**
 * Everything that form decides; throws `TransactionRefused`, the first of: invalidSelector, feeTooLarge,
 * feeOverflow, senderMismatch, badRecipient, unknownModule, amountToModule, memoTooLong, badOperation or
 * handleReserved. Signature and fee floor are asked apart.
 */
export function checkTransactionForm(transaction: SignedTransaction): void {
  checkFee(transaction);
  checkNames(transaction);
  const { to, memo, amountConsumer, amountIndustrial } = transaction.payload;
  const module = moduleOf(to);
  if (module !== undefined && (amountConsumer !== 0n || amountIndustrial !== 0n)) {
    throw new TransactionRefused(TransactionCode.amountToModule, { to });
  }
  const maxBytes = module === undefined ? TRANSFER_MEMO_MAX_BYTES : MEMO_MAX_BYTES;
  if (memo.length > maxBytes) {
    throw new TransactionRefused(TransactionCode.memoTooLong, { sizeBytes: memo.length, maxBytes });
  }
  module?.decode(memo);
}

function checkFee(transaction: SignedTransaction): void {
  const { fee, feeSelector } = transaction.payload;
  if (!Number.isInteger(feeSelector) || feeSelector < 0 || feeSelector > LAST_SELECTOR) {
    throw new TransactionRefused(TransactionCode.invalidSelector, { selector: feeSelector });
  }
  if (fee < 0n || fee >= FEE_LIMIT) {
    throw new TransactionRefused(TransactionCode.feeTooLarge, { fee: String(fee) });
  }
  const { consumer, industrial } = debitOf(transaction);
  if (consumer > U64_MAX || industrial > U64_MAX) {
    throw new TransactionRefused(TransactionCode.feeOverflow, { fee: String(fee) });
  }
}

function checkNames({ payload, publicKey }: SignedTransaction): void {
  const { from_, to } = payload;
  if (from_ !== hexFromBytes(publicKey)) {
    throw new TransactionRefused(TransactionCode.senderMismatch, { from: from_ });
  }
  if (isHex32(to)) return;
  if (!to.startsWith(SYSTEM_PREFIX)) {
    throw new TransactionRefused(TransactionCode.badRecipient, { to });
  }
  if (moduleOf(to) === undefined)
    throw new TransactionRefused(TransactionCode.unknownModule, { to });
}

/** Units below which a transaction of this size is refused (TX-4). */
export function feeFloor(sizeBytes: number): bigint {
  return BigInt(sizeBytes) * MIN_FEE_PER_BYTE;
}

/** Throws feeTooLow {fee, floor} below 1 unit for each byte of the encoded signed transaction (TX-4). */
export function checkFeeFloor(transaction: SignedTransaction): void {
  const { fee } = transaction.payload;
  const floor = feeFloor(encodeSignedTransaction(transaction).length);
  if (fee < floor) {
    const data = { fee: String(fee), floor: String(floor) };
    throw new TransactionRefused(TransactionCode.feeTooLow, data);
  }
}

/** Throws badSignature unless the sender signed it for this story (TX-2, SIG-1); `storyId` has 32 bytes. */
export function checkTransactionSignature(
  transaction: SignedTransaction,
  storyId: Uint8Array,
  verify: typeof verifySignature = verifySignature,
): void {
  if (!verifyTransactionSignature(transaction, transactionDomain(storyId), verify)) {
    throw new TransactionRefused(TransactionCode.badSignature);
  }
}

/**
 * What leaves the sender, per token, in units: amount and its part of the fee, without an operation's price.
 * Beyond a u64 for what `checkTransactionForm` refuses as feeOverflow; throws the kernel's errors of TX-4.
 */
export function debitOf({ payload }: Pick<SignedTransaction, "payload">): TokenPair {
  const fee = splitFee(payload.fee, payload.feeSelector);
  return {
    consumer: payload.amountConsumer + fee.consumer,
    industrial: payload.amountIndustrial + fee.industrial,
  };
}
