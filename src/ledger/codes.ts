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
  /** A microblock states a target, a nonce or a coinbase (HDR-2b). */
  badMicroblock: "bad-microblock",
  /** Only the author of the keyParent seals microblocks in its round (TRK-2). */
  notTracker: "not-tracker",
  /** The parent is known and is not a block of the same round (HDR-2b). */
  badParent: "bad-parent",
  /** A transaction of the body is refused (TX-*): its place, number and label are in the data. */
  transactionInvalid: "transaction-invalid",
  /** A microblock carries at least one transaction (HDR-2b). */
  transactionsMissing: "transactions-missing",
  /** A microblock carries no paragraph. */
  paragraphUnexpected: "paragraph-unexpected",
  /** The microblocks of a round would have more bytes together than allowed (BODY-1b). */
  roundTooLarge: "round-too-large",
  /** The body's proof does not convict the old tracker (TRK-2). */
  badEquivocation: "bad-equivocation",
  /** A key block's microIndex must be 0; a microblock's one more than its parent's. */
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
  /** Earlier than keyParent + ⌊P/4⌋ (HDR-6), or a microblock's parent + 1 s (HDR-6b). */
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
