/**
 * What the source's `attributes` say of an agent.
 *
 * @module
 */
import {
  AMOUNT_MAX_TOKENS,
  ATTRIBUTES_MAX,
  DESCRIPTION_MAX_LENGTH,
  HASHRATE_MAX,
  INTERVAL_MAX_MS,
} from "./limits.ts";
import { type Fields, type Place, type Reader, record, type Section } from "./reader.ts";
import { amount, duration, type Exact, exact, flag, text } from "./scalar-readers.ts";
import type { Tree } from "./yaml-tree.ts";

/** What `attributes` may say, and the agent itself in the newer form. */
export interface Attributes {
  readonly is_miner?: boolean;
  readonly hashrate?: Exact;
  readonly transaction_interval?: number;
  readonly min_transaction_amount?: number;
  readonly max_transaction_amount?: number;
}

/** `attributes` as they were understood and as they were written. */
export interface AgentAttributes {
  readonly known: Section<Attributes>;
  readonly written: Readonly<Record<string, string>>;
}

/** Labels of one's own, to find agents by. */
const LABEL = /^x_[A-Za-z0-9_]{1,38}$/;
/** Keys that the source's tool knows; they say how its processes are started, or pay agents their first coins. */
export const IGNORED_KEYS: readonly string[] = [
  "activity_start_time",
  "activity_batch_size",
  "arguments",
  "can_receive_distributions",
  "daemon_args",
  "daemon_binary",
  "daemon_defaults",
  "daemon_env",
  "daemon_options",
  "daemon_selection_strategy",
  "detailed_logging",
  "enable_alerts",
  "initial_fund_amount",
  "initial_wait_time",
  "is_public_node",
  "max_retries",
  "md_n_recipients",
  "md_out_per_tx",
  "md_output_amount",
  "mining_script",
  "miner_selection_strategy",
  "poll_interval",
  "recipient_selection",
  "start_time",
  "start_time_offset",
  "status_file",
  "subnet_group",
  "transaction_frequency",
  "transaction_priority",
  "tx_frequency",
  "wait_time",
  "wallet_args",
  "wallet_env",
  "wallet_options",
  ...Array.from({ length: 10 }, (_, phase) => `daemon_${String(phase)}`),
  ...Array.from({ length: 10 }, (_, phase) => `daemon_${String(phase)}_start`),
  ...Array.from({ length: 10 }, (_, phase) => `daemon_${String(phase)}_stop`),
];

/** The keys, which a named agent has without `attributes` around them. */
export const ATTRIBUTE_FIELDS: Fields<Attributes> = {
  is_miner: {
    reader: flag(),
    text: "Whether the agent mines.",
    otherwise: "false; true for a named agent with a hashrate",
  },
  hashrate: {
    reader: exact({ above: 0, max: HASHRATE_MAX }, "per cent"),
    text: "A miner's share of the hash rate. All are divided by their sum, which should be 100.",
    otherwise: "required of a miner",
  },
  transaction_interval: {
    reader: duration("s", { min: 1_000, max: INTERVAL_MAX_MS }),
    text: "Mean time between two payments of the agent.",
    otherwise: "60 for one that pays",
  },
  min_transaction_amount: {
    reader: amount({ above: 0, max: AMOUNT_MAX_TOKENS }),
    text: "The least it pays, in consumer tokens.",
    otherwise: "0.5 for one that pays",
  },
  max_transaction_amount: {
    reader: amount({ above: 0, max: AMOUNT_MAX_TOKENS }),
    text: "The most it pays, in consumer tokens.",
    otherwise: "2.0 for one that pays",
  },
};

const attributesRecord = record(ATTRIBUTE_FIELDS, {
  ignored: IGNORED_KEYS,
  isLabel: (key) => LABEL.test(key),
});

/** Reads `attributes`. */
export const attributesReader: Reader<AgentAttributes> = {
  ...attributesRecord,
  type: "mapping; keys that begin with x_ are labels of your own",
  read(tree, place) {
    if (tree.kind === "mapping" && tree.entries.size > ATTRIBUTES_MAX) {
      const message = `At most ${String(ATTRIBUTES_MAX)} attributes are allowed.`;
      place.problems.error("too-many", tree.at, place.path, message);
      return undefined;
    }
    const known = attributesRecord.read(tree, place);
    const written = tree.kind === "mapping" ? writtenOf(tree.entries, place) : {};
    return known === undefined ? undefined : { known, written };
  },
};

function writtenOf(
  entries: ReadonlyMap<string, { readonly value: Tree }>,
  place: Place,
): Record<string, string> {
  const label = text(DESCRIPTION_MAX_LENGTH);
  const written: [string, string][] = [];
  for (const [key, { value }] of entries) {
    // What is known was read already, and what is neither was reported.
    const own = LABEL.test(key) ? label.read(value, place) : value.kind === "text" && value.text;
    if (typeof own === "string") written.push([key, own]);
  }
  return Object.fromEntries(written);
}
