/**
 * Stories and their links.
 *
 * @module
 */
import * as z from "zod/mini";
import { hex32, timeMs } from "../shapes.ts";
import { none } from "./common.ts";

/** Methods by name; see `methods-schema.ts`. */
export const STORY_SCHEMAS = {
  create_story: {
    description: "Makes a new story with its own genesis, mesh and link, and opens it.",
    write: true,
    surface: "all",
    params: z.object({
      title: z.string(),
      premise: z.string(),
      paceMs: z.optional(z.int()),
      language: z.optional(z.string()),
      maxWords: z.optional(z.int()),
      chapterLength: z.optional(z.int()),
      contentRating: z.optional(z.enum(["everyone", "teen", "mature"])),
      rules: z.optional(z.string()),
      network: z.optional(z.enum(["live", "test"])),
    }),
    result: z.object({ story: hex32, link: z.string() }),
  },
  open_story: {
    description: "Opens a story by its id (known here or at a lighthouse) or by an invite link.",
    write: true,
    surface: "all",
    params: z.object({
      story: z.optional(hex32),
      link: z.optional(z.string().check(z.maxLength(4000))),
    }),
    result: z.object({ story: hex32, title: z.string() }),
  },
  list_stories: {
    description: "Stories this tab has opened, newest first.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({
      stories: z.array(
        z.object({ story: hex32, title: z.string(), openedMs: timeMs, current: z.boolean() }),
      ),
    }),
  },
  get_link: {
    description:
      "The link to the open story or to one of its paragraphs, long (genesis and ways in inside) and short (for a QR code, at most 300 bytes).",
    write: false,
    surface: "all",
    params: z.optional(z.object({ block: z.optional(hex32) })),
    result: z.object({ link: z.string(), short: z.string() }),
  },
} as const;
