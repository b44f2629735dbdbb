/**
 * Shapes that several methods and events share.
 *
 * @module
 */
import * as z from "zod/mini";

const HEX_32 = /^[0-9a-f]{64}$/;
const DECIMAL = /^(0|[1-9][0-9]*)$/;
/** 2^256 has 78 digits. */
const MAX_DECIMAL_DIGITS = 78;
const U64_MAX = 2n ** 64n - 1n;

/** 64 lower-case hex digits: a block id, story id, key or root. */
export const hex32 = z.string().check(z.regex(HEX_32));
/** A non-negative integer as a decimal string: micro-units or work. */
export const decimal = z.string().check(z.regex(DECIMAL), z.maxLength(MAX_DECIMAL_DIGITS));
/** Bytes as lower-case hex, at most those of a signed transaction. */
export const hex = z.string().check(z.regex(/^([0-9a-f]{2})*$/), z.maxLength(2 * 4_506));
/** 0 consumer, 1 industrial, 2 both (TX-4). */
export const feeSelector = z.int().check(z.minimum(0), z.maximum(2));
/** A handle with or without its `@` (HND-1); what it may contain is the ledger's rule. */
export const handleName = z.string().check(z.minLength(1), z.maxLength(40));
/** Milliseconds since the Unix epoch. */
export const timeMs = z.int().check(z.nonnegative());
/** A height or a count. */
export const count = z.int().check(z.nonnegative());

/** Who or what wrote a paragraph's text (PAR-1, PAR-2). */
export const provenance = z.object({
  writer: z.enum(["human", "builtin", "model"]),
  /** Model name; empty unless `writer` is `model`. */
  model: z.string().check(z.maxLength(64)),
  /** Hash of algorithm and corpus; 64 zeros if none. */
  algorithmHash: hex32,
  /** Below 2^64. */
  seed: decimal.check(z.refine((text) => BigInt(text) <= U64_MAX, "must be below 2^64")),
});

/** Both balances or both parts of a reward. */
export const amounts = z.object({ consumer: decimal, industrial: decimal });

/** A paragraph with its place. */
export const paragraph = z.object({
  block: hex32,
  height: count,
  author: hex32,
  text: z.string(),
  /** True when only the leaf hash is held (HDR-3); `text` is then empty. */
  withheld: z.boolean(),
  chapter: z.nullable(z.string()),
  timestampMs: timeMs,
  provenance,
  confirmations: count,
  /** Work of its block. */
  work: decimal,
  /** True when this tab's wallet signed it. */
  mine: z.boolean(),
});
export type ParagraphView = z.output<typeof paragraph>;

/** The best block. */
export const tip = z.object({
  hash: hex32,
  height: count,
  /** Cumulative work of the chain. */
  work: decimal,
  timestampMs: timeMs,
  stateRoot: hex32,
});
export type TipView = z.output<typeof tip>;

/** Where this peer stands in catching up. */
export const syncState = z.object({
  /** `alone`: no peer was found within the grace time, so this tab may mine by itself. */
  phase: z.enum(["starting", "connecting", "headers", "bodies", "synced", "alone"]),
  /** Connecting for more than 10 s. */
  slow: z.boolean(),
  done: count,
  total: count,
  from: z.nullable(z.string()),
});
export type SyncView = z.output<typeof syncState>;

/** Why a tab that was asked to mine does not. */
export const notMiningReason = z.enum([
  "no-consent",
  "stopped",
  "not-synced",
  "resting",
  "no-paragraph",
  "on-battery",
  "hidden",
  "wallet-locked",
  "readonly",
  "worker-crashed",
  "store-full",
]);

export const preset = z.enum(["gentle", "half", "full"]);

/** State of the miner. */
export const miningState = z.object({
  /** The person agreed (or a script called start_mining). */
  consent: z.boolean(),
  active: z.boolean(),
  reason: z.nullable(notMiningReason),
  preset,
  writer: z.nullable(z.enum(["builtin", "human"])),
  threads: count,
  /** Measured over the last seconds; 0 while not hashing. */
  hashesPerSecond: z.number(),
  simd: z.boolean(),
  hidden: z.boolean(),
  onBattery: z.nullable(z.boolean()),
  /** Blocks this tab found since it was opened. */
  found: count,
  restUntilMs: z.nullable(timeMs),
});
export type MiningView = z.output<typeof miningState>;

/** The running round. */
export const round = z.object({
  /** Height of the paragraph being written now. */
  height: count,
  /** Author of the newest key block; null when only the premise stands. */
  tracker: z.nullable(hex32),
  trackerIsMe: z.boolean(),
  /** Peer id of the tracker if its list was seen. */
  trackerPeer: z.nullable(z.string()),
  startedMs: timeMs,
  paceMs: count,
  /** Expected time of the next paragraph at the estimated network rate; null when unknown. */
  expectedMs: z.nullable(timeMs),
  /** My share of the estimated network rate, 0…1; null when not mining or unknown. */
  chance: z.nullable(z.number()),
  restUntilMs: z.nullable(timeMs),
  /** How many doublings relief gives now (DIF-2). */
  relief: count,
});
export type RoundView = z.output<typeof round>;

/** A draft of the next paragraph, kept through reloads. */
export const draft = z.object({
  text: z.string(),
  chapter: z.nullable(z.string()),
  provenance,
  /** Block it was written to follow. */
  parent: hex32,
  parentHeight: count,
  /**
   * `editing`: kept, not offered · `offered`: being mined on its parent · `displaced`: somebody else's
   * paragraph came first, or the canon moved; rebase to offer again · `canon`: it is in the book.
   */
  state: z.enum(["editing", "offered", "displaced", "canon"]),
  /** Block that holds it, when `canon`. */
  block: z.nullable(hex32),
  savedMs: timeMs,
});
export type DraftView = z.output<typeof draft>;

/** One connected peer. */
export const peerView = z.object({
  id: z.string(),
  path: z.enum(["direct", "relayed", "server"]),
  latencyMs: z.nullable(z.number()),
  lastMessageMs: z.nullable(timeMs),
  connectedMs: timeMs,
  direction: z.enum(["inbound", "outbound"]),
  address: z.string(),
  score: z.number(),
  /** Best height it told us; null before it did. */
  height: z.nullable(count),
  /** Wallet address it mines under, as far as its own signed record says. */
  author: z.nullable(hex32),
  isTracker: z.boolean(),
});
export type PeerView = z.output<typeof peerView>;

export const relayView = z.object({
  state: z.enum(["none", "connecting", "connected", "lost"]),
  address: z.nullable(z.string()),
  sinceMs: timeMs,
  lastError: z.nullable(z.string()),
});
export type RelayView = z.output<typeof relayView>;

/** A fault that was survived and that the person may want to know of (STO-4 and others). */
export const fault = z.object({
  code: z.string(),
  atMs: timeMs,
  detail: z.string(),
});
export type FaultView = z.output<typeof fault>;

/** A change of canon: these left, those came. */
export const reorgView = z.object({
  atMs: timeMs,
  from: hex32,
  to: hex32,
  forkHeight: count,
  lost: z.array(paragraph),
  gained: z.array(paragraph),
});
export type ReorgView = z.output<typeof reorgView>;

/** A transaction with its place and what became of it. */
export const transactionView = z.object({
  txid: hex32,
  /**
   * `queued`: signed here, not sent yet · `pending`: waits in the mempool · `sealed`: in a block ·
   * `settled`: at least one key block above it · `final`: six and more confirmations (FRK-4) · `apocryphal`: only
   * in a block that lost its place · `decoded`: from bytes, in no block and no mempool.
   */
  state: z.enum(["queued", "pending", "sealed", "settled", "final", "apocryphal", "decoded"]),
  /** What became of it (TX-7): 0, or why an operation lost. Null outside of a block. */
  code: z.nullable(count),
  label: z.nullable(z.string()),
  from: z.string(),
  to: z.string(),
  consumer: decimal,
  industrial: decimal,
  fee: decimal,
  /** Which balance pays the fee, and how much of it. */
  feeSplit: amounts,
  feeSelector: count,
  /** What its operation cost beside the fee; null outside of a block. */
  price: z.nullable(amounts),
  nonce: decimal,
  /** Hex. */
  memo: z.string(),
  /** The memo, or a tip's remark, where it is text that may be shown; null for an operation. */
  memoText: z.nullable(z.string()),
  operation: z.nullable(
    z.object({
      module: z.string(),
      fields: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  /** The paragraph that it tips. */
  paragraph: z.nullable(hex32),
  sizeBytes: count,
  feePerByte: decimal,
  block: z.nullable(hex32),
  height: z.nullable(count),
  microIndex: z.nullable(count),
  /** Place among the block's transactions. */
  index: z.nullable(count),
  /** The block's time, or when it came into the mempool. */
  timestampMs: z.nullable(timeMs),
  confirmations: count,
  publicKey: hex32,
  signature: z.string(),
  /** All bytes of the signed transaction, hex. */
  encoded: z.string(),
});
export type TransactionView = z.output<typeof transactionView>;
