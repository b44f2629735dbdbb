/**
 * Caps on what a stranger can make this peer do (NET-6); each stands in docs/LIMITS.md with its test.
 *
 * @module
 */

/** Largest question on a request stream: a locator of 64 ids and some framing. */
export const MAX_REQUEST_BYTES = 4_096;
/** Largest answer: 64 blocks of ordinary size, or one key body at its cap (128 KiB) several times. */
export const MAX_RESPONSE_BYTES = 1_048_576;
/** Headers in one answer: 500 × 366 bytes = 183 kB. */
export const MAX_HEADERS_PER_REQUEST = 500;
/** Blocks in one answer. */
export const MAX_BLOCKS_PER_REQUEST = 64;
/** Ids in a locator: exponentially spaced, so 64 reach past any real story. */
export const MAX_LOCATOR = 64;
/** Entries of a tracker's list (NET-3). */
export const MAX_TRACKER_ENTRIES = 64;
/** Addresses in one peer's record. */
export const MAX_RECORD_ADDRESSES = 4;
/** Bytes of one address. */
export const MAX_ADDRESS_BYTES = 300;
/** Gossip: a header is 366 bytes (NET-1: ≤ 512). */
export const MAX_ANNOUNCE_BYTES = 512;
/** Gossip: 64 records with their signatures. */
export const MAX_TRACKER_BYTES = 131_072;
/** A record or list older than this is not used. */
export const RECORD_LIFETIME_MS = 120_000;
/** Bodies that are being fetched because of announcements, all peers together. */
export const MAX_PENDING_BLOCKS = 64;
/** Future blocks kept until their time comes. */
export const MAX_WAITING_FUTURE = 16;
/** Log lines kept for `get_log`. */
export const MAX_LOG_ENTRIES = 500;
/** Story diffs kept for `get_reorgs`. */
export const MAX_REORGS = 20;
/** Time a request may take. */
export const REQUEST_TIMEOUT_MS = 8_000;
/** Without a peer for this long, a tab knows that it is alone and may mine. */
export const ALONE_AFTER_MS = 6_000;
/** Connecting for longer than this is worth words (PRODUCT.md). */
export const SLOW_CONNECT_MS = 10_000;
/** Status of each peer is asked again this often, so that a missed announcement heals. */
export const STATUS_INTERVAL_MS = 10_000;
/** The tracker publishes its list this often (NET-1). */
export const TRACKER_INTERVAL_MS = 5_000;
/** No authoritative list for this long: the first peer that notices publishes one without authority (NET-3). */
export const TRACKER_LOST_MS = 15_000;
