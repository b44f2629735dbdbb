/**
 * What the chain, the mesh and the peer itself say.
 *
 * @module
 */
import * as z from "zod/mini";
import {
  amounts,
  count,
  decimal,
  fault,
  hex32,
  miningState,
  paragraph,
  peerView,
  relayView,
  reorgView,
  round,
  syncState,
  timeMs,
  tip,
} from "../shapes.ts";
import { blockRef, none, ok } from "./common.ts";

const storySummary = z.object({
  story: hex32,
  title: z.string(),
  premise: z.string(),
  language: z.string(),
  paceMs: count,
  maxWords: count,
  chapterLength: count,
  contentRating: z.enum(["everyone", "teen", "mature"]),
  rules: z.string(),
  network: z.enum(["live", "test"]),
  createdMs: timeMs,
  creator: hex32,
});

const headerView = z.object({
  hash: hex32,
  version: count,
  kind: z.enum(["key", "micro"]),
  story: hex32,
  height: count,
  microIndex: count,
  parent: hex32,
  keyParent: hex32,
  timestampMs: timeMs,
  author: hex32,
  bodyRoot: hex32,
  stateRoot: hex32,
  historyRoot: hex32,
  coinbase: amounts,
  feeChecksum: hex32,
  target: count,
  nonce: decimal,
  signature: z.string(),
  work: decimal,
  totalWork: decimal,
  canon: z.boolean(),
  confirmations: count,
  /** All header bytes as hex. */
  encoded: z.string(),
});

/** Methods by name; see `methods-schema.ts`. */
export const CHAIN_SCHEMAS = {
  get_status: {
    description: "Everything the shell shows: sync, mining, peers, tip, round, storage and faults.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({
      version: z.string(),
      network: z.enum(["live", "test"]),
      mode: z.enum(["full", "readonly"]),
      /** Why only reading is possible: `insecure-context`, `no-locks`. */
      readonlyReason: z.nullable(z.string()),
      story: hex32,
      title: z.string(),
      /** 0 for the first tab of a browser profile; each further tab is another peer with its own wallet. */
      slot: count,
      peerId: z.string(),
      name: z.string(),
      tip,
      sync: syncState,
      mining: miningState,
      round,
      relay: relayView,
      peerCount: z.object({ direct: count, relayed: count, server: count }),
      storage: z.object({
        usedBytes: z.nullable(z.number()),
        quotaBytes: z.nullable(z.number()),
        full: z.boolean(),
      }),
      webrtc: z.boolean(),
      faults: z.array(fault),
    }),
  },
  get_genesis: {
    description: "The genesis of the open story, as fields and as bytes.",
    write: false,
    surface: "all",
    params: none,
    result: z.extend(storySummary, {
      encoded: z.string(),
      initialWork: decimal,
      initialTarget: count,
      maxTarget: count,
    }),
  },
  get_tip: {
    description: "The best block.",
    write: false,
    surface: "all",
    params: none,
    result: tip,
  },
  get_header: {
    description: "A header by block id; rejects with `unknown-block`.",
    write: false,
    surface: "all",
    params: blockRef,
    result: headerView,
  },
  get_block: {
    description:
      "A block, key or micro, by id, or a key block by height on the canon: with its paragraph and the proof that ties its text to the header.",
    write: false,
    surface: "all",
    params: z.object({ block: z.optional(hex32), height: z.optional(count) }),
    result: z.object({
      header: headerView,
      /** Null in a microblock. */
      paragraph: z.nullable(paragraph),
      transactions: z.array(z.string()),
      /** The canon's microblocks on this key block, oldest first. */
      microblocks: z.array(hex32),
      /** How many receipts there are: of this block, and of those microblocks. */
      receipts: z.object({ block: count, microblocks: count }),
      proof: z.object({
        leaf: hex32,
        path: z.array(hex32),
        leafCount: count,
        bodyRoot: hex32,
        /** Everything recomputed just now: leaf, path, body root, id, work and signature. */
        verified: z.boolean(),
      }),
      /** `verified`: the built-in writer reproduced this text; `differs`; `not-checked`. */
      replay: z.enum(["verified", "differs", "not-checked", "not-applicable"]),
      encodedBody: z.string(),
    }),
  },
  get_canon: {
    description:
      "Paragraphs of the canon in order, from a height (default 1); the premise is not among them.",
    write: false,
    surface: "all",
    params: z.optional(
      z.object({
        from: z.optional(count),
        limit: z.optional(z.int().check(z.minimum(1), z.maximum(500))),
      }),
    ),
    result: z.object({ paragraphs: z.array(paragraph), total: count }),
  },
  get_apocrypha: {
    description: "Paragraphs of valid blocks that lost their place, newest first.",
    write: false,
    surface: "all",
    params: z.optional(
      z.object({ limit: z.optional(z.int().check(z.minimum(1), z.maximum(500))) }),
    ),
    result: z.object({
      paragraphs: z.array(
        z.extend(paragraph, { forkHeight: count, parent: hex32, canonBlock: z.nullable(hex32) }),
      ),
      total: count,
    }),
  },
  get_reorgs: {
    description: "Recent changes of the canon as story diffs, newest first.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({ reorgs: z.array(reorgView) }),
  },
  get_peers: {
    description: "Connected peers with the path, round trip and last message of each connection.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({ self: z.string(), peers: z.array(peerView), relay: relayView }),
  },
  get_tracker_list: {
    description: "The tracker's newest signed peer list, or this peer's own non-authoritative one.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({
      tracker: z.nullable(hex32),
      authoritative: z.boolean(),
      peers: z.array(
        z.object({ id: z.string(), author: z.nullable(hex32), addresses: z.array(z.string()) }),
      ),
    }),
  },
  get_network: {
    description:
      "Height, difficulty, estimated rate, round times and forks, from the chain itself.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({
      height: count,
      totalWork: decimal,
      /** Expected hashes for the next block at the target in force now. */
      difficulty: decimal,
      /** Hashes a second of everybody together, estimated from the last rounds; null before two blocks. */
      estimatedRate: z.nullable(z.number()),
      paceMs: count,
      /** Oldest first, at most 120. */
      rounds: z.array(z.object({ height: count, solveMs: count, work: decimal, author: hex32 })),
      forks: count,
      authors: count,
      headerCount: count,
    }),
  },
  get_round: {
    description: "The running round: tracker, time, my chance.",
    write: false,
    surface: "all",
    params: none,
    result: round,
  },
  metrics: {
    description: "Counters and gauges as Prometheus text.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({ text: z.string() }),
  },
  subscribe: {
    description:
      "Over WebSocket: send these events (default all) as `event` notifications. In a page use `on`.",
    write: false,
    surface: "all",
    params: z.optional(z.object({ events: z.optional(z.array(z.string())) })),
    result: z.object({ events: z.array(z.string()) }),
  },
  get_log: {
    description: "The last structured log lines: refused blocks with their code, dials, faults.",
    write: false,
    surface: "all",
    params: z.optional(
      z.object({ limit: z.optional(z.int().check(z.minimum(1), z.maximum(500))) }),
    ),
    result: z.object({
      entries: z.array(
        z.object({
          atMs: timeMs,
          level: z.enum(["info", "warn", "error"]),
          code: z.string(),
          peer: z.nullable(z.string()),
          detail: z.string(),
          /** Named values: of a refused transaction `op`, `sender`, `nonce`, `reason`, `code` (TX-7), `fpb`. */
          facts: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
        }),
      ),
    }),
  },
  retry_connections: {
    description: "Dials every known way in now.",
    write: true,
    surface: "all",
    params: none,
    result: ok,
  },
  set_gate: {
    description:
      "Lets only these peers connect; null opens the gate again. For tests and private meshes.",
    write: true,
    surface: "all",
    params: z.object({ allow: z.nullable(z.array(z.string())) }),
    result: ok,
  },
} as const;
