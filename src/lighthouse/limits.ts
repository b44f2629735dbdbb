/**
 * Every cap of the lighthouse's public port in one place, each with its reason, so that
 * `docs/LIMITS.md` can list them and tests can go past them.
 *
 * @module
 */

/** Largest JSON-RPC message: a paragraph is ≤ 1,600 bytes and a link ≤ 4,000, times a batch. */
export const MAX_RPC_BYTES = 262_144;
/** Calls in one batch: a script reads a page of headers with it, and nobody needs more. */
export const MAX_BATCH = 50;
/** Calls a second from one address; a batch of n counts as n. */
export const RPC_PER_SECOND = 50;
/** Calls an address may make at once. */
export const RPC_BURST = 200;
/** Addresses whose rate is remembered; beyond, the idle ones are forgotten first. */
export const MAX_RATED_ADDRESSES = 10_000;
/** RPC WebSockets altogether, and from one address (a class behind one router has many). */
export const MAX_RPC_SOCKETS = 256;
/** See `MAX_RPC_SOCKETS`. */
export const MAX_RPC_SOCKETS_PER_ADDRESS = 64;
/** A subscriber that reads slower than events come is closed when this much waits for it. */
export const MAX_SOCKET_BACKLOG_BYTES = 1_048_576;
/** A socket that does not answer a ping for this long is gone. */
export const SOCKET_PING_MS = 30_000;
/** Connections handed through to the relay, altogether: above the mesh's own cap, which decides. */
export const MAX_RELAY_SOCKETS = 512;
/** Connections handed through to the relay from one address. */
export const MAX_RELAY_SOCKETS_PER_ADDRESS = 256;
/** Request headers, as Node counts them: cookies and the like have no business here. */
export const MAX_HEADER_BYTES = 8_192;
/** Time to send a whole request. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** Time that open connections get when the lighthouse stops, before they are cut. */
export const STOP_GRACE_MS = 2_000;
