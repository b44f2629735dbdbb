/**
 * From what the page sends to a scenario that can be run. The worker trusts no size that it did not check.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import { BLOCKS_MAX, SCENARIO_TEXT_MAX, SEED_MAX } from "../scenario/limits.ts";
import { type ParsedScenario, parseScenario } from "../scenario/parse-scenario.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { stopAt } from "../scenario/stop-at.ts";
import type { Outline, RunRequest } from "./protocol.ts";

/** Key blocks of all seeds of one request together: their records are kept for reports. */
export const LAB_BLOCKS_MAX = 2_000_000;

/** Reads the text; throws `scenario-too-long` and `bad-request`. */
export function readText({ yaml, strict }: Pick<RunRequest, "yaml" | "strict">): ParsedScenario {
  if (typeof yaml !== "string" || typeof strict !== "boolean") throw new CodedError("bad-request");
  if (yaml.length > SCENARIO_TEXT_MAX) {
    throw new CodedError("scenario-too-long", { characters: yaml.length, most: SCENARIO_TEXT_MAX });
  }
  return parseScenario(yaml, { strict });
}

function expectNumber(value: number | null, most: number): void {
  if (value === null) return;
  if (!Number.isSafeInteger(value) || value < 0 || value > most)
    throw new CodedError("bad-request");
}

/** What the run will take at the story's pace. */
function expectedBlocks({ stop, paceMs }: Scenario): number {
  return Math.min(stop.blocks, Math.ceil(stop.durationMs / paceMs));
}

/** The scenario of a request, with its seed and height in place; throws as `LabWorkerApi.run` says. */
export function readRequest(request: RunRequest): Scenario {
  expectNumber(request.seed, SEED_MAX);
  expectNumber(request.blocks, BLOCKS_MAX);
  const { scenario } = readText(request);
  if (scenario === null) throw new CodedError("scenario-invalid");
  const wanted: Scenario = {
    ...scenario,
    seeds: request.seed === null ? scenario.seeds : [request.seed],
    stop: request.blocks === null ? scenario.stop : stopAt(scenario, request.blocks),
  };
  const all = wanted.seeds.length * expectedBlocks(wanted);
  if (all > LAB_BLOCKS_MAX)
    throw new CodedError("run-too-large", { blocks: all, max: LAB_BLOCKS_MAX });
  return wanted;
}

/** The outline of a scenario. */
export function outlineOf(scenario: Scenario): Outline {
  const { name, engine, agents, peers, paceMs, seeds, stop } = scenario;
  return {
    name,
    engine,
    miners: agents.filter(({ isMiner }) => isMiner).length,
    agents: agents.length,
    attackers: agents.filter(({ attack }) => attack !== null).length,
    peers,
    paceMs,
    seeds,
    blocks: stop.blocks,
    durationMs: stop.durationMs,
  };
}
