/**
 * Handles that nobody may have (HND-1): words that would pass for the software, for its operators or for
 * everybody. Part of consensus: a word is added only with a new protocol version.
 *
 * @module
 */

const RESERVED: ReadonlySet<string> = new Set([
  "admin",
  "administrator",
  "all",
  "anonymous",
  "author",
  "canon",
  "codex",
  "everybody",
  "everyone",
  "fabula",
  "genesis",
  "handle",
  "handles",
  "here",
  "lighthouse",
  "mempool",
  "moderator",
  "nobody",
  "null",
  "official",
  "pot",
  "profile",
  "root",
  "support",
  "tracker",
  "undefined",
  "wallet",
]);

/** Everything that begins like a system account. */
const RESERVED_PREFIX = "sys";

/** True when nobody may register it; `handle` is without its `@`. */
export function isReservedHandle(handle: string): boolean {
  return handle.startsWith(RESERVED_PREFIX) || RESERVED.has(handle);
}
