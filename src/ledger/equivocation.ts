/**
 * When two headers prove that a tracker equivocated (TRK-2): both are microblocks that it signed for the
 * same place of its round. The headers alone decide; their bodies need not be known.
 *
 * @module
 */
import { equalBytes } from "../kernel/bytes.ts";
import type { EquivocationProof } from "../kernel/equivocation.ts";
import { CodedError } from "../kernel/errors.ts";
import type { Header } from "../kernel/header.ts";
import { verifyHeaderSignature } from "../kernel/header.ts";
import { RefusalCode } from "./codes.ts";

/** The round whose tracker is accused: the key block and its author, ids and keys of 32 bytes. */
export interface AccusedRound {
  readonly storyId: Uint8Array;
  readonly keyParent: Uint8Array;
  readonly tracker: Uint8Array;
}

/** Throws `bad-equivocation` {reason} unless the proof convicts this round's tracker. */
export function checkEquivocation(proof: EquivocationProof, round: AccusedRound): void {
  const { first, second } = proof;
  if (first.microIndex !== second.microIndex) throw refused("different-places");
  for (const header of [first, second]) {
    const reason = faultOf(header, round);
    if (reason !== null) throw refused(reason);
  }
}

function faultOf(header: Header, { storyId, keyParent, tracker }: AccusedRound): string | null {
  if (header.kind !== "micro" || header.microIndex === 0) return "not-a-microblock";
  if (!equalBytes(header.storyId, storyId)) return "other-story";
  if (!equalBytes(header.keyParent, keyParent)) return "other-round";
  if (!equalBytes(header.author, tracker)) return "not-the-tracker";
  return verifyHeaderSignature(header) ? null : "bad-signature";
}

function refused(reason: string): CodedError {
  return new CodedError(RefusalCode.badEquivocation, { reason });
}
