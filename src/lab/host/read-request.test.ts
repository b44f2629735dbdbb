import { describe, expect, it } from "vitest";
import { BLOCKS_MAX, SCENARIO_TEXT_MAX } from "../scenario/limits.ts";
import type { RunRequest } from "./protocol.ts";
import { LAB_BLOCKS_MAX, outlineOf, readRequest, readText } from "./read-request.ts";

const YAML = `lab:
  pace: 60
  blocks: 100
  seeds: [1, 2]
agents:
  user_agents:
    - is_miner: true
      attributes:
        hashrate: "60"
`;

function request(change: Partial<RunRequest> = {}): RunRequest {
  return { yaml: YAML, strict: false, seed: null, blocks: null, ...change };
}

describe("a request to run", () => {
  it("is the scenario as it is written", () => {
    const scenario = readRequest(request());
    expect(scenario.seeds).toEqual([1, 2]);
    expect(scenario.stop.blocks).toBe(100);
    expect(outlineOf(scenario)).toMatchObject({ miners: 1, agents: 1, peers: 1, paceMs: 60_000 });
  });

  it("may name a seed, and a height in place of the written end", () => {
    const scenario = readRequest(
      request({ yaml: YAML.replace("blocks: 100", "duration: 1h"), seed: 9, blocks: 300 }),
    );
    expect(scenario.seeds).toEqual([9]);
    // A hundred times what 300 blocks should take.
    expect(scenario.stop).toEqual({ blocks: 300, durationMs: 300 * 60_000 * 100 });
  });

  it.each([
    ["a seed that is none", { seed: -1 }, "bad-request"],
    ["a broken number", { seed: 1.5 }, "bad-request"],
    ["too great a height", { blocks: BLOCKS_MAX + 1 }, "bad-request"],
    ["what is no text", { yaml: 7 as unknown as string }, "bad-request"],
    ["too long a text", { yaml: "#".repeat(SCENARIO_TEXT_MAX + 1) }, "scenario-too-long"],
    ["an error in the text", { yaml: "lab: 5" }, "scenario-invalid"],
    ["a warning, when it must be strict", { strict: true }, "scenario-invalid"],
  ])("is refused for %s", (_, change, code) => {
    expect(() => readRequest(request(change))).toThrow(expect.objectContaining({ code }));
  });

  it("is refused for more blocks than a page keeps, all seeds together", () => {
    const seeds = (count: number): string =>
      YAML.replace("[1, 2]", JSON.stringify(Array.from({ length: count }, (_, seed) => seed)));
    const most = LAB_BLOCKS_MAX / BLOCKS_MAX;
    expect(readRequest(request({ yaml: seeds(most), blocks: BLOCKS_MAX })).seeds).toHaveLength(
      most,
    );
    const more = request({ yaml: seeds(most + 1), blocks: BLOCKS_MAX });
    expect(() => readRequest(more)).toThrow(
      expect.objectContaining({
        code: "run-too-large",
        data: { blocks: LAB_BLOCKS_MAX + BLOCKS_MAX, max: LAB_BLOCKS_MAX },
      }),
    );
  });

  it("reads no further than the text for its problems", () => {
    const { scenario, problems } = readText({ yaml: YAML, strict: false });
    expect(scenario).not.toBeNull();
    expect(problems.map(({ code }) => code)).toEqual(["hashrate-sum"]);
  });
});
