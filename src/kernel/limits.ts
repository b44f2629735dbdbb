/**
 * Every cap that consensus knows, in one place and with its reason: a decoder that met a size before it
 * knew the cap would let a stranger choose how much memory a tab spends (ENC-2).
 *
 * @module
 */

/** GEN-1: an encoded genesis, in bytes; it must fit a link that chats and QR codes carry. */
export const GENESIS_MAX_BYTES = 1_000;
/** GEN-1: a story's title, in UTF-8 bytes; one line on a phone. */
export const TITLE_MAX_BYTES = 120;
/** GEN-1: a story's premise, in UTF-8 bytes; a paragraph that leaves room in the link. */
export const PREMISE_MAX_BYTES = 600;
/** GEN-1: template rules, in UTF-8 bytes; a sentence or two. */
export const RULES_MAX_BYTES = 200;
/** GEN-1: a language tag, in bytes; RFC 5646 §4.4.1 finds 35 enough for every tag in use. */
export const LANGUAGE_MAX_BYTES = 35;
/** GEN-1: the fastest pace, in milliseconds; below it, blocks race the network's latency. */
export const PACE_MIN_MS = 2_000;
/** GEN-1: the slowest pace, in milliseconds: one day. */
export const PACE_MAX_MS = 86_400_000;
/** GEN-1: words a paragraph when a story does not say otherwise. */
export const DEFAULT_MAX_WORDS = 140;
/** GEN-1: the most words a genesis may allow: more one-letter words do not fit PARAGRAPH_MAX_BYTES. */
export const MAX_WORDS_LIMIT = 800;
/** GEN-1: the longest chapter, in paragraphs: what a u16 holds. */
export const CHAPTER_LENGTH_MAX = 65_535;
/** GEN-2: hashes a second that the initial target assumes, so that latency does not fork everybody. */
export const INITIAL_HASHES_PER_SECOND = 1_000_000n;
/** GEN-1: how many times easier than the initial target the easiest one is, unless a story says. */
export const DEFAULT_TARGET_SLACK = 16n;

/** PAR-1: a paragraph's text, in UTF-8 bytes: 140 words of any living script fit. */
export const PARAGRAPH_MAX_BYTES = 1_600;
/** PAR-1: a chapter mark's title, in UTF-8 bytes; one heading line. */
export const CHAPTER_MAX_BYTES = 80;
/** PAR-1: the name of the model that wrote a paragraph, in UTF-8 bytes. */
export const MODEL_NAME_MAX_BYTES = 64;
/** PAR-1: an encoded paragraph, in bytes: the parts above and 47 bytes of fixed fields. */
export const PARAGRAPH_RECORD_MAX_BYTES: number =
  PARAGRAPH_MAX_BYTES + CHAPTER_MAX_BYTES + MODEL_NAME_MAX_BYTES + 47;

/** TX-6: a transaction's memo, in bytes: the largest operation. */
export const MEMO_MAX_BYTES = 4_096;
/** TX-0: `from_` and `to`, in UTF-8 bytes; an address has 64, a system account fewer. */
export const ACCOUNT_NAME_MAX_BYTES = 128;
/** TX-0: an encoded payload, in bytes: the parts above, three u64 lengths, four u64 and a u8. */
export const PAYLOAD_MAX_BYTES: number = MEMO_MAX_BYTES + 2 * ACCOUNT_NAME_MAX_BYTES + 57;
/** TX-0: an encoded signed transaction, in bytes: version, payload, public key, signature. */
export const SIGNED_TRANSACTION_MAX_BYTES: number = PAYLOAD_MAX_BYTES + 97;

/** BODY-1: a key block's encoded body, in bytes: seconds, not minutes, over a slow data channel. */
export const KEY_BODY_MAX_BYTES = 131_072;
/** BODY-1: a microblock's encoded body, in bytes. */
export const MICRO_BODY_MAX_BYTES = 32_768;
/** BODY-1b: the encoded bodies of all microblocks of one round, in bytes: what a tab keeps ready to serve. */
export const ROUND_BODIES_MAX_BYTES = 524_288;

/** ENC-3: the last millisecond that a `Date` can show; it is also exact as a double. */
export const TIMESTAMP_MAX_MS = 8_640_000_000_000_000;
