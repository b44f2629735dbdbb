/**
 * From a paragraph to a key block of this peer: the candidate, and what follows once its nonce is found.
 * The producer and `generate_block` differ in who searches for the nonce, and share the rest.
 *
 * @module
 */
import type { Candidate } from "../../chain/candidate.ts";
import type { Outcome } from "../../chain/outcome.ts";
import type { Block } from "../../kernel/block.ts";
import { KEY_BODY_MAX_BYTES } from "../../kernel/limits.ts";
import type { Paragraph } from "../../kernel/paragraph.ts";
import { acceptableFrom } from "../../ledger/times.ts";
import type { StoryContext } from "../story/context.ts";
import type { Intake } from "../story/intake.ts";
import type { Payments } from "../story/payments.ts";

/** Makes this peer's key blocks. */
export interface BlockMaker {
  /** The block that `author` may mine now, with what waits; throws `resting` {untilMs} and the paragraph's codes. */
  candidate(paragraph: Paragraph, author: Uint8Array): Candidate;
  /**
   * Time from which others take the candidate. Found faster than the pace allows, a block would come from
   * the future, and its author would make sibling after sibling while the first one waits (HDR-6).
   */
  acceptableFromMs(candidate: Candidate): number;
  /** Signs with the author's seed, connects and announces; rejects with the store's codes. */
  finish(candidate: Candidate, nonce: bigint, seed: Uint8Array): Promise<Outcome>;
  /** A block is being connected: until its outcome is known, nobody knows on which page to go on. */
  busy(): boolean;
  /** Blocks made since the story was opened. */
  made(): number;
}

interface BlockMakerParts {
  readonly intake: Intake;
  readonly payments: Payments;
  readonly announce: (block: Block) => Promise<void>;
}

/** Creates the maker of one story's blocks. */
export function createBlockMaker(
  { chain, ports }: Pick<StoryContext, "chain" | "ports">,
  { intake, payments, announce }: BlockMakerParts,
): BlockMaker {
  let connecting = 0;
  let made = 0;
  return {
    candidate: (paragraph, author) =>
      chain.candidate({
        paragraph,
        transactions: payments.waiting(KEY_BODY_MAX_BYTES),
        author,
        nowMs: ports.clock.now(),
      }),
    acceptableFromMs: ({ header }) => acceptableFrom(chain.genesis.paceMs, header.timestampMs),
    async finish(candidate, nonce, seed) {
      connecting++;
      try {
        const block = chain.sealCandidate(candidate, nonce, seed);
        const outcome = await intake.connect(block, null);
        if (
          outcome.kind === "extended" ||
          outcome.kind === "reorganised" ||
          outcome.kind === "side-branch"
        ) {
          made++;
          payments.pool().blockMined();
          // Not awaited: the mesh may be slow or away, and the next page waits for nobody.
          announce(block).catch(() => {});
        }
        return outcome;
      } finally {
        connecting--;
      }
    },
    busy: () => connecting > 0,
    made: () => made,
  };
}
