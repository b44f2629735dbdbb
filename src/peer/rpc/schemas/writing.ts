/**
 * Paragraphs, drafts and mining.
 *
 * @module
 */
import * as z from "zod/mini";
import {
  count,
  decimal,
  draft,
  hex32,
  miningState,
  preset,
  provenance,
  timeMs,
} from "../shapes.ts";
import { none, ok } from "./common.ts";

/** Methods by name; see `methods-schema.ts`. */
export const WRITING_SCHEMAS = {
  submit_paragraph: {
    description:
      "Offers a paragraph for the next place in the story. It is mined while mining is on; when somebody else comes first it is kept as `displaced`, unless `follow` asks to offer it again on every new page.",
    write: true,
    surface: "all",
    params: z.object({
      text: z.string().check(z.maxLength(8000)),
      chapter: z.optional(z.nullable(z.string().check(z.maxLength(80)))),
      provenance: z.optional(provenance),
      follow: z.optional(z.boolean()),
    }),
    result: z.object({ draft }),
  },
  draft_paragraph: {
    description:
      "Lets the built-in writer propose a paragraph for the current tip. Nothing is offered or saved.",
    write: false,
    surface: "all",
    params: z.optional(
      z.object({ writer: z.optional(z.literal("builtin")), seed: z.optional(decimal) }),
    ),
    result: z.object({ text: z.string(), provenance }),
  },
  get_draft: {
    description: "The kept draft.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({ draft: z.nullable(draft) }),
  },
  save_draft: {
    description: "Keeps a draft through reloads without offering it.",
    write: true,
    surface: "all",
    params: z.object({
      text: z.string().check(z.maxLength(8000)),
      chapter: z.optional(z.nullable(z.string().check(z.maxLength(80)))),
      provenance: z.optional(provenance),
    }),
    result: z.object({ draft }),
  },
  rebase_draft: {
    description: "Ties the kept draft to the current tip; `offer` also offers it.",
    write: true,
    surface: "all",
    params: z.optional(z.object({ offer: z.optional(z.boolean()) })),
    result: z.object({ draft }),
  },
  discard_draft: {
    description: "Forgets the kept draft; stops offering it.",
    write: true,
    surface: "all",
    params: none,
    result: ok,
  },
  start_mining: {
    description:
      "Consent to mine. With writer `builtin` a fresh paragraph is offered each round until stop_mining; without, an offered draft is mined. Resolves once accepted; waits for sync by itself.",
    write: true,
    surface: "all",
    params: z.optional(
      z.object({ preset: z.optional(preset), writer: z.optional(z.enum(["builtin", "human"])) }),
    ),
    result: miningState,
  },
  stop_mining: {
    description: "Stops mining and withdraws consent.",
    write: true,
    surface: "all",
    params: none,
    result: miningState,
  },
  generate_block: {
    description:
      "Only where the genesis says `network: test` (else `not-a-test-story`): makes one key block now, as a miner that has just found it, and announces it. Without `text` the built-in writer writes. All rules hold: `resting`, `too-early` {untilMs}; `too-hard` {work, max} where the search would take long (see `set_difficulty`).",
    write: true,
    surface: "all",
    params: z.optional(z.object({ text: z.optional(z.string().check(z.maxLength(8000))) })),
    result: z.object({
      hash: hex32,
      height: count,
      timestampMs: timeMs,
      /** Expected hashes. */
      work: decimal,
      nonce: decimal,
      /** False when a better block came in before this one was connected. */
      canon: z.boolean(),
    }),
  },
} as const;
