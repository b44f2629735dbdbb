import { describe, expect, it } from "vitest";
import { forkTheory } from "../statistics/fork-theory.ts";
import { wilsonInterval } from "../statistics/proportions.ts";
import { selfishShare } from "../statistics/selfish-mining.ts";
import type { SweepAxis, SweepValues } from "../sweep/expand-sweep.ts";
import type { SweepFigures, SweepResult } from "../sweep/sweep-result.ts";
import { sweepCsvReport } from "./sweep-csv-report.ts";
import { sweepHtmlReport } from "./sweep-html-report.ts";
import { selfishSweepVerdict, staleSweepVerdict } from "./sweep-verdicts.ts";
import { unbalanced } from "./testing/unbalanced.ts";

const LATENCY: SweepAxis = { name: "latency", values: [20, 100, 500] };
const PACE: SweepAxis = { name: "pace", values: [2_000, 60_000] };
const ATTACKER: SweepAxis = { name: "attacker", values: [10, 30] };

function figures(stale: number, changes: Partial<SweepFigures> = {}): SweepFigures {
  return {
    blocks: 1_000,
    found: 1_000 + stale,
    stale,
    staleRate: stale / (1_000 + stale),
    staleBand: wilsonInterval(stale, 1_000 + stale),
    forkRate: stale / 1_000,
    theory: forkTheory(stale / 1_000),
    deepest: stale > 0 ? 2 : 0,
    meanDepth: stale > 0 ? 1.25 : null,
    propagationP50Ms: 40,
    propagationP95Ms: 90,
    meanBlockTimeMs: 2_100,
    meanToPace: 1.05,
    attacker: null,
    ...changes,
  };
}

function attacked(percent: number, share: number): SweepFigures {
  const alpha = percent / 100;
  const theory = selfishShare(alpha);
  const standardError = 0.01;
  const deviation = (share - theory) / standardError;
  const attacker = { kind: "selfish", alpha, share, theory, standardError, deviation } as const;
  return figures(90, { theory: null, attacker });
}

function sweepOf(
  axes: readonly SweepAxis[],
  figuresAt: (values: SweepValues) => SweepFigures,
  name = "Made up",
): SweepResult {
  const values = axes.reduce<readonly SweepValues[]>(
    (before, axis) =>
      before.flatMap((point) => axis.values.map((value) => ({ ...point, [axis.name]: value }))),
    [{}],
  );
  const rows = values.map((point) => ({ values: point, ...figuresAt(point) }));
  return {
    format: "fabula-lab-sweep/1",
    scenario: {
      name,
      description: name,
      engine: "autonomous",
      paceMs: 60_000,
      retarget: "relief",
      rest: true,
      peers: 10,
    },
    seeds: [1],
    axes,
    rows,
    runs: rows.map((row) => ({ ...row, seed: 1, logHash: "ab".repeat(32) })),
  };
}

const FORKS = sweepOf([LATENCY, PACE], ({ latency = 0, pace = 1 }) =>
  figures(Math.round((1_000 * latency) / pace)),
);
const SELFISH = sweepOf([ATTACKER], ({ attacker = 0 }) =>
  attacked(attacker, selfishShare(attacker / 100) + 0.013),
);

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

describe("sweepHtmlReport", () => {
  it("draws a line for each value of the second axis, its whiskers, and the theory dashed", () => {
    const text = sweepHtmlReport("agents: {}\n", FORKS);
    expect(text).toContain("<title>Made up: sweep – Fabula lab</title>");
    expect(text).not.toMatch(/<script|https?:|url\(|@import|src=|href=|NaN|Infinity|undefined/);
    expect(unbalanced(text)).toEqual([]);
    expect([...text.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title)).toEqual([
      "Forks",
      "All points",
      "Scenario",
    ]);
    const [stale = "", deepest = ""] = [...text.matchAll(/<figure>([^]*?)<\/figure>/g)].map(
      ([, figure]) => figure ?? "",
    );
    expect(count(stale, /<polyline class="own" /g)).toBe(2);
    expect(count(stale, /<polyline class="own theory"/g)).toBe(2);
    expect(count(stale, /class="whisker"/g)).toBe(6);
    expect(stale).toContain("<title>latency 500 ms, pace 2 s: 20</title>");
    expect(stale).toMatch(/pace 2 s<\/span>.*pace 1 min<\/span>.*theory<\/span>/);
    for (const tick of ["20 ms", "100 ms", "500 ms"]) expect(stale).toContain(`>${tick}</text>`);
    expect(count(deepest, /<polyline/g)).toBe(2);
    expect(count(deepest, /whisker/g)).toBe(0);
    expect(text).toContain("Decker and Wattenhofer 2013");
    expect(text).toContain("<td>500 ms</td><td>2 s</td><td>1,000</td><td>20.0 %</td>");
  });

  it("counts blocks in whole steps, each told once", () => {
    for (const deepest of [1, 2, 3, 9]) {
      const text = sweepHtmlReport(
        "",
        sweepOf([LATENCY], () => ({ ...figures(5), deepest })),
      );
      const plot = text.slice(text.indexOf('aria-label="Deepest reorganisation'));
      const [, ticks = ""] = /<g class="tick">([^]*?)<\/g>/.exec(plot) ?? [];
      const told = [...ticks.matchAll(/text-anchor="end">([^<]+)</g)].map(([, tick]) => tick);
      expect(told.length).toBeGreaterThan(1);
      expect(new Set(told).size, told.join()).toBe(told.length);
    }
  });

  it("puts points where their values are: equal factors apart, and higher for more", () => {
    const text = sweepHtmlReport(
      "",
      sweepOf([LATENCY], ({ latency = 0 }) => figures(latency)),
    );
    const [line = ""] = [...text.matchAll(/<polyline class="own" points="([^"]+)"/g)].map(
      ([, points]) => points ?? "",
    );
    const points = line.split(" ").map((point) => point.split(",").map(Number));
    const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = [], [x3 = 0, y3 = 0] = []] = points;
    expect(Math.abs(x2 - x1 - (x3 - x2))).toBeLessThan(0.3);
    expect(y1 > y2 && y2 > y3).toBe(true);
    expect([x1, x3].every((x) => x > 46 && x < 346)).toBe(true);
  });

  it("shows selfish miners on the curve, the honest diagonal, and the threshold", () => {
    const text = sweepHtmlReport("", SELFISH);
    expect(unbalanced(text)).toEqual([]);
    const plot =
      /<svg[^>]*aria-label="Share of the blocks of a selfish miner[^]*?<\/svg>/.exec(text)?.[0] ??
      "";
    expect(plot).toContain("pays from 25 % on");
    // α from 0 to 50 % over 300 px: the threshold stands in the middle, the curve ends top right.
    expect(plot).toContain('<line class="moment" x1="196"');
    expect(plot).toMatch(/<polyline class="line-ink" points="46,180 [^"]* 346,22"\/>/);
    expect(plot).toContain('<polyline class="dash" points="46,180 346,101"/>');
    expect(count(plot, /class="shape"/g)).toBe(2);
    expect(count(plot, /class="whisker"/g)).toBe(2);
    expect(text).toContain("Withholding blocks paid at 1 of 2 points.");
    expect(text).toContain("at most 1.3 standard errors, in 2 tests");
    const both = sweepOf([LATENCY, ATTACKER], ({ attacker = 0 }) => attacked(attacker, 0.2));
    expect(sweepHtmlReport("", both)).toContain('<g class="hollow">');
  });

  it("escapes what strangers wrote", () => {
    const hostile = `"><script>alert(1)</script>&amp;`;
    const text = sweepHtmlReport(
      hostile,
      sweepOf([PACE], () => figures(3), hostile),
    );
    expect(text).not.toContain("<script");
    expect(unbalanced(text)).toEqual([]);
  });

  it("draws six lines at most and says so; the table has all", () => {
    const many: SweepAxis = { name: "degree", values: [1, 2, 3, 4, 5, 6, 7, 8] };
    const text = sweepHtmlReport(
      "",
      sweepOf([LATENCY, many], () => figures(5)),
    );
    expect(count(text, /<polyline class="own" /g)).toBe(12);
    expect(text).toContain("The first 6 of 8 lines; the table has all.");
    expect(text).toContain("<td>500 ms</td><td>8</td>");
  });

  it("has something to say for one point, for zero, and for nothing found", () => {
    const one = sweepOf([{ name: "latency", values: [0] }], () => figures(0));
    const none = sweepOf([PACE], () =>
      figures(0, {
        blocks: 0,
        found: 0,
        theory: null,
        forkRate: null,
        propagationP50Ms: null,
        propagationP95Ms: null,
        meanBlockTimeMs: null,
        meanToPace: null,
      }),
    );
    for (const result of [one, none]) {
      const text = sweepHtmlReport("", result);
      expect(unbalanced(text)).toEqual([]);
      expect(text).not.toMatch(/NaN|Infinity|undefined|null/);
    }
    expect(staleSweepVerdict(one)).toBe("No block was lost at any point.");
    expect(staleSweepVerdict(none)).toBe("No block was found.");
  });
});

describe("verdicts of a sweep", () => {
  it("name the extremes, and how often theory agrees", () => {
    expect(staleSweepVerdict(FORKS)).toBe(
      "Between 0 % (latency 20 ms, pace 1 min) and 20.0 % (latency 500 ms, pace 2 s) of all blocks were lost. " +
        "Theory lies in the 95 % interval at 6 of 6 points.",
    );
    const off = sweepOf([PACE], () => figures(100, { theory: forkTheory(0.5) }));
    expect(staleSweepVerdict(off)).toContain("at 0 of 2 points");
    expect(staleSweepVerdict(SELFISH)).toContain("Theory does not apply");
    expect(selfishSweepVerdict(FORKS)).toBe("");
    const untested = sweepOf([ATTACKER], ({ attacker = 0 }) => {
      const row = attacked(attacker, 0.5);
      return {
        ...row,
        attacker: row.attacker === null ? null : { ...row.attacker, deviation: null },
      };
    });
    expect(selfishSweepVerdict(untested)).toMatch(
      /^Withholding blocks paid at 2 of 2 points\. No test/,
    );
  });
});

describe("sweepCsvReport", () => {
  it("has a line for each run, with empty fields for what there is not", () => {
    const lines = sweepCsvReport(FORKS).split("\r\n");
    expect(lines).toHaveLength(8);
    const head = lines[0]?.split(",") ?? [];
    expect(head.slice(0, 4)).toEqual(["latency_ms", "pace_ms", "seed", "blocks"]);
    const cells = Object.fromEntries(
      head.map((name, index) => [name, lines[5]?.split(",")[index]]),
    );
    expect(cells).toMatchObject({
      latency_ms: "500",
      pace_ms: "2000",
      stale: "250",
      stale_rate: "0.2",
      attacker_share: "",
      log_hash: "ab".repeat(32),
    });
    expect(sweepCsvReport(SELFISH)).toMatch(/^attacker_percent,seed,/);
  });
});
