/**
 * A trace of real finds and the targets it began with, as a scenario has them.
 *
 * @module
 */
import { targetFromCompact } from "../../kernel/target.ts";
import type { LabSection } from "./lab-schema.ts";
import { DURATION_MAX_MS } from "./limits.ts";
import type { Problems } from "./problems.ts";
import { checkAgent } from "./read-phases.ts";
import type { Located, Section } from "./reader.ts";
import type { Agent, Phase, Scenario, TracedFind } from "./scenario.ts";
import type { TraceEntry } from "./trace-schema.ts";

/** All finds by time; `null` when chance finds the blocks. */
export function readTrace(
  entries: readonly Located<TraceEntry>[] | undefined,
  agents: readonly Agent[],
  problems: Problems,
): readonly TracedFind[] | null {
  if (entries === undefined) return null;
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const numbers = new Map(agents.map(({ id }, number) => [id, number]));
  const finds: TracedFind[] = [];
  let atMs = 0;
  for (const [index, { value, at }] of entries.entries()) {
    const { agent } = value;
    const path = `lab.trace[${String(index)}]`;
    atMs += value.after.value;
    if (atMs > DURATION_MAX_MS) {
      const message = `From here on the trace lasts longer than ${String(DURATION_MAX_MS)} ms.`;
      problems.error("out-of-range", at, path, message);
      break;
    }
    if (checkAgent(agent.value, agent.at, path, byId, true, problems)) {
      finds.push({ atMs, agent: numbers.get(agent.value) ?? 0 });
    }
  }
  return finds;
}

/** Virtual time at which everybody has heard of the last find of a trace. */
export function traceEndMs(
  trace: readonly TracedFind[],
  { peers, topology, latency }: Pick<Scenario, "peers" | "topology" | "latency">,
  phases: readonly Phase[],
): number {
  const slowest = phases.reduce((most, { latencyFactor = 1 }) => Math.max(most, latencyFactor), 1);
  const hopMs = Math.ceil(latency.maxMs * slowest) + latency.verifyMs;
  const lastMs = trace.at(-1)?.atMs ?? 0;
  // A run ends before what happens at its very end.
  return Math.min(DURATION_MAX_MS, lastMs + mostHops(peers, topology) * hopMs + 1);
}

/** No fewer than the links between the two farthest peers; of random graphs, about twice as many as they have. */
function mostHops(peers: number, { kind, degree }: Scenario["topology"]): number {
  if (kind === "mesh") return 1;
  if (kind === "star") return 2;
  const isRandom = kind !== "ring" && degree > 2;
  return isRandom ? Math.min(peers, 4 * peers.toString(2).length) : peers;
}

/** The targets that are written; `null` for those that follow from the hash rate. */
export function readTargets(
  { initial_target: initial, max_target: max }: Section<LabSection>,
  problems: Problems,
): Pick<Scenario, "initialTarget" | "maxTarget"> {
  const path = "lab.max_target";
  if (max !== undefined && initial === undefined) {
    const message = "max_target stands beside an initial_target only.";
    problems.error("missing-key", max.at, path, message);
  }
  if (max !== undefined && initial !== undefined) {
    if (targetFromCompact(max.value) < targetFromCompact(initial.value)) {
      const message = "The easiest target is harder than the initial one.";
      problems.error("targets-reversed", max.at, path, message);
    }
  }
  return { initialTarget: initial?.value ?? null, maxTarget: max?.value ?? null };
}
