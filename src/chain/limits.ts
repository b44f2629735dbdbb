/**
 * Bounds on what the chain keeps in memory or takes at once. None is consensus: peers with other
 * values agree on the same canon. `docs/LIMITS.md` lists them with the tests that go past them.
 *
 * @module
 */

/** Headers in one push to a header branch (NET-4): 2,000 × 366 bytes stay below 1 MB a message. */
export const MAX_HEADERS_PER_PUSH = 2_000;
/** Headers of one branch that are not connected yet (NET-6): about 100 MB at worst, ten weeks of the standard pace. */
export const MAX_UNSETTLED_HEADERS = 100_000;
/** States kept ready, of key blocks and of microblocks each, newest use first; each shares all but some forty nodes with its neighbours. */
export const STATE_CACHE_ENTRIES = 256;
/** Histories kept ready besides the checkpoints; each is a handful of peaks. */
export const HISTORY_CACHE_ENTRIES = 256;
/** Every so many heights a history is kept for good: rebuilding one appends fewer leaves than this. */
export const HISTORY_CHECKPOINT_HEIGHTS = 256;
/** Ids remembered as invalid (SIG-2), newest use first; only ids that paid their proof of work enter. */
export const INVALID_IDS_ENTRIES = 4_096;
/** Key blocks above a paragraph before its leaf hash may stand for its text (HDR-3). */
export const WITHHOLD_DEPTH = 100;
/** Key blocks among which the greatest work is looked for when confirmations are counted (FRK-4). */
export const CONFIRMATION_WINDOW = 144;
/** Newest ids that a locator names one by one before it doubles its steps. */
export const LOCATOR_DENSE_IDS = 10;
