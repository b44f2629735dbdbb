/**
 * Caps on what a stranger can make this peer do (NET-6); each stands in docs/LIMITS.md with its test.
 *
 * @module
 */

/** Genuine peer records remembered, two for each entry of the longest list: a record is stated anew each half minute. */
export const MAX_VERIFIED_RECORDS = 128;
/** Largest question on a request stream: a locator of 64 ids and some framing. */
export const MAX_REQUEST_BYTES = 4_096;
/** Largest answer: 64 blocks of ordinary size, or one key body at its cap (128 KiB) several times. */
export const MAX_RESPONSE_BYTES = 1_048_576;
/** Headers in one answer: 500 × 366 bytes = 183 kB. */
export const MAX_HEADERS_PER_REQUEST = 500;
/** Blocks in one question. */
export const MAX_BLOCKS_PER_REQUEST = 64;
/** Blocks in one answer: microblocks are small, and a round may have hundreds. */
export const MAX_BLOCKS_PER_ANSWER = 1_024;
/** Ids in a locator: exponentially spaced, so 64 reach past any real story. */
export const MAX_LOCATOR = 64;
/** Entries of a tracker's list (NET-3). */
export const MAX_TRACKER_ENTRIES = 64;
/** Addresses in one peer's record. */
export const MAX_RECORD_ADDRESSES = 4;
/** Bytes of one address. */
export const MAX_ADDRESS_BYTES = 300;
/** Gossip: what the mesh carries on the tracker topic; a longer list is cut by its publisher. */
export const MAX_TRACKER_BYTES = 32_768;
/** Gossip: what the mesh carries on the transaction topic. */
export const MAX_TX_MESSAGE_BYTES = 16_384;
/** Transactions in one gossip message. */
export const MAX_TXS_PER_MESSAGE = 64;
/** Transactions that a peer offers to one that asks what waits: some 300 kB of plain transfers. */
export const MAX_OFFERED_TXS = 1_024;
/** Peers that are asked what waits there within `MEMPOOL_ASK_GAP_MS`: they hold much the same. */
export const MEMPOOL_ASKS = 3;
/** See `MEMPOOL_ASKS`. */
export const MEMPOOL_ASK_GAP_MS = 10_000;
/** Peers remembered as greeted, so that a flapping connection does not exchange everything again. */
export const MAX_GREETED_PEERS = 512;
/** Rounds in one question for microblocks. */
export const MAX_ROUNDS_PER_REQUEST = 64;
/** Own transactions submitted within this time leave in one message. */
export const TX_GATHER_MS = 40;
/** Expired transactions are looked for this often (MEM-6). */
export const PURGE_INTERVAL_MS = 1_000;
/** Transactions of one peer that may be refused without blame at once: a whole mempool of another head. */
export const REFUSALS_BURST = 1_024;
/** And then a second: a flood of them is neither judged nor logged. */
export const REFUSALS_PER_SECOND = 64;
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
/** Bodies that are being fetched because of one peer's announcements: it cannot take all the places. */
export const MAX_PENDING_BLOCKS_PER_PEER = 8;
/** Future blocks of one peer among those kept. */
export const MAX_WAITING_FUTURE_PER_PEER = 4;
/** A block further ahead than this is not kept: an honest clock is not a minute off, and a place must come free. */
export const MAX_FUTURE_WAIT_MS = 60_000;
/** An announcer that has not sent the body for this long is not waited for alone: others are asked too. */
export const HEDGE_MS = 1_000;
/** Peers asked besides the announcer for one announced body. */
export const HEDGE_PEERS = 3;
/** Announced ids remembered, so that one proof of work is forwarded once, whatever its signature (SIG-2). */
export const MAX_HEARD_IDS = 1_024;
/** An announced losing branch may fork this far below the tip; further down, relief makes blocks cheap. */
export const STALE_BRANCH_HEIGHTS = 16;
/** Announced blocks of losing branches taken at once; then two for each pace. Honest forks are far rarer. */
export const SIDE_BRANCH_BURST = 32;
/** Between two peer lists of the same kind: a list costs 65 signature checks (about 8 ms), the tracker sends one each 5 s. */
export const MIN_LIST_GAP_MS = 1_000;
/** Microblocks of one place in a round that are taken from gossip: two prove equivocation, a third proves nothing more (TRK-2). */
export const MAX_MICROBLOCKS_PER_PLACE = 2;
/** Expected hashes of a block that `generate_block` makes: it searches on the peer's own thread, a quarter of a second at that. */
export const MAX_GENERATED_WORK = 65_536n;
