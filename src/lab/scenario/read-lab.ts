/**
 * What a scenario says beside its agents, completed with defaults.
 *
 * @module
 */
import type { LabSection } from "./lab-schema.ts";
import type { ChurnSection, SuccessSection } from "./lab-sections.ts";
import {
  BLOCKS_MAX,
  DURATION_MAX_MS,
  DURATION_WITHOUT_ONE_PACES,
  MESH_PEERS_MAX,
} from "./limits.ts";
import type { Problems } from "./problems.ts";
import type { Located, Section } from "./reader.ts";
import type {
  Churn,
  EngineName,
  Latency,
  Scenario,
  SuccessCriteria,
  Topology,
} from "./scenario.ts";
import type { General, SourceNetwork } from "./schema.ts";

const DEFAULT_SEED = 12_345;
const DEFAULT_DEGREE = 8;
const DEFAULT_MESH_PEERS = 16;
const DEFAULT_MIN_DELAY_MS = 20;
const DEFAULT_MAX_DELAY_MS = 120;
const DEFAULT_BLOCKS: Readonly<Record<EngineName, number>> = { controller: 200, autonomous: 2_000 };

/** The seeds of all runs. */
export function readSeeds(
  lab: Section<LabSection>,
  general: Section<General>,
  problems: Problems,
): readonly number[] {
  const { seed, seeds } = lab;
  if (seed !== undefined && seeds !== undefined) {
    problems.error("seed-twice", seed.at, "lab.seed", "Give either seed or seeds, not both.");
  }
  if (seeds === undefined) {
    return [seed?.value ?? general.simulation_seed?.value ?? DEFAULT_SEED];
  }
  const met = new Set<number>();
  for (const { value, at } of seeds.value) {
    if (met.has(value)) {
      const message = `The seed ${String(value)} is given twice; both runs would be the same.`;
      problems.error("duplicate-seed", at, "lab.seeds", message);
    }
    met.add(value);
  }
  return [...met];
}

/** When a run ends, `endsMs` at the latest if nothing else is written; both bounds are finite. */
export function readStop(
  lab: Section<LabSection>,
  general: Section<General>,
  { engine, paceMs }: Pick<Scenario, "engine" | "paceMs">,
  endsMs: number | null,
): Scenario["stop"] {
  const durationMs = (lab.duration ?? general.stop_time)?.value ?? endsMs;
  const blocks = lab.blocks?.value ?? (durationMs === null ? DEFAULT_BLOCKS[engine] : BLOCKS_MAX);
  const patience = Math.min(DURATION_MAX_MS, blocks * paceMs * DURATION_WITHOUT_ONE_PACES);
  return { blocks, durationMs: durationMs ?? patience };
}

/** How many peers there are. */
export function readPeers(
  lab: Section<LabSection>,
  agents: Located<number>,
  problems: Problems,
): Located<number> {
  const peers = lab.peers ?? agents;
  if (peers.value < agents.value) {
    const message = `There are ${String(agents.value)} agents, and each is a peer.`;
    problems.error("too-few-peers", peers.at, "lab.peers", message);
  }
  return { value: Math.max(peers.value, agents.value), at: peers.at };
}

/** Who hears whom. */
export function readTopology(
  lab: Section<LabSection>,
  network: Section<SourceNetwork>,
  peers: number,
  problems: Problems,
): Topology {
  const section = lab.topology?.value;
  const kind = section?.kind ?? network.topology;
  const degree = section?.degree;
  const path = section === undefined ? "network.topology" : "lab.topology";
  if (kind?.value === "mesh" && peers > MESH_PEERS_MAX) {
    const message = `A mesh has at most ${String(MESH_PEERS_MAX)} peers; choose random for more.`;
    problems.error("too-many-peers", kind.at, path, message);
  }
  if (kind?.value === "ring" && peers < 3) {
    problems.error("too-few-peers", kind.at, path, "A ring needs at least three peers.");
  }
  if (degree !== undefined && degree.value >= peers) {
    const message = `A peer can have at most ${String(peers - 1)} links to others.`;
    problems.error("too-few-peers", degree.at, "lab.topology.degree", message);
  }
  return {
    kind: kind?.value ?? (peers <= DEFAULT_MESH_PEERS ? "mesh" : "random"),
    degree: degree?.value ?? Math.max(1, Math.min(DEFAULT_DEGREE, peers - 1)),
  };
}

/** How long messages take. */
export function readLatency(
  lab: Section<LabSection>,
  network: Section<SourceNetwork>,
  problems: Problems,
): Latency {
  const { min, max, verify } = lab.latency.value;
  if (min !== undefined && max !== undefined && min.value > max.value) {
    const message = "The least delay is greater than the greatest one.";
    problems.error("latency-reversed", min.at, "lab.latency.min", message);
  }
  const source = network.latency?.value;
  return {
    minMs: min?.value ?? Math.min(source ?? DEFAULT_MIN_DELAY_MS, max?.value ?? Infinity),
    maxMs: max?.value ?? Math.max(source ?? DEFAULT_MAX_DELAY_MS, min?.value ?? 0),
    verifyMs: verify.value,
  };
}

/** Tabs that come and go. */
export function readChurn(churn: Section<ChurnSection> | undefined): Churn | null {
  if (churn === undefined) return null;
  return {
    who: churn.who.value,
    meanSessionMs: churn.mean_session.value,
    meanAbsenceMs: churn.mean_absence.value,
  };
}

/** What a run must reach. */
export function readSuccess(success: Section<SuccessSection>): SuccessCriteria {
  return {
    minBlocks: success.min_blocks.value,
    minSynced: success.min_synced.value / 100,
    minTransactionsIncluded: success.min_transactions_included.value,
    maxHeightSpread: success.max_height_spread.value,
    maxPool: success.max_pool.value,
  };
}
