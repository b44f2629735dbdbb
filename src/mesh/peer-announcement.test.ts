import { expect, test } from "vitest";
import "./polyfills.ts";
import { peerIdFromSeed } from "./identity.ts";
import { MAX_ADDRESSES_PER_PEER, MAX_PEERS_MESSAGE_BYTES } from "./limits.ts";
import { decodeAnnouncement, encodeAnnouncement } from "./peer-announcement.ts";
import { PEERS_TOPIC, requestProtocolName, storyTag, topicName } from "./topics.ts";

const me = await peerIdFromSeed(new Uint8Array(32).fill(1));
const relay = await peerIdFromSeed(new Uint8Array(32).fill(2));
const address = `/dns4/lighthouse.example.org/tcp/443/tls/ws/p2p/${relay}/p2p-circuit/webrtc/p2p/${me}`;

const STORY = "0123456789abcdef";

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

test("an announcement survives its way and fits its topic", () => {
  const bytes = encodeAnnouncement(
    me,
    STORY,
    Array.from({ length: 20 }, () => address),
    Number.MAX_SAFE_INTEGER,
  );
  expect(bytes.byteLength).toBeLessThanOrEqual(MAX_PEERS_MESSAGE_BYTES);
  const decoded = decodeAnnouncement(me, bytes);
  expect(decoded?.story).toBe(STORY);
  expect(decoded?.addresses.map(String)).toEqual(Array(MAX_ADDRESSES_PER_PEER).fill(address));
});

test.each([
  ["another peer's id", { id: relay, story: STORY, addrs: [], nonce: 1 }],
  [
    "too many addresses",
    { id: me, story: STORY, addrs: Array(MAX_ADDRESSES_PER_PEER + 1).fill(address), nonce: 1 },
  ],
  [
    "a plain server to knock at",
    { id: me, story: STORY, addrs: ["/ip4/10.0.0.1/tcp/22/ws"], nonce: 1 },
  ],
  [
    "an address of another peer",
    { id: me, story: STORY, addrs: [address.replace(me, relay)], nonce: 1 },
  ],
  [
    "no multiaddr",
    { id: me, story: STORY, addrs: [`/nonsense/p2p-circuit/webrtc/p2p/${me}`], nonce: 1 },
  ],
  [
    "a long address",
    { id: me, story: STORY, addrs: [`/dns4/${"a".repeat(300)}${address}`], nonce: 1 },
  ],
  ["no list", { id: me, story: STORY, addrs: address, nonce: 1 }],
  ["no story", { id: me, addrs: [address], nonce: 1 }],
  ["a story's whole id", { id: me, story: STORY.repeat(4), addrs: [address], nonce: 1 }],
  ["null", null],
])("[NET-6] an announcement with %s is refused", (_what, value) => {
  expect(decodeAnnouncement(me, encode(value))).toBeNull();
});

test("bytes that are no JSON are refused", () => {
  expect(decodeAnnouncement(me, Uint8Array.of(0xff, 0xfe))).toBeNull();
});

test("[NET-1] wire names carry the first 16 digits of the story id", () => {
  const story = "0123456789abcdef".repeat(4);
  expect(topicName(story, "announce")).toBe("/fabula/1/0123456789abcdef/announce/1");
  expect(storyTag(story)).toBe("0123456789abcdef");
  // Discovery alone is common: a lighthouse passes it on for stories that it does not archive.
  expect(PEERS_TOPIC).toBe("/fabula/1/peers/1");
  expect(requestProtocolName(story)).toBe("/fabula/1/0123456789abcdef/request/1");
  expect(() => topicName("story", "tracker")).toThrow("bad-hex");
});
