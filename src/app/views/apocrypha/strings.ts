/**
 * Words of the apocrypha.
 *
 * @module
 */

/** Fixed words. */
export const APOCRYPHA = {
  title: "Apocrypha",
  lead: "Paragraphs that were written and mined, and then lost their place, because another branch of the story had more work behind it. They stay readable here.",
  none: "Nothing was lost yet",
  noneText: "Every paragraph that this tab has seen still stands in the book.",
  changes: "Changes of the canon",
  withheld: "The text of this paragraph is not kept here.",
} as const;
