import { describe, expect, it } from "vitest";
import type { RunRecord } from "../run.ts";
import type { Attack } from "../scenario/scenario.ts";
import { summarise } from "../statistics/summarise.ts";
import type { RunSummary } from "../statistics/summary.ts";
import {
  makeAgent,
  makeRecord,
  makeScenario,
  type RecordOptions,
} from "../statistics/testing/make-record.ts";
import { minersYaml, runYaml } from "../testing/run-yaml.ts";
import { htmlReport } from "./html-report.ts";
import { forksVerdict, selfishVerdict, sharesVerdict } from "./verdicts.ts";

/** A run of two miners, the first of whom attacks. */
function attacked(attack: Attack, options: RecordOptions = {}): RunRecord {
  const agents = [40, 60].map((hashrate, index) => makeAgent(index, hashrate, 100));
  return makeRecord({
    hashrates: [40, 60],
    paceMs: 40_000,
    ...options,
    scenario: {
      ...options.scenario,
      agents: agents.map((agent, index) => (index === 0 ? { ...agent, attack } : agent)),
    },
  });
}

describe("sharesVerdict", () => {
  it("says what rest leaves of a large hash rate, and not that shares follow the hash rates", async () => {
    const summary = summarise(await runYaml(minersYaml([60, 30, 10], "blocks: 2000\nseed: 1")));
    const [large] = summary.miners;
    expect(large?.share).toBeLessThan(0.52);
    const text = sharesVerdict(summary);
    expect(text).toMatch(
      /^Blocks were found in proportion to the hash rate of those that were not resting, as far as chance allows to say \(p = [\d.]+\)\./,
    );
    expect(text).toMatch(
      / A miner rests after each of its blocks: of user000, with 60\.0 % of the hash rate, 4[789]\.\d % is to be expected\. /,
    );
  });

  it("calls shares in proportion to hash rate where nobody rests", () => {
    expect(sharesVerdict(summarise(makeRecord({ seed: 4 })))).toMatch(
      /^Blocks were found in proportion to hash rate, .* Every share lies in its 95 % band\.$/,
    );
  });

  it("names those who mined where hash rates change, and what does not fit", () => {
    const record = makeRecord();
    const moved = [800, 100, 100];
    const agents = record.agents.map((agent, index) => ({
      ...agent,
      expected: moved[index] ?? 0,
    }));
    expect(sharesVerdict(summarise({ ...record, agents }))).toMatch(
      /^Blocks were not found in proportion to the hash rate of those that mined at the time \(p < 0\.001\)\. 3 shares of 3 lie outside/,
    );
  });

  it.each(["selfish", "majority"] as const)(
    "holds no band against a %s attacker's chain",
    (kind) => {
      const record = attacked({ kind, fromMs: 0, depth: 2 }, { seed: 4 });
      const summary = summarise(record);
      const text = sharesVerdict(summary);
      expect(text).toMatch(/^Found: in proportion to hash rate, as far as chance allows to say \(/);
      expect(text).toMatch(
        / On the best chain: agent-0 has (\d\d\.\d) %, having found \1 % of all blocks, though blocks were withheld\.$/,
      );
      const pageText = htmlReport("", [{ record, summary }]);
      expect(pageText).toContain("There is no band, for more than chance decides here.");
      expect(pageText).not.toMatch(/95 % band<\/figcaption|class="band"|outside the band|1 in 20/);
    },
  );

  it("counts a secret branch by its own difficulty", () => {
    const attack = { kind: "majority", fromMs: 0, depth: 2 } as const;
    const text = sharesVerdict(summarise(attacked(attack, { scenario: { retarget: "average" } })));
    expect(text).toContain("by the difficulty of the chain that it mined on");
  });

  it("says whose blocks were refused", async () => {
    const lab = "blocks: 200\nrest: false\nattackers: [{ agent: user000, kind: cheat }]";
    const text = sharesVerdict(summarise(await runYaml(minersYaml([50, 50], lab))));
    expect(text).toMatch(
      /On the best chain: user000 has 0 %, having found \d\d\.\d % of all blocks, because its blocks were refused\.$/,
    );
  });
});

describe("sharesVerdict of a selfish miner", () => {
  it("keeps what was found apart from what stands", async () => {
    const lab =
      "blocks: 2000\nseed: 1\nrest: false\nretarget: fixed\npace: 10\nattackers: [{ agent: user000, kind: selfish }]";
    const text = sharesVerdict(summarise(await runYaml(minersYaml([40, 60], lab))));
    expect(text).toMatch(
      /^Found: in proportion to hash rate, .* On the best chain: user000 has (4[5-9]|5\d)\.\d %, having found (39|40|41)\.\d % of all blocks, because blocks were withheld\.$/,
    );
  });
});

describe("selfishVerdict", () => {
  const verdictOf = (options: RecordOptions): string => {
    const attack = { kind: "selfish", fromMs: 0, depth: 0 } as const;
    const [selfish] = summarise(attacked(attack, options)).selfish;
    return selfish === undefined ? "" : selfishVerdict(selfish);
  };

  it("says which assumption of the theory fails, and tests none then", () => {
    expect(verdictOf({ paceMs: 600_000, blocks: 1_000 })).toMatch(
      / No test of the difference: theory knows no dead time \(here no block is valid in the first 2 min 20 s after another\)\.$/,
    );
    expect(verdictOf({ paceMs: 2_000, scenario: { rest: true } })).toMatch(
      /theory knows no rest \(.*\), knows no delays \(here news takes 25 ms on average, more than 1 % of the pace\)\.$/,
    );
  });

  it("calls a gain or a loss only what chance does not explain", () => {
    const [selfish] = summarise(
      attacked({ kind: "selfish", fromMs: 0, depth: 0 }, { blocks: 6_000 }),
    ).selfish;
    const said = [0.3, 0.399, 0.407, 0.52].map((share) =>
      selfish === undefined ? "" : selfishVerdict({ ...selfish, share }),
    );
    const nothing = ": withholding made no difference that this run could show. Theory";
    expect(said[0]).toContain(": withholding did not pay. Theory");
    expect(said[1]).toContain(nothing);
    expect(said[2]).toContain(nothing);
    expect(said[3]).toContain(": withholding paid. Theory");
  });

  it("tests the run against the theory where it holds", () => {
    expect(verdictOf({ blocks: 6_000 })).toMatch(/ The run differs from it \(p < 0\.001\)\.$/);
    expect(verdictOf({ blocks: 100 })).toMatch(/ The run is too short for a test\.$/);
  });
});

describe("forksVerdict", () => {
  it("counts blocks, and speaks of no work", () => {
    const verdict = (record: Partial<RunRecord>): string => {
      const summary: RunSummary = summarise(makeRecord({ record }));
      return forksVerdict(summary);
    };
    expect(verdict({})).toBe("No block was lost: every one that was found is on the best chain.");
    expect(verdict({ stale: 9 })).toMatch(/^0\.89 % of all blocks were lost/);
    expect(forksVerdict(summarise(makeRecord({ blocks: 0, scenario: makeScenario([1], 9) })))).toBe(
      "No block was found.",
    );
  });
});
