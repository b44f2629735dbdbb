/**
 * The discovery message: a peer names itself and where it can be dialled. Gossip signs it with the
 * peer's own key; this file decides what such a message may contain, since its addresses will be dialled.
 *
 * @module
 */
import { type Multiaddr, multiaddr } from "@multiformats/multiaddr";
import { MAX_ADDRESS_CHARS, MAX_ADDRESSES_PER_PEER } from "./limits.ts";

const STORY_TAG = /^[0-9a-f]{16}$/;

/** A peer, its story and its WebRTC addresses. */
export interface PeerAnnouncement {
  readonly id: string;
  /** First 16 digits of the story it has open; only peers of the same story dial. */
  readonly story: string;
  readonly addresses: readonly Multiaddr[];
}

/** Encodes an announcement; `nonce` makes each one a new message (ids are content hashes, NET-2). */
export function encodeAnnouncement(
  id: string,
  story: string,
  addresses: readonly string[],
  nonce: number,
): Uint8Array {
  const addrs = addresses.filter((each) => each.length <= MAX_ADDRESS_CHARS);
  return new TextEncoder().encode(
    JSON.stringify({ id, story, addrs: addrs.slice(0, MAX_ADDRESSES_PER_PEER), nonce }),
  );
}

/** Decodes an announcement signed by `author`; null if anything about it is not as it must be. */
export function decodeAnnouncement(author: string, bytes: Uint8Array): PeerAnnouncement | null {
  const parsed = parseJson(bytes);
  if (typeof parsed !== "object" || parsed === null) return null;
  if (!("id" in parsed) || !("addrs" in parsed) || parsed.id !== author) return null;
  if (!("story" in parsed) || typeof parsed.story !== "string") return null;
  if (!STORY_TAG.test(parsed.story)) return null;
  if (!Array.isArray(parsed.addrs) || parsed.addrs.length > MAX_ADDRESSES_PER_PEER) return null;
  const addresses: Multiaddr[] = [];
  for (const text of parsed.addrs) {
    const address = typeof text === "string" ? parseAddress(author, text) : null;
    if (address === null) return null;
    addresses.push(address);
  }
  return { id: author, story: parsed.story, addresses };
}

/** A multiaddr, or null for any other text. */
export function parseMultiaddr(text: string): Multiaddr | null {
  if (text.length > MAX_ADDRESS_CHARS) return null;
  try {
    return multiaddr(text);
  } catch {
    return null;
  }
}

function parseAddress(author: string, text: string): Multiaddr | null {
  // Only WebRTC over a relay: nobody may make tabs knock at arbitrary servers' doors as themselves.
  if (!text.endsWith(`/p2p-circuit/webrtc/p2p/${author}`)) return null;
  return parseMultiaddr(text);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
