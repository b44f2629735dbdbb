/**
 * The block that an agent would make now, by the chain's own `buildCandidate`: rest, target, timestamp,
 * execution and commitments are those of a live story.
 *
 * @module
 */
import type { Candidate } from "../../chain/candidate.ts";
import { buildCandidate } from "../../chain/candidate.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import type { BlockBook } from "./block-book.ts";
import type { BlockNumber } from "./block-number.ts";
import type { LabStory } from "./lab-story.ts";

/** A candidate on a block of the book at a virtual time; throws `resting` {untilMs}. */
export function candidateOn(
  { story, book }: { readonly story: LabStory; readonly book: BlockBook },
  input: {
    readonly parent: BlockNumber;
    /** Public key, 32 bytes. */
    readonly author: Uint8Array;
    readonly nowMs: number;
    readonly transactions: readonly SignedTransaction[];
  },
): Candidate {
  const { entry } = book.block(input.parent);
  return buildCandidate(
    {
      genesis: story.genesis,
      storyId: story.storyId,
      rules: story.rules,
      histories: book.histories,
      tree: { tip: () => entry, head: () => entry, equivocation: () => undefined },
      states: { head: () => book.stateAfter(input.parent) },
    },
    {
      paragraph: story.paragraph,
      transactions: input.transactions,
      author: input.author,
      nowMs: story.genesis.createdMs + input.nowMs,
    },
  );
}
