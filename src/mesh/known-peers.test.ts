import { multiaddr } from "@multiformats/multiaddr";
import { expect, test } from "vitest";
import { dialFailed, isDialable, type KnownPeer, KnownPeers } from "./known-peers.ts";
import { DISCOVERED_TTL_MS, MAX_DISCOVERED_PEERS } from "./limits.ts";

const ADDRESSES = [multiaddr("/ip4/127.0.0.1/tcp/1/ws")];

test("[NET-6] a flood of announced peers pushes out the oldest, and the book stays capped", () => {
  const known = new KnownPeers();
  for (let i = 0; i < MAX_DISCOVERED_PEERS + 50; i += 1) known.learn(`id ${i}`, ADDRESSES, i);
  expect(known.size).toBe(MAX_DISCOVERED_PEERS);
  expect(known.get("id 49")).toBeUndefined();
  expect(known.get("id 50")).toBeDefined();
});

test("a peer is new once, and forgotten when it fell silent", () => {
  const known = new KnownPeers();
  expect(known.learn("a", ADDRESSES, 0)).toBe(true);
  expect(known.learn("a", ADDRESSES, 1)).toBe(false);
  known.learn("b", ADDRESSES, DISCOVERED_TTL_MS + 2);
  expect(known.ids()).toEqual(["b"]);
});

test("failed dials wait 0.5 s, then twice as long, up to a minute; a retry forgets that", () => {
  const known = new KnownPeers();
  const peer: KnownPeer = {
    addresses: ADDRESSES,
    sinceMs: 0,
    seenMs: 0,
    failures: 0,
    nextDialMs: 0,
    lost: false,
  };
  const waits: number[] = [];
  for (let i = 0; i < 9; i += 1) {
    dialFailed(peer, 0);
    waits.push(peer.nextDialMs);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect([isDialable(peer, 59_999), isDialable(peer, 60_000)]).toEqual([false, true]);
  known.learn("a", ADDRESSES, 0);
  for (const each of [known.get("a")]) if (each !== undefined) dialFailed(each, 0);
  expect(known.get("a")).toMatchObject({ failures: 1, nextDialMs: 500 });
  known.retryAll();
  expect(known.get("a")).toMatchObject({ failures: 0, nextDialMs: 0 });
  expect(isDialable({ ...peer, nextDialMs: 0 }, DISCOVERED_TTL_MS + 1)).toBe(false);
});
