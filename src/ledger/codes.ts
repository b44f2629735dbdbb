/**
 * Every reason for which a block or header is refused, in one table, because the codes are part of the
 * interface: peers' penalties, the app's texts and the tests all hang on them. Codes of the kernel's
 * own checks (`bad-text`, `too-many-words`, `bad-target`, …) pass through unchanged.
 *
 * @module
 */

/** Refusal codes of ledger and chain; kebab-case, never reused with another meaning. */
export const RefusalCode = {
  /** The header names another story. */
  otherStory: "other-story",
  /** Microblocks come with the next protocol issue (TRK-2); until then none is valid. */
  microblocksNotSupported: "microblocks-not-supported",
  /** Transactions come with the next protocol issue (TX-*); until then a body carries none. */
  transactionsNotSupported: "transactions-not-supported",
  /** A key block's microIndex must be 0. */
  badMicroIndex: "bad-micro-index",
  /** Height must be the keyParent's height + 1. */
  badHeight: "bad-height",
  /** The parent was refused before, so nothing on it can be valid. */
  invalidParent: "invalid-parent",
  /** The stated target is easier than the genesis' maxTarget (DIF-2). */
  targetTooEasy: "target-too-easy",
  /** The proof of work does not meet the stated target (HDR-2). */
  badWork: "bad-work",
  /** The author's signature does not verify (SIG-1): condemns the copy, not the id (SIG-2). */
  badSignature: "bad-signature",
  /** Earlier than keyParent + ⌊P/4⌋ (HDR-6). */
  timestampTooEarly: "timestamp-too-early",
  /** The author of the keyParent rests for 2P (TRK-1). */
  authorResting: "author-resting",
  /** The stated target is not the one that DIF-1 and DIF-2 give: neither easier nor harder is valid. */
  wrongTarget: "wrong-target",
  /** historyRoot is not the root over all key headers before this one (HDR-5). */
  badHistoryRoot: "bad-history-root",
  /** The body does not match bodyRoot (HDR-3): condemns the copy, not the id (SIG-2). */
  badBodyRoot: "bad-body-root",
  /** A key block carries exactly one paragraph. */
  paragraphMissing: "paragraph-missing",
  /** A leaf hash may stand for the text only beyond 100 key blocks (HDR-3). */
  paragraphWithheld: "paragraph-withheld",
  /** feeChecksum does not match the fees of the block's transactions. */
  badFeeChecksum: "bad-fee-checksum",
  /** coinbase is not reward + pot (RWD-1, RWD-2): one unit more or less is refused. */
  badCoinbase: "bad-coinbase",
  /** Σ balances + pot would no longer equal what was emitted (RWD-2). */
  supplyMismatch: "supply-mismatch",
  /** stateRoot is not the root of the state after the block (HDR-4). */
  badStateRoot: "bad-state-root",
} as const;

/** One of `RefusalCode`'s values. */
export type RefusalCode = (typeof RefusalCode)[keyof typeof RefusalCode];
