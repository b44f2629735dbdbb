/**
 * Payments of this peer's own wallet: fee, foresight, signature, sending. What the ledger would refuse or
 * what would lose is told before anything is signed, so that nobody pays a fee to hear it.
 *
 * @module
 */
import { hexFromBytes } from "../../../kernel/bytes.ts";
import { SIGNATURE_BYTES } from "../../../kernel/signature.ts";
import type { SignedTransaction } from "../../../kernel/transaction.ts";
import { encodeSignedTransaction, txidOf } from "../../../kernel/transaction.ts";
import type { StateMap } from "../../../ledger/state-map.ts";
import { applyTransaction } from "../../../ledger/transactions/apply-transaction.ts";
import {
  TransactionCode,
  TransactionRefused,
} from "../../../ledger/transactions/transaction-code.ts";
import type { PeerCore } from "../../peer-core.ts";
import { requireWallet } from "../../wallet/require-wallet.ts";
import type { ResultOf } from "../schema.ts";
import { feePerByteOfNextSeal } from "./fee-estimate.ts";

/** A payment before fee, nonce and signature; amounts in units, each below 2^64. */
export interface PaymentDraft {
  readonly to: string;
  readonly amountConsumer: bigint;
  readonly amountIndustrial: bigint;
  readonly memo: Uint8Array;
}

/** What a caller may choose of the fee. */
export interface FeeChoice {
  /** Decimal string of units; what the next seal takes when left out. */
  readonly fee?: string | undefined;
  readonly feeSelector?: number | undefined;
}

const FEE_LIMIT = 1n << 63n;

/**
 * Signs and sends. Rejects with `readonly`, `wallet-locked`, or `transaction-refused` {number, label} for what
 * the ledger refuses, what the mempool refuses, and for an operation that would lose (64 and above).
 */
export async function sendPayment(
  core: PeerCore,
  draft: PaymentDraft,
  choice: FeeChoice,
): Promise<ResultOf<"submit_tx">> {
  const { payments } = core.session();
  await payments.settled();
  const unsigned = unsignedOf(core, draft, choice);
  foresee(core, unsigned);
  const { from_: _sender, nonce: _nonce, ...fields } = unsigned.payload;
  const transaction = payments.sign(fields);
  const status = await payments.submit(transaction);
  return { status, txid: hexFromBytes(txidOf(transaction)) };
}

/** The transaction as it will be signed. Numbers are of fixed width, so its size does not depend on the fee. */
function unsignedOf(
  core: PeerCore,
  draft: PaymentDraft,
  { fee: chosen, feeSelector = 0 }: FeeChoice,
): SignedTransaction {
  const { address, publicKey } = requireWallet(core).requireSigner();
  const pool = core.session().payments.pool();
  const withFee = (fee: bigint): SignedTransaction => ({
    payload: { ...draft, from_: address, fee, feeSelector, nonce: pool.nextNonce(address) },
    publicKey,
    signature: new Uint8Array(SIGNATURE_BYTES),
  });
  const sizeBytes = encodeSignedTransaction(withFee(0n)).length;
  const fee =
    chosen === undefined
      ? feePerByteOfNextSeal(pool, sizeBytes) * BigInt(sizeBytes)
      : BigInt(chosen);
  if (fee >= FEE_LIMIT)
    throw new TransactionRefused(TransactionCode.feeTooLarge, { fee: `${fee}` });
  return withFee(fee);
}

/** Applies it to the head and to what waits of its sender; throws what would become of it, unless that is good. */
function foresee(core: PeerCore, transaction: SignedTransaction): void {
  const { chain } = core.session().context;
  const state = stateBehindOwn(core, transaction);
  if (state === null) return;
  const { code } = applyTransaction(state, transaction, { height: chain.tip().height }).receipt;
  if (code !== TransactionCode.ok) throw new TransactionRefused(code);
}

/** The head's state after the sender's waiting transactions; `null` when one of them does not apply: the mempool decides then. */
function stateBehindOwn(core: PeerCore, { payload }: SignedTransaction): StateMap | null {
  const { context, payments } = core.session();
  const { chain } = context;
  const { height } = chain.tip();
  let state = chain.headState();
  for (const { transaction } of payments.pool().ofSender(requireWallet(core).address)) {
    if (transaction.payload.nonce >= payload.nonce) break;
    try {
      state = applyTransaction(state, transaction, { height }).state;
    } catch (reason) {
      if (reason instanceof TransactionRefused) return null;
      throw reason;
    }
  }
  return state;
}
