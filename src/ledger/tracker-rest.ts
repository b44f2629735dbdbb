/**
 * The tracker rests (TRK-1): nobody writes two paragraphs in a row, unless nobody else comes for two
 * paces. Extra identities evade this cheaply; it is a rule of courtesy that costs an honest crowd
 * nothing, not a defence against one miner with many keys.
 *
 * @module
 */
import type { KeyParentFacts } from "./retarget.ts";

/** Rest of an author after its own key block, in paces. */
const REST_PACES = 2;

/** Timestamp from which `author` may follow this key block, or `null` if it may at once; the genesis imposes no rest (TRK-1). */
export function restUntil(
  paceMs: number,
  keyParent: Pick<KeyParentFacts, "author" | "timestampMs">,
  author: string,
): number | null {
  return keyParent.author === author ? keyParent.timestampMs + REST_PACES * paceMs : null;
}
