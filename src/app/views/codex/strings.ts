/**
 * Words of the codex.
 *
 * @module
 */
import type { CodexEntry } from "../../api-types.ts";

/** Fixed words. */
export const CODEX = {
  title: "Codex",
  lead: "Who and what this story is made of, kept by its readers. Every writer, human or not, is told of it before the next paragraph.",
  none: "The codex is empty",
  noneText:
    "Nobody has noted down a character, a place, a thing or a rule yet. The first entry can be yours.",
  formLead:
    "It goes into the story’s own record: everybody can read it, earlier versions too, and only you can amend it. The first sixteen entries cost one token each, and each sixteen twice as much as those before.",
} as const;

/** Kinds in the order of the page, with the heading of each and what belongs there. */
export const KINDS: readonly (readonly [
  kind: CodexEntry["kind"],
  one: string,
  many: string,
  hint: string,
])[] = [
  ["character", "Character", "Characters", "who they are, what they want, what they never do"],
  ["place", "Place", "Places", "what one sees there, and what happens there only"],
  ["thing", "Thing", "Things", "what it is, who has it, what it can do"],
  ["rule", "Rule", "Rules", "what always holds in this story"],
];
