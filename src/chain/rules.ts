/**
 * The rules that a chain is judged by and that a simulation may exchange: what proves work and
 * authorship, which target a block must state, and who rests. A story has one set of them; the lab
 * judges the same headers by others, and everything else stays as it is.
 *
 * @module
 */
import type { Address } from "../kernel/brand.ts";
import { bigintFromBytesBE } from "../kernel/bytes.ts";
import { powOf } from "../kernel/header.ts";
import { verifySignature } from "../kernel/signature.ts";
import type { RetargetParameters } from "../ledger/retarget.ts";
import { requiredTarget } from "../ledger/retarget.ts";
import { restUntil } from "../ledger/tracker-rest.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { keyParentFacts } from "./header-entry.ts";

/** What a simulation may exchange. */
export interface ConsensusRules {
  /** Whether the nonce makes the core hash meet the target (HDR-1, HDR-2). */
  provesWork(coreHash: Uint8Array, nonce: bigint, target: bigint): boolean;
  /** Whether the signature over the message is the key's (SIG-1). */
  readonly verifySignature: typeof verifySignature;
  /** Compact target that a key block with this timestamp must state on `keyParent` (DIF-1, DIF-2). */
  readonly requiredTarget: (
    parameters: RetargetParameters,
    keyParent: HeaderEntry,
    timestampMs: number,
  ) => number;
  /** Timestamp from which the author may follow `keyParent`; `null`: at once (TRK-1). */
  readonly restUntil: (paceMs: number, keyParent: HeaderEntry, author: Address) => number | null;
}

/** The rules of every story. */
export const STORY_RULES: ConsensusRules = {
  provesWork: (coreHash, nonce, target) => bigintFromBytesBE(powOf(coreHash, nonce)) <= target,
  verifySignature,
  requiredTarget: (parameters, keyParent, timestampMs) =>
    requiredTarget(parameters, keyParentFacts(keyParent), timestampMs),
  restUntil,
};
