/**
 * The whole configuration: what the source says under `general`, `network` and `agents`, and what this lab adds
 * under `lab`.
 *
 * @module
 */
import { type AgentsSection, agentsReader } from "./agent-schema.ts";
import { type LabSection, labReader } from "./lab-schema.ts";
import { DURATION_MAX_MS, LATENCY_MAX_MS, SEED_MAX } from "./limits.ts";
import { type Reader, record, type Section } from "./reader.ts";
import { choice, duration, integer } from "./scalar-readers.ts";
import type { Topology } from "./scenario.ts";

/** `general`. */
export interface General {
  readonly simulation_seed?: number;
  readonly stop_time?: number;
}

/** `network`. */
export interface SourceNetwork {
  readonly topology?: Topology["kind"];
  readonly latency?: number;
}

/** A configuration as it was read. */
export interface Configuration {
  readonly general: Section<General>;
  readonly network: Section<SourceNetwork>;
  readonly agents: AgentsSection;
  readonly lab: Section<LabSection>;
}

const general = record<General>(
  {
    simulation_seed: {
      reader: integer({ min: 0, max: SEED_MAX }),
      text: "Seed of chance, if lab.seed and lab.seeds do not say.",
      otherwise: "12345",
    },
    stop_time: {
      reader: duration("s", { min: 1_000, max: DURATION_MAX_MS }),
      text: "Virtual time at which a run ends, if lab.duration does not say.",
      otherwise: "none",
    },
  },
  {
    ignored: [
      "bootstrap_end_time",
      "daemon_defaults",
      "difficulty_cache_ttl",
      "enable_dns_server",
      "fresh_blockchain",
      "log_level",
      "mining_shim_path",
      "native_preemption",
      "parallelism",
      "process_threads",
      "progress",
      "python_venv",
      "runahead",
      "shadow_log_level",
      "wallet_defaults",
    ],
  },
);

const network = record<SourceNetwork>(
  {
    topology: {
      reader: choice(["mesh", "star", "ring", "dag"]),
      text: "Who hears whom, if lab.topology does not say.",
      otherwise: "as lab.topology",
    },
    latency: {
      reader: duration("ms", { min: 0, max: LATENCY_MAX_MS }),
      text: "One-way delay of every link, if lab.latency does not say.",
      otherwise: "as lab.latency",
    },
  },
  { ignored: ["bandwidth", "distribution", "path", "peer_mode", "seed_nodes", "type"] },
);

const DEFAULTS_OF_KEYS = "the defaults of its keys";

/** Reads the whole. */
export const configurationReader: Reader<Section<Configuration>> = record<Configuration>({
  general: {
    reader: general,
    text: "The source's settings of a run.",
    default: "",
    otherwise: DEFAULTS_OF_KEYS,
  },
  network: {
    reader: network,
    text: "The source's settings of the network.",
    default: "",
    otherwise: DEFAULTS_OF_KEYS,
  },
  agents: { reader: agentsReader, text: "Who takes part.", isRequired: true },
  lab: {
    reader: labReader,
    text: "What this lab can do beyond the source.",
    default: "",
    otherwise: DEFAULTS_OF_KEYS,
  },
});
