/**
 * Words of the explorer.
 *
 * @module
 */

/** Fixed words. */
export const EXPLORER = {
  title: "Explorer",
  lead: "What waits, what was sealed, and how much of both tokens there is. Everything here was checked by this tab.",
  search: "Search for a height, block, transaction, address or @handle",
  nothing:
    "Nothing here has that height, name or number. Digits of ids may be cut off; a handle has 3 to 24 of a–z, 0–9 and _.",
  quiet: "Nothing waits. What is sent now is sealed with the next second.",
  noTransactions: "It carries no transactions.",
  noHistory: "Nothing was paid or received yet.",
  supplyLead:
    "Every paragraph brings new tokens, a little less each time, towards 20 million of each. Paragraphs that were made easy by a quiet night bring less, so the supply stays at or below its schedule.",
} as const;
