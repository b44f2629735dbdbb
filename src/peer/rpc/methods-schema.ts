/**
 * Parameters and result of every method. `write: true` marks methods that change something: over HTTP
 * and WebSocket they need the lighthouse's token. `surface` says where a method exists: everywhere, or
 * only in a tab (`page`), because only a tab has a person in front of it.
 *
 * Longer than other files on purpose: the table is one list, and whoever reads it wants all of it.
 *
 * @module
 */
import * as z from "zod/mini";
import {
  amounts,
  count,
  decimal,
  draft,
  fault,
  hex32,
  miningState,
  paragraph,
  peerView,
  preset,
  provenance,
  relayView,
  reorgView,
  round,
  syncState,
  timeMs,
  tip,
} from "./shapes.ts";

const none = z.optional(z.object({}));
const ok = z.object({ ok: z.literal(true) });
const blockRef = z.object({ block: hex32 });

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

const settings = z.object({
  name: z.string().check(z.maxLength(80)),
  preset,
  theme: z.enum(["system", "light", "dark"]),
  /** Go on mining while the device runs on battery. */
  mineOnBattery: z.boolean(),
  /** Preset used while the tab is hidden. */
  hiddenPreset: z.enum(["off", "gentle", "same"]),
  /** Extra lighthouses, as multiaddrs. */
  lighthouses: z.array(z.string().check(z.maxLength(300))).check(z.maxLength(8)),
  /** The first-visit card was answered or put away. */
  welcomed: z.boolean(),
});

/** The table. Descriptions become the OpenRPC document. */
export const METHOD_SCHEMAS = {
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
      "A block by id or by height on the canon, with its paragraph and the proof that ties its text to the header.",
    write: false,
    surface: "all",
    params: z.object({ block: z.optional(hex32), height: z.optional(count) }),
    result: z.object({
      header: headerView,
      paragraph,
      transactions: z.array(z.string()),
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
  balance: {
    description: "Both balances of an address (default: this tab's wallet).",
    write: false,
    surface: "all",
    params: z.optional(z.object({ address: z.optional(hex32) })),
    result: z.object({ address: hex32, consumer: decimal, industrial: decimal }),
  },
  get_rewards: {
    description: "Where an address's rewards came from, newest first.",
    write: false,
    surface: "all",
    params: z.optional(
      z.object({
        address: z.optional(hex32),
        limit: z.optional(z.int().check(z.minimum(1), z.maximum(500))),
      }),
    ),
    result: z.object({
      rewards: z.array(
        z.object({
          block: hex32,
          height: count,
          timestampMs: timeMs,
          consumer: decimal,
          industrial: decimal,
          reason: z.enum(["paragraph", "tracker"]),
        }),
      ),
      total: count,
    }),
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
        }),
      ),
    }),
  },

  submit_paragraph: {
    description:
      "Offers a paragraph for the next place in the story. It is mined while mining is on; when somebody else comes first it is kept as `displaced`, unless `follow` asks to offer it again on every new page.",
    write: true,
    surface: "all",
    params: z.object({
      text: z.string().check(z.maxLength(8000)),
      chapter: z.optional(z.nullable(z.string().check(z.maxLength(80)))),
      provenance: z.optional(provenance),
      follow: z.optional(z.boolean()),
    }),
    result: z.object({ draft }),
  },
  draft_paragraph: {
    description:
      "Lets the built-in writer propose a paragraph for the current tip. Nothing is offered or saved.",
    write: false,
    surface: "all",
    params: z.optional(
      z.object({ writer: z.optional(z.literal("builtin")), seed: z.optional(decimal) }),
    ),
    result: z.object({ text: z.string(), provenance }),
  },
  get_draft: {
    description: "The kept draft.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({ draft: z.nullable(draft) }),
  },
  save_draft: {
    description: "Keeps a draft through reloads without offering it.",
    write: true,
    surface: "all",
    params: z.object({
      text: z.string().check(z.maxLength(8000)),
      chapter: z.optional(z.nullable(z.string().check(z.maxLength(80)))),
      provenance: z.optional(provenance),
    }),
    result: z.object({ draft }),
  },
  rebase_draft: {
    description: "Ties the kept draft to the current tip; `offer` also offers it.",
    write: true,
    surface: "all",
    params: z.optional(z.object({ offer: z.optional(z.boolean()) })),
    result: z.object({ draft }),
  },
  discard_draft: {
    description: "Forgets the kept draft; stops offering it.",
    write: true,
    surface: "all",
    params: none,
    result: ok,
  },

  start_mining: {
    description:
      "Consent to mine. With writer `builtin` a fresh paragraph is offered each round until stop_mining; without, an offered draft is mined. Resolves once accepted; waits for sync by itself.",
    write: true,
    surface: "all",
    params: z.optional(
      z.object({ preset: z.optional(preset), writer: z.optional(z.enum(["builtin", "human"])) }),
    ),
    result: miningState,
  },
  stop_mining: {
    description: "Stops mining and withdraws consent.",
    write: true,
    surface: "all",
    params: none,
    result: miningState,
  },

  create_story: {
    description: "Makes a new story with its own genesis, mesh and link, and opens it.",
    write: true,
    surface: "all",
    params: z.object({
      title: z.string(),
      premise: z.string(),
      paceMs: z.optional(z.int()),
      language: z.optional(z.string()),
      maxWords: z.optional(z.int()),
      chapterLength: z.optional(z.int()),
      contentRating: z.optional(z.enum(["everyone", "teen", "mature"])),
      rules: z.optional(z.string()),
      network: z.optional(z.enum(["live", "test"])),
    }),
    result: z.object({ story: hex32, link: z.string() }),
  },
  open_story: {
    description: "Opens a story by its id (known here or at a lighthouse) or by an invite link.",
    write: true,
    surface: "all",
    params: z.object({
      story: z.optional(hex32),
      link: z.optional(z.string().check(z.maxLength(4000))),
    }),
    result: z.object({ story: hex32, title: z.string() }),
  },
  list_stories: {
    description: "Stories this tab has opened, newest first.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({
      stories: z.array(
        z.object({ story: hex32, title: z.string(), openedMs: timeMs, current: z.boolean() }),
      ),
    }),
  },
  get_link: {
    description:
      "The link to the open story or to one of its paragraphs, long (genesis and ways in inside) and short (for a QR code, at most 300 bytes).",
    write: false,
    surface: "all",
    params: z.optional(z.object({ block: z.optional(hex32) })),
    result: z.object({ link: z.string(), short: z.string() }),
  },

  get_wallet: {
    description: "This tab's wallet: address, balances and the state of its keystore.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({
      address: hex32,
      consumer: decimal,
      industrial: decimal,
      /** The recovery phrase was checked by the person. */
      phraseChecked: z.boolean(),
      /** `device`: wrapped by a key that cannot leave this browser · `passphrase`: also by a passphrase. */
      protection: z.enum(["device", "passphrase", "none"]),
      locked: z.boolean(),
    }),
  },
  reveal_phrase: {
    description:
      "The 24 words of the recovery phrase, shown until they were checked once; afterwards only with the passphrase.",
    write: true,
    surface: "page",
    params: z.optional(z.object({ passphrase: z.optional(z.string()) })),
    result: z.object({ words: z.array(z.string()) }),
  },
  confirm_phrase: {
    description:
      "Checks words of the phrase that the person typed. Positions count from 1 to 24; rejects with `phrase-wrong` {position}, the first wrong one.",
    write: true,
    surface: "page",
    params: z.object({
      words: z
        .array(z.object({ position: z.int().check(z.minimum(1), z.maximum(24)), word: z.string() }))
        .check(z.minLength(3)),
    }),
    result: ok,
  },
  restore_wallet: {
    description:
      "Replaces this tab's wallet by the one of a recovery phrase; rejects with `phrase-invalid`.",
    write: true,
    surface: "page",
    params: z.object({ phrase: z.string().check(z.maxLength(400)) }),
    result: z.object({ address: hex32 }),
  },
  set_passphrase: {
    description:
      "Encrypts the keystore with a passphrase (Argon2id, AES-GCM); rejects with `passphrase-wrong`, `passphrase-short`.",
    write: true,
    surface: "page",
    params: z.object({
      passphrase: z.string().check(z.maxLength(400)),
      current: z.optional(z.string()),
    }),
    result: ok,
  },
  unlock_wallet: {
    description: "Opens a keystore that a passphrase protects; rejects with `passphrase-wrong`.",
    write: true,
    surface: "page",
    params: z.object({ passphrase: z.string().check(z.maxLength(400)) }),
    result: ok,
  },

  get_settings: {
    description: "Settings of this tab.",
    write: false,
    surface: "page",
    params: none,
    result: settings,
  },
  set_settings: {
    description: "Changes some settings.",
    write: true,
    surface: "page",
    params: z.partial(settings),
    result: settings,
  },
  erase_data: {
    description:
      "Deletes this tab's wallet, drafts, settings and stories. `confirm` must be the word `erase`.",
    write: true,
    surface: "page",
    params: z.object({ confirm: z.literal("erase") }),
    result: ok,
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
