/**
 * YAML to a complete scenario, or to what is wrong with it.
 *
 * @module
 */
import { LineCounter } from "yaml";
import type { ControllerEntry } from "./agent-schema.ts";
import { checkForRealPeers } from "./check-for-real-peers.ts";
import { type ControllerArguments, readControllerArguments } from "./controller-arguments.ts";
import { createProblems, type Problem, type Problems, TooManyProblems } from "./problems.ts";
import { readAgents } from "./read-agents.ts";
import {
  readChurn,
  readLatency,
  readPeers,
  readSeeds,
  readStop,
  readSuccess,
  readTopology,
} from "./read-lab.ts";
import { readAttackers, readPhases } from "./read-phases.ts";
import { readTargets, readTrace, traceEndMs } from "./read-trace.ts";
import type { Section } from "./reader.ts";
import type { Scenario } from "./scenario.ts";
import { type Configuration, configurationReader } from "./schema.ts";
import { yamlTree } from "./yaml-tree.ts";

export type { Problem } from "./problems.ts";

/** What came of a text. */
export interface ParsedScenario {
  /** `null` if and only if a problem is an error. */
  readonly scenario: Scenario | null;
  /** By line. */
  readonly problems: readonly Problem[];
}

const DEFAULT_PACE_MS = 60_000;

/**
 * Reads `yaml`. Never throws for what is written in it. With `strict` every warning is an error, the sum of hash
 * rates that is not 100 among them.
 */
export function parseScenario(
  yaml: string,
  options: { readonly strict?: boolean } = {},
): ParsedScenario {
  const lines = new LineCounter();
  const problems = createProblems(lines, options.strict === true);
  const scenario = readScenario(yaml, lines, problems);
  return { scenario: problems.hasErrors() ? null : scenario, problems: problems.list() };
}

function readScenario(yaml: string, lines: LineCounter, problems: Problems): Scenario | null {
  try {
    const tree = yamlTree(yaml, lines, problems);
    const configuration =
      tree === null ? undefined : configurationReader.read(tree, { path: "", problems });
    return configuration === undefined ? null : complete(configuration, problems);
  } catch (error) {
    if (error instanceof TooManyProblems) return null;
    throw error;
  }
}

function complete(configuration: Section<Configuration>, problems: Problems): Scenario | null {
  const general = configuration.general.value;
  const network = configuration.network.value;
  const lab = configuration.lab.value;
  const { controller } = configuration.agents.value;
  const told = argumentsOf(controller?.value, problems);
  const soloMinerThreshold = told["--solo-miner-threshold"]?.value ?? 0;
  const honest = readAgents(configuration.agents.value, soloMinerThreshold, problems);
  if (honest === null) return null;

  const engine = lab.engine?.value ?? (controller === null ? "autonomous" : "controller");
  const pace = lab.pace ?? told["--interval"];
  const paceMs = pace?.value ?? DEFAULT_PACE_MS;
  const agents = readAttackers(lab.attackers?.value ?? [], honest, problems);
  const agentCount = { value: agents.length, at: configuration.agents.at };
  const located = readPeers(lab, agentCount, problems);
  const peers = located.value;
  if (engine === "controller") checkForRealPeers(lab, located, pace, problems);
  const topology = readTopology(lab, network, peers, problems);
  const latency = readLatency(lab, network, problems);
  const phases = readPhases(lab.phases?.value ?? [], agents, peers, problems);
  const trace = readTrace(lab.trace?.value, agents, problems);
  const endsMs = trace === null ? null : traceEndMs(trace, { peers, topology, latency }, phases);
  return {
    name: lab.name.value,
    description: lab.description.value,
    engine,
    seeds: readSeeds(lab, general, problems),
    paceMs,
    retarget: lab.retarget.value,
    rest: lab.rest.value,
    totalHashesPerSecond: lab.total_hashrate.value,
    ...readTargets(lab, problems),
    trace,
    stop: readStop(lab, general, { engine, paceMs }, endsMs),
    agents,
    peers,
    topology,
    latency,
    churn: readChurn(lab.churn?.value),
    phases,
    soloMinerThreshold,
    success: readSuccess(lab.success.value),
  };
}

function argumentsOf(
  controller: Section<ControllerEntry> | undefined,
  problems: Problems,
): Section<ControllerArguments> {
  const written = controller?.arguments?.value ?? [];
  return readControllerArguments(written, { path: "agents.block_controller.arguments", problems });
}
