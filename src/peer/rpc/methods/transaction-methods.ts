/**
 * Methods that look at transactions, the mempool and what the ledger holds. Nothing here signs.
 *
 * @module
 */
import { encodeBlock } from "../../../kernel/block.ts";
import { transactionProof, verifyLeafProof } from "../../../kernel/body.ts";
import { bytesFromHex, hexFromBytes } from "../../../kernel/bytes.ts";
import { CodedError } from "../../../kernel/errors.ts";
import { blockIdOf, meetsTarget, verifyHeaderSignature } from "../../../kernel/header.ts";
import type { SignedTransaction } from "../../../kernel/transaction.ts";
import {
  decodeSignedTransaction,
  transactionDomain,
  transactionLeaf,
  verifyTransactionSignature,
} from "../../../kernel/transaction.ts";
import { codexEntries, codexEntryPrice } from "../../../ledger/modules/codex.ts";
import { MIN_FEE_PER_BYTE } from "../../../ledger/transactions/check-transaction.ts";
import type { PeerCore } from "../../peer-core.ts";
import type { Handlers } from "../handlers.ts";
import type { ResultOf } from "../schema.ts";
import { accountView, handleView } from "./account-view.ts";
import { feePerByteOfNextSeal } from "./fee-estimate.ts";
import { resolveHandle } from "./handle-names.ts";
import { canonEntry } from "./known-blocks.ts";
import { mempoolView } from "./mempool-view.ts";
import { placeOf, type ReadTransaction, readPlaced } from "./placed-transactions.ts";
import { receiptsOf } from "./receipts.ts";
import { searchFor } from "./search.ts";
import { supplyView } from "./supply-view.ts";
import { decodedView, placedView, waitingView } from "./transaction-view.ts";

/** Size of a transfer to an address without a memo, in bytes. */
const PLAIN_TRANSFER_BYTES = 282;

type TransactionMethod =
  | "resolve_handle"
  | "get_handle"
  | "get_account"
  | "get_transaction"
  | "get_receipts"
  | "get_mempool"
  | "estimate_fee"
  | "decode_tx"
  | "get_supply"
  | "get_codex"
  | "get_round_blocks"
  | "search";

/** Handlers that change nothing. */
export const transactionMethods: Handlers<TransactionMethod> = {
  resolve_handle: (core, { handle }) => ({
    address: resolveHandle(core.session().context.chain.headState(), handle),
  }),
  get_handle: (core, { handle }) => handleView(core, handle),
  get_account: (core, { address }) => accountView(core, address),
  get_transaction: (core, { txid }) => transactionByTxid(core, txid),
  get_receipts: (core, params) => receiptsOf(core, params),
  get_mempool: (core, params) => mempoolView(core, params?.limit),
  estimate_fee(core, params) {
    const bytes = params?.bytes ?? PLAIN_TRANSFER_BYTES;
    const perByte = feePerByteOfNextSeal(core.session().payments.pool(), bytes);
    return {
      bytes,
      perByte: String(perByte),
      fee: String(perByte * BigInt(bytes)),
      floorPerByte: String(MIN_FEE_PER_BYTE),
    };
  },
  decode_tx(core, { tx }) {
    const transaction = decodeSignedTransaction(bytesFromHex(tx));
    return {
      transaction: decodedView(transaction),
      signatureValid: isSigned(core, transaction),
    };
  },
  get_supply: (core) => supplyView(core.session().context.chain),
  get_codex(core) {
    const state = core.session().context.chain.headState();
    return {
      entries: codexEntries(state).map((entry) => ({ ...entry })),
      nextPrice: codexEntryPrice(state).consumer.toString(),
    };
  },
  async get_round_blocks(core, { height }) {
    const { chain } = core.session().context;
    const key = canonEntry(chain, height);
    const ids = [key.id, ...chain.microblocksAt(height).map(({ id }) => id)];
    const blocks = await chain.readBlocks(ids);
    return {
      blocks: blocks.map((block, index) => {
        if (block === undefined) throw new CodedError("body-missing", { block: ids[index] });
        return hexFromBytes(encodeBlock(block));
      }),
    };
  },
  search: (core, { query }) => searchFor(core, query),
};

function isSigned(core: PeerCore, transaction: SignedTransaction): boolean {
  const domain = transactionDomain(bytesFromHex(core.session().context.chain.storyId));
  return verifyTransactionSignature(transaction, domain);
}

/** On the canon, else waiting, else in a block that lost its place; rejects with `unknown-transaction` {txid}. */
async function transactionByTxid(
  core: PeerCore,
  txid: string,
): Promise<ResultOf<"get_transaction">> {
  const { context, payments } = core.session();
  const { chain } = context;
  const place = await placeOf(chain, txid);
  const waiting = payments.pool().entry(txid);
  if (waiting !== undefined && (place === undefined || !chain.isCanon(place.block))) {
    return {
      transaction: waitingView(waiting, payments.isQueued(txid)),
      proof: null,
      signatureValid: isSigned(core, waiting.transaction),
    };
  }
  const [read] = place === undefined ? [] : await readPlaced(chain, [place]);
  if (read === undefined) throw new CodedError("unknown-transaction", { txid });
  return {
    transaction: placedView(chain, read.transaction, read.place),
    proof: proofOf(read),
    signatureValid: isSigned(core, read.transaction),
  };
}

/** The transaction's way to the root that its block's id commits to, recomputed now (HDR-3). */
function proofOf({
  transaction,
  place,
  block,
}: ReadTransaction): ResultOf<"get_transaction">["proof"] {
  const { header, body } = block;
  const leaf = transactionLeaf(transaction);
  const proof = transactionProof(body, place.index);
  // Leaf 0 is the paragraph's.
  const index = place.index + 1;
  const isTheBlock =
    blockIdOf(header) === place.block &&
    verifyHeaderSignature(header) &&
    (header.kind === "micro" || meetsTarget(header));
  return {
    leaf: hexFromBytes(leaf),
    path: proof.path.map(hexFromBytes),
    index,
    leafCount: proof.count,
    bodyRoot: hexFromBytes(header.bodyRoot),
    verified: isTheBlock && verifyLeafProof(leaf, index, proof, header.bodyRoot),
  };
}
