import { expect, test } from "vitest";
import type { PeerView } from "../../peer/rpc/shapes.ts";
import { sortPeers } from "./peers-store.ts";

const peer = (id: string, path: PeerView["path"], latencyMs: number | null): PeerView => ({
  id,
  path,
  latencyMs,
  lastMessageMs: null,
  connectedMs: 0,
  direction: "inbound",
  address: "",
  score: 0,
  height: null,
  author: null,
  isTracker: false,
});

test("lighthouses, then direct, then relayed peers; faster first, unknown latency last", () => {
  const sorted = sortPeers([
    peer("r", "relayed", 1),
    peer("d-unknown", "direct", null),
    peer("d-slow", "direct", 90),
    peer("d-fast", "direct", 9),
    peer("s", "server", 200),
  ]);
  expect(sorted.map((one) => one.id)).toEqual(["s", "d-fast", "d-slow", "d-unknown", "r"]);
});
