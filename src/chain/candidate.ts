/**
 * The block that this author may mine now: every field of its header is what `connectBlock` will ask
 * for, because both sides execute the same ledger code.
 *
 * @module
 */

import type { Block } from "../kernel/block.ts";
import type { Body } from "../kernel/body.ts";
import { bodyRootOf, encodeBody, feeChecksumOf } from "../kernel/body.ts";
import type { Address } from "../kernel/brand.ts";
import { addressOfKey } from "../kernel/brand.ts";
import { bytesFromHex } from "../kernel/bytes.ts";
import type { EquivocationProof } from "../kernel/equivocation.ts";
import { equivocationProof } from "../kernel/equivocation.ts";
import { CodedError } from "../kernel/errors.ts";
import type { Header } from "../kernel/header.ts";
import { coreHashOf, signHeader } from "../kernel/header.ts";
import { historyRoot } from "../kernel/history.ts";
import { KEY_BODY_MAX_BYTES } from "../kernel/limits.ts";
import type { Paragraph } from "../kernel/paragraph.ts";
import { SIGNATURE_BYTES } from "../kernel/signature.ts";
import { targetBytes, targetFromCompact, workOfTarget } from "../kernel/target.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import { checkParagraphSlot, executeKeyBlock } from "../ledger/apply-key-block.ts";
import type { Execution } from "../ledger/execution.ts";
import { stateRoot } from "../ledger/state-map.ts";
import { earliestTimestamp } from "../ledger/times.ts";
import type { ChainParts } from "./connect.ts";
import { fittingTransactions } from "./fitting-transactions.ts";
import type { HeaderTree } from "./header-tree.ts";
import type { States } from "./states.ts";

/** What to mine: find a nonce for which BLAKE3(coreHash ‖ nonce) ≤ target. */
export interface Candidate {
  /** Nonce 0, signature zero. */
  readonly header: Header;
  readonly body: Body;
  readonly coreHash: Uint8Array;
  /** 32 bytes, big-endian. */
  readonly target: Uint8Array;
  /** What the block does to the state; its header commits to it. */
  readonly execution: Execution;
}

/** What of a chain a candidate is made from. */
export interface CandidateParts
  extends Pick<ChainParts, "genesis" | "storyId" | "rules" | "histories"> {
  readonly tree: Pick<HeaderTree, "tip" | "head" | "equivocation">;
  readonly states: Pick<States, "head">;
}

/** What an author offers. */
export interface CandidateInput {
  readonly paragraph: Paragraph;
  /** Waiting transactions, best first; those that do not fit or no longer apply are left out. */
  readonly transactions?: readonly SignedTransaction[];
  /** Ed25519 public key, 32 bytes. */
  readonly author: Uint8Array;
  readonly nowMs: number;
}

/** Timestamp of a candidate: now, but not before keyParent + ⌊P/4⌋, nor before the microblock below (HDR-6). */
export function candidateTimestamp(
  parts: Pick<CandidateParts, "genesis" | "tree">,
  nowMs: number,
): number {
  const earliestMs = earliestTimestamp(parts.genesis.paceMs, parts.tree.tip().timestampMs);
  return Math.max(nowMs, earliestMs, parts.tree.head().timestampMs);
}

/**
 * A candidate on the best block, microblocks included. It carries the proof, if there is one, that the old
 * tracker equivocated (TRK-2). Throws `resting` {untilMs} while the author rests (TRK-1), and the
 * paragraph's own code (`bad-text`, `too-many-words`, …).
 */
export function buildCandidate(
  parts: CandidateParts,
  { paragraph, transactions: waiting = [], author, nowMs }: CandidateInput,
): Candidate {
  const { genesis, rules } = parts;
  const tip = parts.tree.tip();
  const address: Address = addressOfKey(author);
  const timestampMs = candidateTimestamp(parts, nowMs);
  const untilMs = rules.restUntil(genesis.paceMs, tip, address);
  if (untilMs !== null && timestampMs < untilMs) throw new CodedError("resting", { untilMs });
  const equivocation = equivocationBelow(parts);
  const slot = { kind: "text", paragraph } as const;
  const paragraphLeaf = checkParagraphSlot({ paragraph: slot }, genesis.maxWords);
  const height = tip.height + 1;
  const empty: Body = {
    paragraph: slot,
    transactions: [],
    ...(equivocation === undefined ? {} : { equivocation }),
  };
  const transactions = fittingTransactions(parts.states.head(), waiting, {
    height,
    // A body is encoded for its size only where there is something to put into it.
    maxBytes: waiting.length === 0 ? 0 : KEY_BODY_MAX_BYTES - encodeBody(empty).length,
  });
  const body: Body = { ...empty, transactions };
  const target = rules.requiredTarget(genesis, tip, timestampMs);
  const execution = executeKeyBlock(parts.states.head(), {
    height,
    author: address,
    parentAuthor: tip.author,
    work: workOfTarget(targetFromCompact(target)),
    paragraphLeaf,
    transactions,
    equivocated: equivocation !== undefined,
  });
  const { paid } = execution;
  const header: Header = {
    version: 1,
    kind: "key",
    storyId: bytesFromHex(parts.storyId),
    height,
    microIndex: 0,
    parent: bytesFromHex(parts.tree.head().id),
    keyParent: bytesFromHex(tip.id),
    timestampMs,
    author,
    bodyRoot: bodyRootOf(body),
    stateRoot: stateRoot(execution.state),
    historyRoot: historyRoot(parts.histories.through(tip)),
    coinbase: execution.coinbase,
    feeChecksum: feeChecksumOf(paid.consumer, paid.industrial),
    target,
    nonce: 0n,
    signature: new Uint8Array(SIGNATURE_BYTES),
  };
  return {
    header,
    body,
    coreHash: coreHashOf(header),
    target: targetBytes(targetFromCompact(target)),
    execution,
  };
}

function equivocationBelow({ tree }: Pick<CandidateParts, "tree">): EquivocationProof | undefined {
  const [first, second] = tree.equivocation(tree.tip().id) ?? [];
  const [a, b] = [first?.header, second?.header];
  return a == null || b == null ? undefined : equivocationProof(a, b);
}

/** The block of a solved candidate, signed with the author's 32-byte seed. */
export function sealCandidate(candidate: Candidate, nonce: bigint, seed: Uint8Array): Block {
  return { header: signHeader({ ...candidate.header, nonce }, seed), body: candidate.body };
}
