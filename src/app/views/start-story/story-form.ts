/**
 * The form's values and what is wrong with them, by the genesis' limits (GEN-1). Kept apart from the
 * view so that it can be tested.
 *
 * @module
 */
import {
  CHAPTER_LENGTH_MAX,
  DEFAULT_MAX_WORDS,
  MAX_WORDS_LIMIT,
  PACE_MAX_MS,
  PACE_MIN_MS,
  PREMISE_MAX_BYTES,
  RULES_MAX_BYTES,
  TITLE_MAX_BYTES,
} from "../../../kernel/limits.ts";
import type { ParamsOf } from "../../../peer/rpc/schema.ts";
import { cleanText, countBytes } from "../../format/paragraph-text.ts";

/** What stands in the fields; numbers as typed. */
export interface StoryForm {
  readonly title: string;
  readonly premise: string;
  readonly paceMs: number | "custom";
  readonly customSeconds: string;
  readonly language: string;
  readonly maxWords: string;
  readonly chapterLength: string;
  readonly contentRating: "everyone" | "teen" | "mature";
  readonly rules: string;
}

/** An empty form with the usual choices. */
export const EMPTY_FORM: StoryForm = {
  title: "",
  premise: "",
  paceMs: 60_000,
  customSeconds: "120",
  language: "en",
  maxWords: String(DEFAULT_MAX_WORDS),
  chapterLength: "24",
  contentRating: "everyone",
  rules: "",
};

/** One sentence for each field that is not right. */
export type FormErrors = Readonly<Partial<Record<keyof StoryForm, string>>>;

/** The pace that the form asks for, in milliseconds; NaN when it is not a number. */
export function paceOf(form: StoryForm): number {
  return form.paceMs === "custom" ? Math.round(Number(form.customSeconds) * 1000) : form.paceMs;
}

const over = (text: string, most: number): string | undefined => {
  const bytes = countBytes(cleanText(text));
  return bytes > most ? `Too long by ${bytes - most} bytes.` : undefined;
};

const whole = (text: string, least: number, most: number): string | undefined => {
  const value = Number(text);
  const right = Number.isInteger(value) && text.trim() !== "" && value >= least && value <= most;
  return right ? undefined : `A whole number from ${least} to ${most}.`;
};

/** What is wrong, field by field; empty when the story can be started. */
export function formErrors(form: StoryForm): FormErrors {
  const pace = paceOf(form);
  const errors: Record<string, string | undefined> = {
    title:
      cleanText(form.title) === "" ? "A story needs a title." : over(form.title, TITLE_MAX_BYTES),
    premise:
      cleanText(form.premise) === ""
        ? "A story needs a premise: a few sentences that others can go on from."
        : over(form.premise, PREMISE_MAX_BYTES),
    rules: over(form.rules, RULES_MAX_BYTES),
    maxWords: whole(form.maxWords, 1, MAX_WORDS_LIMIT),
    chapterLength: whole(form.chapterLength, 1, CHAPTER_LENGTH_MAX),
    customSeconds:
      pace >= PACE_MIN_MS && pace <= PACE_MAX_MS
        ? undefined
        : `From ${PACE_MIN_MS / 1000} to ${PACE_MAX_MS / 1000} seconds.`,
    language: /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/u.test(form.language)
      ? undefined
      : "A language tag such as en, pt-BR or zh-Hant.",
  };
  return Object.fromEntries(Object.entries(errors).filter(([, text]) => text !== undefined));
}

/** The parameters of `create_story`. */
export function storyParams(form: StoryForm): ParamsOf<"create_story"> {
  return {
    title: cleanText(form.title).replaceAll("\n", " "),
    premise: cleanText(form.premise),
    paceMs: paceOf(form),
    language: form.language,
    maxWords: Number(form.maxWords),
    chapterLength: Number(form.chapterLength),
    contentRating: form.contentRating,
    rules: cleanText(form.rules),
  };
}
