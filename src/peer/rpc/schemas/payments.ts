/**
 * Transactions, accounts, handles, the codex and the mempool.
 *
 * @module
 */
import * as z from "zod/mini";
import {
  amounts,
  count,
  decimal,
  feeSelector,
  handleName,
  hex,
  hex32,
  transactionView,
} from "../shapes.ts";
import { none } from "./common.ts";

const sent = z.object({
  /** `admitted`: it waits in this peer's mempool and is on its way · `queued`: it leaves when a peer is found. */
  status: z.enum(["admitted", "queued"]),
  txid: hex32,
});

const listLimit = z.optional(z.int().check(z.minimum(1), z.maximum(500)));

const payment = {
  /** Decimal string of micro-units; chosen by the peer when left out (see `estimate_fee`). */
  fee: z.optional(decimal),
  feeSelector: z.optional(feeSelector),
};

const codexEntry = z.object({
  kind: z.enum(["character", "place", "rule", "thing"]),
  name: z.string(),
  text: z.string(),
  author: hex32,
  /** Height at which it was last changed. */
  height: count,
  revision: count,
});

const profile = z.object({
  name: z.string(),
  /** 0xRRGGBB. */
  colour: count,
  /** Recipe of the avatar, hex of 8 bytes. */
  avatar: z.string(),
});

/** What a block to come would take from the mempool. */
const projectedBlock = z.object({
  /** `seal`: the tracker's next microblock · `block`: a later one. */
  kind: z.enum(["seal", "block"]),
  count,
  sizeBytes: count,
  fees: amounts,
  minFeePerByte: decimal,
  maxFeePerByte: decimal,
});

/** Methods by name; see `methods-schema.ts`. */
export const PAYMENT_SCHEMAS = {
  submit_tx: {
    description:
      "Takes a signed transaction (hex of its bytes) into the mempool and sends it out; rejects with `transaction-refused` {number, label}.",
    write: true,
    surface: "all",
    params: z.object({ tx: hex }),
    result: sent,
  },
  send_tokens: {
    description:
      "Signs and sends a transfer from this peer's wallet. `to` is an address or an @handle (`handle-unknown`); `paragraph` names the paragraph of the canon that it tips (`unknown-block`), whose author is then paid when `to` is left out.",
    write: true,
    surface: "all",
    params: z.object({
      to: z.optional(z.string().check(z.maxLength(128))),
      consumer: z.optional(decimal),
      industrial: z.optional(decimal),
      memo: z.optional(z.string().check(z.maxLength(256))),
      paragraph: z.optional(hex32),
      ...payment,
    }),
    result: sent,
  },
  submit_operation: {
    description:
      "Signs and sends an operation of a module (`handles`, `codex`, `profile`) from this peer's wallet; the fields are the operation's own. One that would lose now is refused unsigned: `transaction-refused` {number, label} with its code.",
    write: true,
    surface: "all",
    params: z.object({
      module: z.string().check(z.maxLength(32)),
      operation: z.record(z.string(), z.union([z.string(), z.number()])),
      ...payment,
    }),
    result: sent,
  },
  register_handle: {
    description:
      "Registers an @handle for an address (default: this peer's own), signed by this peer's wallet; costs 10 consumer tokens. One that is reserved, taken or not covered is refused unsigned: `transaction-refused` {number: 38, 64 or 67}.",
    write: true,
    surface: "all",
    params: z.object({ handle: handleName, address: z.optional(hex32) }),
    result: sent,
  },
  resolve_handle: {
    description: "The address that owns a handle now; null when nobody does.",
    write: false,
    surface: "all",
    params: z.object({ handle: handleName }),
    result: z.object({ address: z.nullable(hex32) }),
  },
  get_handle: {
    description: "Who had a handle, and since which height, oldest first.",
    write: false,
    surface: "all",
    params: z.object({ handle: handleName }),
    result: z.object({
      handle: z.string(),
      owner: z.nullable(hex32),
      history: z.array(z.object({ owner: hex32, height: count })),
    }),
  },
  get_account: {
    description: "An account: balances, nonces, what waits, handle and profile.",
    write: false,
    surface: "all",
    params: z.object({ address: hex32 }),
    result: z.object({
      address: hex32,
      /** False when it never received anything. */
      exists: z.boolean(),
      consumer: decimal,
      industrial: decimal,
      /** Nonce of the last transaction in the chain. */
      nonce: decimal,
      /** Nonce for the next one, what waits included. */
      nextNonce: decimal,
      /** What waiting transactions will take. */
      reserved: amounts,
      handle: z.nullable(z.string()),
      profile: z.nullable(profile),
    }),
  },
  get_transaction: {
    description:
      "A transaction by txid, waiting or in the chain, down to its signed bytes; rejects with `unknown-transaction`.",
    write: false,
    surface: "all",
    params: z.object({ txid: hex32 }),
    result: z.object({
      transaction: transactionView,
      /** What its body's leaf, path and root, and its signature, gave just now. Null while it waits. */
      proof: z.nullable(
        z.object({
          leaf: hex32,
          path: z.array(hex32),
          index: count,
          leafCount: count,
          bodyRoot: hex32,
          verified: z.boolean(),
        }),
      ),
      signatureValid: z.boolean(),
    }),
  },
  get_receipts: {
    description:
      "Receipts of an address or the tips of a paragraph, newest first and what waits before all, or the receipts of a block in its order; exactly one of the three. A tip counts when it reached the paragraph's author from somebody else. A page may be short; `before` is the `cursor` of the page before.",
    write: false,
    surface: "all",
    params: z.object({
      address: z.optional(hex32),
      block: z.optional(hex32),
      paragraph: z.optional(hex32),
      limit: listLimit,
      before: z.optional(z.string().check(z.maxLength(200))),
    }),
    result: z.object({
      receipts: z.array(transactionView),
      /** Ask on with `before`; null at the end. */
      cursor: z.nullable(z.string()),
      /** Of a paragraph's tips: their sum. */
      sum: amounts,
    }),
  },
  get_mempool: {
    description:
      "Transactions that wait, best fee first, and what the next blocks would take of them.",
    write: false,
    surface: "all",
    params: z.optional(z.object({ limit: listLimit })),
    result: z.object({
      size: count,
      sizeBytes: count,
      capacity: count,
      entries: z.array(transactionView),
      projected: z.array(projectedBlock),
      /** The dual-token kernel's counters by name; `tx_rejected_total` by reason. */
      counters: z.record(z.string(), z.number()),
    }),
  },
  estimate_fee: {
    description:
      "The fee that the next seal takes: for a size in bytes (default: a plain transfer), at least 1 unit a byte.",
    write: false,
    surface: "all",
    params: z.optional(
      z.object({ bytes: z.optional(z.int().check(z.minimum(1), z.maximum(5_000))) }),
    ),
    result: z.object({ bytes: count, perByte: decimal, fee: decimal, floorPerByte: decimal }),
  },
  decode_tx: {
    description: "What the bytes of a signed transaction say; nothing is sent.",
    write: false,
    surface: "all",
    params: z.object({ tx: hex }),
    result: z.object({ transaction: transactionView, signatureValid: z.boolean() }),
  },
  get_supply: {
    description: "Supply of both tokens against the schedule, and the pot.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({
      height: count,
      max: decimal,
      emitted: amounts,
      pot: amounts,
      /** What a block of full work pays now. */
      nextReward: amounts,
      /** What the schedule would have emitted by now if every block had had full work. */
      scheduled: decimal,
    }),
  },
  get_codex: {
    description: "Characters, places, things and rules of the story, in the order they were added.",
    write: false,
    surface: "all",
    params: none,
    result: z.object({
      entries: z.array(codexEntry),
      /** What adding one more costs beside the fee, in consumer micro-units. */
      nextPrice: decimal,
    }),
  },
  get_round_blocks: {
    description:
      "All blocks of one height on the canon as hex: the key block, then the microblocks sealed on it.",
    write: false,
    surface: "all",
    params: z.object({ height: count }),
    result: z.object({ blocks: z.array(z.string()) }),
  },
  search: {
    description:
      "Finds a height, block, transaction, address or @handle; ids also by their first digits (at least 4).",
    write: false,
    surface: "all",
    params: z.object({ query: z.string().check(z.maxLength(200)) }),
    result: z.object({
      results: z.array(
        z.object({
          kind: z.enum(["block", "transaction", "address", "handle"]),
          /** Block id, txid or address. */
          id: hex32,
          label: z.string(),
        }),
      ),
    }),
  },
  set_difficulty: {
    description:
      "Only where the genesis says `network: test` (else `not-a-test-story`): starts the open story over as a new test story whose first block takes `value` expected hashes, and opens it. Difficulty is consensus, so it cannot be changed in place.",
    write: true,
    surface: "all",
    params: z.object({ value: z.int().check(z.minimum(1), z.maximum(2 ** 48)) }),
    result: z.object({ story: hex32, link: z.string() }),
  },
} as const;
