/**
 * Words of the story view.
 *
 * @module
 */
import type { ParagraphView, ReorgView } from "../../../peer/rpc/shapes.ts";
import { plural } from "../../format/numbers.ts";

/** Fixed words. */
export const STORY = {
  contents: "Contents",
  premise: "The premise",
  opening: "The book is being opened…",
  withheld: "The text of this paragraph is not kept here; its place and its proof are.",
  noParagraph: "This block seals payments and carries no paragraph.",
  battery:
    "On battery it pauses. A hidden tab goes on gently and always receives. You can change both, or stop, at any time.",
} as const;

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const inWords = (count: number): string => NUMBERS[count] ?? String(count);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `Two paragraphs left, three came: another branch had more work behind it.` */
export function reorgSentence(reorg: ReorgView): string {
  const left = `${capital(inWords(reorg.lost.length))} ${reorg.lost.length === 1 ? "paragraph" : "paragraphs"} left`;
  return `${left}, ${inWords(reorg.gained.length)} came: another branch had more work behind it.`;
}

/** Where a text came from, in a few words. */
export function provenanceWords(
  paragraph: Pick<ParagraphView, "provenance">,
  replay?: "verified" | "differs" | "not-checked" | "not-applicable",
): string {
  const { writer, model } = paragraph.provenance;
  if (writer === "human") return "typed by hand";
  if (writer === "model") return model === "" ? "drafted with a model" : `drafted with ${model}`;
  if (replay === "verified") return "built-in writer · verified";
  if (replay === "differs") return "says built-in writer, but differs";
  return "built-in writer";
}

/** `settled` or `2 confirmations` (FRK-4). */
export function confirmationWords(confirmations: number): string {
  return confirmations >= 6 ? "settled" : plural(confirmations, "confirmation");
}
