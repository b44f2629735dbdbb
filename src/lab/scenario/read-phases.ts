/**
 * Phases and attackers: what refers to agents and must find them.
 *
 * @module
 */
import type { AttackerSection, PhaseSection } from "./lab-sections.ts";
import { nearestName } from "./nearest-name.ts";
import type { Problems } from "./problems.ts";
import { GROUP_NAMES } from "./read-agents.ts";
import { type Located, quoted, type Section } from "./reader.ts";
import type { Agent, Phase } from "./scenario.ts";

/** Says what is wrong with a reference to `id`, if anything is; true when it is usable. */
export function checkAgent(
  id: string,
  at: number,
  path: string,
  agents: ReadonlyMap<string, Agent>,
  mustMine: boolean,
  problems: Problems,
): boolean {
  const agent = agents.get(id);
  if (agent === undefined) {
    const nearest = nearestName(id, agents.keys());
    const hint = nearest === null ? "" : ` Did you mean ${quoted(nearest)}?`;
    problems.error("unknown-agent", at, path, `No agent is called ${quoted(id)}.${hint}`);
    return false;
  }
  if (mustMine && !agent.isMiner) {
    problems.error("not-a-miner", at, path, `${quoted(id)} does not mine.`);
    return false;
  }
  return true;
}

/** `agents` with what those who attack do. */
export function readAttackers(
  attackers: readonly Located<Section<AttackerSection>>[],
  agents: readonly Agent[],
  problems: Problems,
): readonly Agent[] {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  for (const [index, { value }] of attackers.entries()) {
    const { agent: id, kind, from, depth } = value;
    const path = `lab.attackers[${String(index)}].agent`;
    if (!checkAgent(id.value, id.at, path, byId, true, problems)) continue;
    const agent = byId.get(id.value);
    if (agent === undefined) continue;
    if (agent.attack !== null) {
      const message = `${quoted(id.value)} already attacks; each agent has one way to.`;
      problems.error("duplicate-attacker", id.at, path, message);
      continue;
    }
    const attack = { kind: kind.value, fromMs: from.value, depth: depth.value };
    byId.set(agent.id, { ...agent, attack });
  }
  return [...byId.values()];
}

/** All phases by time. */
export function readPhases(
  phases: readonly Located<Section<PhaseSection>>[],
  agents: readonly Agent[],
  peers: number,
  problems: Problems,
): readonly Phase[] {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  let before = -1;
  return phases.map(({ value, at }, index) => {
    const path = `lab.phases[${String(index)}]`;
    if (value.at.value <= before) {
      const message = "Phases must stand in the order of time, no two at the same moment.";
      problems.error("phases-out-of-order", value.at.at, `${path}.at`, message);
    }
    before = Math.max(before, value.at.value);
    if (value.groups !== undefined && value.groups.value > peers) {
      const message = `There are only ${String(peers)} peers to make groups of.`;
      problems.error("too-few-peers", value.groups.at, `${path}.groups`, message);
    }
    const phase = readPhase(value, index, byId, path, problems);
    if (Object.keys(phase).length === 2) {
      problems.warn("empty-phase", at, path, "This phase changes nothing.");
    }
    return phase;
  });
}

function readPhase(
  section: Section<PhaseSection>,
  index: number,
  agents: ReadonlyMap<string, Agent>,
  path: string,
  problems: Problems,
): Phase {
  const { hashrates, online, groups } = section;
  return {
    atMs: section.at.value,
    label: section.label?.value ?? `Phase ${String(index + 1)}`,
    ...(section.hashrate_factor && { hashrateFactor: section.hashrate_factor.value }),
    ...(hashrates && {
      hashrates: readHashrates(hashrates.value, agents, `${path}.hashrates`, problems),
    }),
    ...(online && { online: readOnline(online.value, agents, `${path}.online`, problems) }),
    ...(groups && { groups: groups.value }),
    ...(section.latency_factor && { latencyFactor: section.latency_factor.value }),
  };
}

function readHashrates(
  given: ReadonlyMap<string, Located<number>>,
  agents: ReadonlyMap<string, Agent>,
  path: string,
  problems: Problems,
): Readonly<Record<string, number>> {
  const known = [...given].filter(([id, { at }]) =>
    checkAgent(id, at, `${path}.${id}`, agents, true, problems),
  );
  return Object.fromEntries(known.map(([id, { value }]) => [id, value]));
}

/** The names of groups first, so that what an agent itself is told goes before. */
function readOnline(
  given: ReadonlyMap<string, Located<boolean>>,
  agents: ReadonlyMap<string, Agent>,
  path: string,
  problems: Problems,
): Readonly<Record<string, boolean>> {
  const online = new Map<string, boolean>();
  const all = given.get("all");
  const miners = given.get("miners");
  for (const { id, isMiner } of agents.values()) {
    const told = (isMiner ? miners : undefined) ?? all;
    if (told !== undefined) online.set(id, told.value);
  }
  for (const [id, { value, at }] of given) {
    if (GROUP_NAMES.includes(id)) continue;
    if (checkAgent(id, at, `${path}.${id}`, agents, false, problems)) online.set(id, value);
  }
  return Object.fromEntries(online);
}
