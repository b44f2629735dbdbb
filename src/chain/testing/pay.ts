/**
 * Signed transactions and sealed microblocks for tests. Test-only.
 *
 * @module
 */
import type { Block } from "../../kernel/block.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import type { Header } from "../../kernel/header.ts";
import { signHeader } from "../../kernel/header.ts";
import type { SignedTransaction, TransactionPayload } from "../../kernel/transaction.ts";
import { signTransaction, transactionDomain } from "../../kernel/transaction.ts";
import type { Chain } from "../create-chain.ts";
import type { TestAuthor } from "./mine.ts";

/** Bytes of a plain transfer without a memo, hence its least fee in units (TX-4). */
export const TRANSFER_FEE = 282n;

/** A signed transfer of one consumer unit, unless `payload` says otherwise. */
export function pay(
  chain: Pick<Chain, "storyId">,
  from: TestAuthor,
  to: string,
  payload: Partial<TransactionPayload> & { readonly nonce: bigint },
): SignedTransaction {
  return signTransaction(
    {
      from_: from.address,
      to,
      amountConsumer: 1n,
      amountIndustrial: 0n,
      fee: TRANSFER_FEE,
      feeSelector: 0,
      memo: new Uint8Array(0),
      ...payload,
    },
    from.seed,
    transactionDomain(bytesFromHex(chain.storyId)),
  );
}

/** The tracker's microblock on the chain's head with these transactions; not connected. */
export function sealBlock(
  chain: Chain,
  tracker: TestAuthor,
  transactions: readonly SignedTransaction[],
  nowMs: number,
): Block {
  const block = chain.sealMicroblock({ transactions, seed: tracker.seed, nowMs });
  if (block === null) throw new CodedError("nothing-sealed", {});
  return block;
}

/** A microblock with some header fields changed, signed anew. */
export function resealMicro(block: Block, tracker: TestAuthor, change: Partial<Header>): Block {
  return { header: signHeader({ ...block.header, ...change }, tracker.seed), body: block.body };
}
