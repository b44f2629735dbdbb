/**
 * The microblock that the tracker may seal now (TRK-2, HDR-2b): waiting transactions on the best block.
 * Its fields are what `connectBlock` will ask for, because both sides execute the same ledger code.
 *
 * @module
 */
import type { Block } from "../kernel/block.ts";
import type { Body } from "../kernel/body.ts";
import { bodyRootOf, encodeBody, feeChecksumOf } from "../kernel/body.ts";
import { addressFromHex } from "../kernel/brand.ts";
import { bytesFromHex, hexFromBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import { signHeader } from "../kernel/header.ts";
import { MICRO_BODY_MAX_BYTES, ROUND_BODIES_MAX_BYTES } from "../kernel/limits.ts";
import { publicKeyFromSeed, SIGNATURE_BYTES } from "../kernel/signature.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import { executeMicroblock } from "../ledger/apply-microblock.ts";
import { noTokens } from "../ledger/state.ts";
import { stateRoot } from "../ledger/state-map.ts";
import { earliestMicroTimestamp } from "../ledger/times.ts";
import type { ChainParts } from "./connect.ts";
import { fittingTransactions } from "./fitting-transactions.ts";

/** What a tracker has to seal with. */
export interface SealInput {
  /** Waiting transactions, best first; those that do not fit or no longer apply are left out. */
  readonly transactions: readonly SignedTransaction[];
  /** The tracker's 32-byte seed. */
  readonly seed: Uint8Array;
  readonly nowMs: number;
}

/** Local time from which the next microblock may be sealed (HDR-6b). */
export function sealableFrom({ tree }: Pick<ChainParts, "tree">): number {
  return earliestMicroTimestamp(tree.head());
}

/**
 * A signed microblock on the best block; not connected. `null` when none of the transactions applies, or
 * when the round is full (BODY-1b). Throws `not-tracker`, or `too-soon` {untilMs} (HDR-6b).
 */
export function sealMicroblock(
  parts: Pick<ChainParts, "storyId" | "tree" | "states">,
  { transactions: waiting, seed, nowMs }: SealInput,
): Block | null {
  const { tree, states } = parts;
  const [tip, head] = [tree.tip(), tree.head()];
  const author = publicKeyFromSeed(seed);
  const tipHeader = tip.header;
  if (tipHeader === null || tip.author !== addressFromHex(hexFromBytes(author))) {
    throw new CodedError("not-tracker", { tracker: tip.author });
  }
  const untilMs = sealableFrom(parts);
  if (nowMs < untilMs) throw new CodedError("too-soon", { untilMs });
  const empty: Body = { paragraph: { kind: "none" }, transactions: [] };
  const room = Math.min(MICRO_BODY_MAX_BYTES, ROUND_BODIES_MAX_BYTES - head.roundBytes);
  const maxBytes = room - encodeBody(empty, "micro").length;
  const transactions = fittingTransactions(states.head(), waiting, {
    height: tip.height,
    maxBytes,
  });
  if (transactions.length === 0) return null;
  const body: Body = { ...empty, transactions };
  const execution = executeMicroblock(states.head(), transactions, tip.height);
  const { paid } = execution;
  const header = signHeader(
    {
      version: 1,
      kind: "micro",
      storyId: bytesFromHex(parts.storyId),
      height: tip.height,
      microIndex: head.microIndex + 1,
      parent: bytesFromHex(head.id),
      keyParent: bytesFromHex(tip.id),
      timestampMs: nowMs,
      author,
      bodyRoot: bodyRootOf(body),
      stateRoot: stateRoot(execution.state),
      historyRoot: tipHeader.historyRoot,
      coinbase: noTokens,
      feeChecksum: feeChecksumOf(paid.consumer, paid.industrial),
      target: 0,
      nonce: 0n,
      signature: new Uint8Array(SIGNATURE_BYTES),
    },
    seed,
  );
  return { header, body };
}
