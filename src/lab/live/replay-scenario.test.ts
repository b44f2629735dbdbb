import { describe, expect, it } from "vitest";
import { createRun } from "../create-run.ts";
import { driveRun } from "../drive-run.ts";
import { parseScenario } from "../scenario/parse-scenario.ts";
import { summarise } from "../statistics/summarise.ts";
import type { LiveBlock } from "./live-block.ts";
import { compareReplay } from "./replay-comparison.ts";
import { type ReplayInput, replayScenario } from "./replay-scenario.ts";

const PACE_MS = 60_000;

/** Blocks of these authors, one after the other, a minute apart. */
function stretch(authors: string): readonly LiveBlock[] {
  return Array.from(authors, (author, index) => ({
    height: index + 40,
    author,
    after: authors[index - 1] ?? "z",
    solveMs: 65_000,
    work: 60_000,
  }));
}

function input(authors: string, change: Partial<ReplayInput> = {}): ReplayInput {
  return {
    title: "The Tide Clerk",
    story: "ab".repeat(32),
    paceMs: PACE_MS,
    blocks: stretch(authors),
    nameOf: (author) => `name-${author}`,
    ...change,
  };
}

describe("a stretch of the live chain as a scenario", () => {
  it("is read without a problem, and names the story and its heights", () => {
    const { yaml } = replayScenario(input("abcabcabac"));
    const { scenario, problems } = parseScenario(yaml, { strict: true });
    expect(problems).toEqual([]);
    expect(yaml).toContain("“The Tide Clerk”, paragraphs 40 to 49");
    expect(yaml).toContain("ab".repeat(32));
    expect(scenario).toMatchObject({ paceMs: PACE_MS, engine: "autonomous", rest: true });
    expect(scenario?.stop.blocks).toBe(10);
    expect(scenario?.agents.map(({ id }) => id)).toEqual(["name-a", "name-b", "name-c"]);
  });

  it("gives each author the rate that its blocks speak for: work ÷ time without rests", () => {
    const { yaml } = replayScenario(input("ababababab"));
    const { scenario } = parseScenario(yaml);
    const [a, b] = scenario?.agents ?? [];
    // Each round leaves 60 s to search. a rested in five of ten, b in four: 5 blocks in 300 s and in 360 s.
    const [rateA, rateB] = [300_000 / 300, 300_000 / 360];
    expect(scenario?.totalHashesPerSecond).toBe(Math.round(rateA + rateB));
    expect(a?.hashrate).toBeCloseTo((100 * rateA) / (rateA + rateB), 2);
    expect(b?.hashrate).toBeCloseTo((100 * rateB) / (rateA + rateB), 2);
  });

  it("takes finds some milliseconds after a rest for two seconds of looking at most", () => {
    const blocks = Array.from({ length: 12 }, (_, index) => ({
      height: index + 2,
      author: "a",
      after: "a",
      solveMs: 2 * PACE_MS + 19,
      work: 937_000,
    }));
    const { scenario } = parseScenario(replayScenario(input("", { blocks })).yaml);
    expect(scenario?.totalHashesPerSecond).toBe(937_000 / 2);
  });

  it("writes hash rates that sum to 100, however many authors", () => {
    const authors = Array.from({ length: 37 }, (_, index) => String.fromCodePoint(200 + index));
    const { yaml } = replayScenario(input(`${authors.join("")}${authors.slice(0, 7).join("")}`));
    expect(parseScenario(yaml, { strict: true }).problems).toEqual([]);
  });

  it("keeps names apart, and titles from becoming keys", () => {
    const blocks = stretch("ababababab");
    const { yaml, ids } = replayScenario(
      input("", { blocks, nameOf: () => "@pell", title: 'x"\nagents: [] \u0007' }),
    );
    expect([...ids.values()]).toEqual(["pell", "pell-2"]);
    expect(parseScenario(yaml, { strict: true }).problems).toEqual([]);
  });

  it("is refused for nothing, and for fewer blocks than tell a rate from luck", () => {
    const refusal = (code: string, data = {}): unknown => expect.objectContaining({ code, data });
    expect(() => replayScenario(input(""))).toThrow(refusal("nothing-to-replay"));
    expect(() => replayScenario(input("abcabcabc"))).toThrow(
      refusal("too-few-to-replay", { blocks: 9, least: 10 }),
    );
  });

  it("can be run, and set beside what happened", async () => {
    const { yaml, ids } = replayScenario(input("abcabcabacabcbacbabcabcab"));
    const { scenario } = parseScenario(yaml);
    if (scenario === null) throw new Error("no scenario");
    const run = await createRun(scenario, 1);
    const summary = summarise(await driveRun(run, { now: () => 0, pause: async () => {} }));
    const { authors, real, simulated, bins } = compareReplay(
      stretch("abcabcabacabcbacbabcabcab"),
      ids,
      summary,
    );
    expect(real).toMatchObject({ count: 25, mean: 65_000 });
    expect(simulated?.count).toBe(25);
    expect(authors.map((author) => author.real)).toEqual([9, 9, 7]);
    for (const side of ["real", "simulated"] as const) {
      expect(authors.reduce((sum, author) => sum + author[side], 0)).toBe(25);
      expect(bins.reduce((sum, bin) => sum + bin[side], 0)).toBeCloseTo(1);
    }
  });
});
