/**
 * A transaction in the shape of the method table: what it says, where it stands and what became of it.
 *
 * @module
 */
import type { Chain } from "../../../chain/create-chain.ts";
import type { HeaderEntry } from "../../../chain/header-entry.ts";
import { hexFromBytes, utf8Decode } from "../../../kernel/bytes.ts";
import { isCoded } from "../../../kernel/errors.ts";
import { MEMO_MAX_BYTES } from "../../../kernel/limits.ts";
import { checkText } from "../../../kernel/text.ts";
import type { SignedTransaction } from "../../../kernel/transaction.ts";
import { encodeSignedTransaction, splitFee, txidOf } from "../../../kernel/transaction.ts";
import { moduleOf } from "../../../ledger/modules/registry.ts";
import { noTokens, type TokenPair } from "../../../ledger/state.ts";
import { remarkOf, tippedParagraph } from "../../../ledger/transactions/tip-memo.ts";
import {
  isTransactionCode,
  transactionLabel,
} from "../../../ledger/transactions/transaction-code.ts";
import type { MempoolEntry } from "../../../mempool/entry.ts";
import type { TransactionView } from "../shapes.ts";

/** Confirmations (FRK-4) from which a payment is called final. */
const FINAL_CONFIRMATIONS = 6;

/** A transaction's place in a block, and its receipt's code. */
export interface BlockPlace {
  readonly entry: HeaderEntry;
  /** Number among the block's transactions. */
  readonly index: number;
  /** `null` where the index has lost it. */
  readonly code: number | null;
  /** What its operation cost; `null` where the index has lost it. */
  readonly price: TokenPair | null;
}

type Place = Pick<
  TransactionView,
  | "state"
  | "code"
  | "label"
  | "price"
  | "block"
  | "height"
  | "microIndex"
  | "index"
  | "timestampMs"
  | "confirmations"
>;

const NOWHERE: Place = {
  state: "decoded",
  code: null,
  label: null,
  price: null,
  block: null,
  height: null,
  microIndex: null,
  index: null,
  timestampMs: null,
  confirmations: 0,
};

/** An amount of each token as decimal strings of units. */
export function amountsView(amounts: TokenPair): TransactionView["feeSplit"] {
  return { consumer: String(amounts.consumer), industrial: String(amounts.industrial) };
}

/** What bytes say that nobody has admitted. */
export function decodedView(transaction: SignedTransaction): TransactionView {
  return viewOf(transaction, NOWHERE);
}

/** A transaction that waits here; `isQueued` while no peer has heard it. */
export function waitingView(
  { transaction, admittedMs }: MempoolEntry,
  isQueued: boolean,
): TransactionView {
  const state = isQueued ? "queued" : "pending";
  return viewOf(transaction, { ...NOWHERE, state, timestampMs: admittedMs });
}

/** A transaction in a block, on the canon or off it. */
export function placedView(
  chain: Chain,
  transaction: SignedTransaction,
  { entry, index, code, price }: BlockPlace,
): TransactionView {
  const confirmations = chain.confirmations(entry.id);
  return viewOf(transaction, {
    state: chain.isCanon(entry.id) ? stateOf(chain, entry, confirmations) : "apocryphal",
    code,
    label: code !== null && isTransactionCode(code) ? transactionLabel(code) : null,
    price: price === null ? null : amountsView(price),
    block: entry.id,
    height: entry.height,
    microIndex: entry.microIndex,
    index,
    timestampMs: entry.timestampMs,
    confirmations,
  });
}

/** Settled once a key block stands on it, whatever its work: the next tracker can no longer pass it over. */
function stateOf(
  chain: Chain,
  { height }: HeaderEntry,
  confirmations: number,
): TransactionView["state"] {
  if (confirmations >= FINAL_CONFIRMATIONS) return "final";
  return chain.tip().height > height ? "settled" : "sealed";
}

function viewOf(transaction: SignedTransaction, place: Place): TransactionView {
  const { payload, publicKey, signature } = transaction;
  const encoded = encodeSignedTransaction(transaction);
  return {
    txid: hexFromBytes(txidOf(transaction)),
    ...place,
    from: payload.from_,
    to: payload.to,
    consumer: String(payload.amountConsumer),
    industrial: String(payload.amountIndustrial),
    fee: String(payload.fee),
    feeSplit: amountsView(feeSplitOf(transaction)),
    feeSelector: payload.feeSelector,
    nonce: String(payload.nonce),
    memo: hexFromBytes(payload.memo),
    memoText: memoTextOf(transaction),
    operation: operationOf(transaction),
    paragraph: tippedParagraph(payload),
    sizeBytes: encoded.length,
    feePerByte: String(payload.fee / BigInt(encoded.length)),
    publicKey: hexFromBytes(publicKey),
    signature: hexFromBytes(signature),
    encoded: hexFromBytes(encoded),
  };
}

/** Bytes that nobody admitted may name a selector that there is not: nobody is paid then. */
function feeSplitOf({ payload }: SignedTransaction): TokenPair {
  try {
    return splitFee(payload.fee, payload.feeSelector);
  } catch (reason) {
    if (isCoded(reason)) return noTokens;
    throw reason;
  }
}

/** The remark of a transfer, where it is text that may be shown (ENC-5). */
function memoTextOf({ payload }: SignedTransaction): string | null {
  if (moduleOf(payload.to) !== undefined) return null;
  try {
    const text = utf8Decode(remarkOf(payload));
    checkText(text, { what: "memo", maxBytes: MEMO_MAX_BYTES });
    return text;
  } catch (reason) {
    if (isCoded(reason)) return null;
    throw reason;
  }
}

function operationOf({ payload }: SignedTransaction): TransactionView["operation"] {
  const module = moduleOf(payload.to);
  if (module === undefined) return null;
  try {
    return { module: module.name, fields: { ...module.describe(module.decode(payload.memo)) } };
  } catch (reason) {
    if (isCoded(reason)) return null;
    throw reason;
  }
}
