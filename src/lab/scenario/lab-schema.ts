/**
 * What this lab adds to the source's configuration, under the one key `lab`.
 *
 * @module
 */
import { PACE_MAX_MS, PACE_MIN_MS } from "../../kernel/limits.ts";
import {
  type AttackerSection,
  attackerReader,
  type ChurnSection,
  churnReader,
  type LatencySection,
  latencyReader,
  type PhaseSection,
  phaseReader,
  type SuccessSection,
  successReader,
  type TopologySection,
  topologyReader,
} from "./lab-sections.ts";
import {
  AGENTS_MAX,
  BLOCKS_MAX,
  DESCRIPTION_MAX_LENGTH,
  DURATION_MAX_MS,
  NAME_MAX_LENGTH,
  PEERS_MAX,
  PHASES_MAX,
  SEED_MAX,
  SEEDS_MAX,
  TOTAL_HASHRATE_MAX,
  TRACE_MAX,
} from "./limits.ts";
import { type Located, list, type Reader, record, type Section } from "./reader.ts";
import { choice, duration, flag, hashRate, integer, text } from "./scalar-readers.ts";
import { type EngineName, RETARGET_NAMES, type RetargetName } from "./scenario.ts";
import { compactTargetReader, type TraceEntry, traceEntryReader } from "./trace-schema.ts";

/** `lab`. */
export interface LabSection {
  readonly name: string;
  readonly description: string;
  readonly engine?: EngineName;
  readonly seed?: number;
  readonly seeds?: readonly Located<number>[];
  readonly pace?: number;
  readonly retarget: RetargetName;
  readonly rest: boolean;
  readonly total_hashrate: number;
  readonly initial_target?: number;
  readonly max_target?: number;
  readonly blocks?: number;
  readonly duration?: number;
  readonly peers?: number;
  readonly topology?: Section<TopologySection>;
  readonly latency: Section<LatencySection>;
  readonly churn?: Section<ChurnSection>;
  readonly attackers?: readonly Located<Section<AttackerSection>>[];
  readonly phases?: readonly Located<Section<PhaseSection>>[];
  readonly trace?: readonly Located<TraceEntry>[];
  readonly success: Section<SuccessSection>;
}

const seed = integer({ min: 0, max: SEED_MAX });

/** Reads `lab`. */
export const labReader: Reader<Section<LabSection>> = record<LabSection>({
  name: {
    reader: text(NAME_MAX_LENGTH),
    text: "What the scenario is called.",
    default: "Scenario",
  },
  description: {
    reader: text(DESCRIPTION_MAX_LENGTH),
    text: "One or two sentences about it.",
    default: "",
  },
  engine: {
    reader: choice(["controller", "autonomous"]),
    text: "controller: one block each interval by a weighted choice; autonomous: each miner has a clock of its own.",
    otherwise: "controller with a block_controller, autonomous without",
  },
  seed: { reader: seed, text: "Seed of chance.", otherwise: "general.simulation_seed, or 12345" },
  seeds: {
    reader: list(seed, { min: 1, max: SEEDS_MAX }),
    text: "Several seeds, each one run; in place of seed.",
    otherwise: "the one seed",
  },
  pace: {
    reader: duration("s", { min: PACE_MIN_MS, max: PACE_MAX_MS }),
    text: "Target time between two blocks.",
    otherwise: "--interval of the block controller, or 60",
  },
  retarget: {
    reader: choice(RETARGET_NAMES),
    text: "How the target follows the hash rate: by the story's own rule, by 120 blocks (average, mean-target), by ASERT, or not at all.",
    default: "relief",
  },
  rest: {
    reader: flag(),
    text: "Whether whoever mined a block rests for the next one (TRK-1); without it DIF-1 allows for no rest.",
    default: "true",
  },
  total_hashrate: {
    reader: hashRate({ min: 1, max: TOTAL_HASHRATE_MAX }),
    text: "All miners together at the start.",
    default: "1 MH/s",
  },
  initial_target: {
    reader: compactTargetReader,
    text: "Target of the first block, as headers state it.",
    otherwise: "what total_hashrate meets once a pace",
  },
  max_target: {
    reader: compactTargetReader,
    text: "Easiest target that there can be, as the story's genesis states it.",
    otherwise: "16 times easier than the first block's",
  },
  blocks: {
    reader: integer({ min: 1, max: BLOCKS_MAX }, "blocks"),
    text: "Height at which a run ends.",
    otherwise: "200 with the controller, 2000 without; no limit with a duration or a trace",
  },
  duration: {
    reader: duration("s", { min: 1_000, max: DURATION_MAX_MS }),
    text: "Virtual time at which a run ends.",
    otherwise:
      "general.stop_time, or the end of the trace, or 100 times what its blocks should take",
  },
  peers: {
    reader: integer({ min: 1, max: PEERS_MAX }, "peers"),
    text: "All peers: the agents, and readers that neither mine nor pay.",
    otherwise: "as many as agents",
  },
  topology: {
    reader: topologyReader,
    text: "Who hears whom.",
    otherwise: "mesh up to 16 peers, else random with 8 links",
  },
  latency: {
    reader: latencyReader,
    text: "How long a message takes.",
    default: "",
    otherwise: "20 to 120 ms",
  },
  churn: { reader: churnReader, text: "Tabs that come and go.", otherwise: "everybody stays" },
  attackers: {
    reader: list(attackerReader, { max: AGENTS_MAX }),
    text: "Who breaks the rules.",
    otherwise: "nobody",
  },
  phases: {
    reader: list(phaseReader, { max: PHASES_MAX }),
    text: "What changes during a run, in the order of time.",
    otherwise: "nothing",
  },
  trace: {
    reader: list(traceEntryReader, { min: 1, max: TRACE_MAX }),
    text: "Who really found blocks, and when: finds that are given, one after the other, in place of chance. The first is counted from the start.",
    otherwise: "the miners' clocks decide",
  },
  success: {
    reader: successReader,
    text: "When a run counts as a success.",
    default: "",
    otherwise: "the defaults of its keys",
  },
});
