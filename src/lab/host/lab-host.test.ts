import { describe, expect, it } from "vitest";
import type { Bridge } from "../../threads/bridge.ts";
import { COMPARED_RULES } from "../retarget/compare-rules.ts";
import { EXAMPLES } from "../scenario/examples.ts";
import { RETARGET_NAMES } from "../scenario/scenario.ts";
import { createLabHost } from "./lab-host.ts";
import type {
  HostProgress,
  LabPageApi,
  LabWorkerApi,
  ReportFormat,
  RunRequest,
  RunView,
} from "./protocol.ts";

const TEN: string = EXAMPLES.find(({ id }) => id === "equal-miners")?.yaml ?? "";

interface StartedHost {
  readonly host: LabWorkerApi;
  readonly progress: HostProgress[];
  readonly snapshots: RunView[];
  /** Runs between two slices. */
  between: () => void;
}

/** A host whose clock moves whenever it is looked at, and what it told the page. */
function startHost(stepMs = 30): StartedHost {
  const progress: HostProgress[] = [];
  const snapshots: RunView[] = [];
  let nowMs = 0;
  const page = {
    notify(name: keyof LabPageApi, value: never) {
      if (name === "progress") progress.push(value);
      else snapshots.push(value);
    },
  } as unknown as Bridge<LabPageApi>;
  const started: StartedHost = {
    progress,
    snapshots,
    between: () => {},
    host: createLabHost(() => page, {
      now: () => (nowMs += stepMs),
      pause: async () => started.between(),
    }),
  };
  return started;
}

function request(yaml: string, change: Partial<RunRequest> = {}): RunRequest {
  return { yaml, strict: false, seed: null, blocks: 60, ...change };
}

describe("the lab's host", () => {
  it("says what a configuration comes to, or what is wrong with it", async () => {
    const { host } = startHost();
    const good = await host.validate({ yaml: TEN, strict: false });
    expect(good.problems).toEqual([]);
    expect(good.outline).toMatchObject({ name: "Ten equal miners", miners: 10, blocks: 2_000 });
    const bad = await host.validate({ yaml: "lab:\n  blocks: none\n", strict: false });
    expect(bad.outline).toBeNull();
    expect(bad.problems.map(({ line }) => line)).toContain(2);
  });

  it("runs, tells how far it is, and shows figures on the way that are complete", async () => {
    const { host, progress, snapshots } = startHost();
    const { view, summaries } = await host.run(request(TEN, { blocks: 400 }));
    expect(summaries).toHaveLength(1);
    expect(view.summary).toEqual(summaries[0]);
    expect(view.summary.blocks).toBe(400);
    const heights = progress.map(({ height }) => height);
    expect(heights.length).toBeGreaterThan(1);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    expect(snapshots.length).toBeGreaterThan(0);
    for (const { summary, series, meanTimes } of snapshots) {
      expect(summary.miners.reduce((sum, { blocks }) => sum + blocks, 0)).toBe(summary.blocks);
      expect(series.atMs).toHaveLength(series.work.length);
      expect(meanTimes.atMs).toHaveLength(meanTimes.value.length);
    }
  });

  it("tells less often than it works", async () => {
    let slices = 0;
    const started = startHost(12);
    started.between = () => {
      slices += 1;
    };
    await started.host.run(request(TEN, { blocks: 1_500 }));
    expect(started.progress.length).toBeLessThan(slices);
    expect(started.snapshots.length).toBeLessThan(started.progress.length);
  });

  it("gives the same log with snapshots as another host of the same scenario and seed", async () => {
    const [a, b] = await Promise.all(
      [startHost(), startHost()].map(({ host }) => host.run(request(TEN))),
    );
    expect(a?.view.summary.logHash).toBe(b?.view.summary.logHash);
  });

  it("runs every seed of a scenario, and one seed in place of them", async () => {
    const yaml = TEN.replace("  pace: 60", "  pace: 60\n  seeds: [4, 5, 6]");
    const { host, progress } = startHost();
    const all = await host.run(request(yaml));
    expect(all.summaries.map(({ seed }) => seed)).toEqual([4, 5, 6]);
    expect(new Set(progress.map(({ run, runs, label }) => `${run}/${runs} ${label}`))).toEqual(
      new Set(["1/3 seed 4", "2/3 seed 5", "3/3 seed 6"]),
    );
    const done = progress.map((one) => one.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    const one = await host.run(request(yaml, { seed: 5 }));
    expect(one.summaries).toEqual([all.summaries[1]]);
  });

  it("cancels between two slices, and can run again", async () => {
    const started = startHost();
    started.between = () => started.host.cancel(null);
    await expect(started.host.run(request(TEN, { blocks: 5_000 }))).rejects.toMatchObject({
      code: "cancelled",
    });
    started.between = () => {};
    await expect(started.host.run(request(TEN))).resolves.toMatchObject({ run: 1 });
  });

  it("runs one thing at a time", async () => {
    const { host } = startHost();
    const first = host.run(request(TEN));
    await expect(host.run(request(TEN))).rejects.toMatchObject({ code: "lab-busy" });
    await first;
  });

  it("compares no more summaries than a scenario has seeds", async () => {
    const { host } = startHost();
    const { summaries } = await host.run(request(TEN, { blocks: 2 }));
    const many = (count: number) => Array.from({ length: count }).flatMap(() => summaries);
    await expect(host.compare({ a: many(64), b: many(1) })).resolves.toBeDefined();
    await expect(host.compare({ a: many(65), b: many(1) })).rejects.toMatchObject({
      code: "bad-request",
    });
  });

  it("writes reports of the last runs, and says when one is gone", async () => {
    const { host } = startHost();
    const { run, summaries } = await host.run(request(TEN));
    const csv = await host.report({ run, format: "csv" });
    expect(csv.trimEnd().split("\r\n")).toHaveLength(61);
    const json = await host.report({ run, format: "json" });
    expect(JSON.parse(json)).toEqual(summaries[0]);
    expect(await host.report({ run, format: "html" })).toContain("Ten equal miners");
    for (let more = 0; more < 6; more += 1) await host.run(request(TEN, { blocks: 2 }));
    await expect(host.report({ run, format: "csv" })).rejects.toMatchObject({ code: "run-gone" });
  });

  it("compares two runs", async () => {
    const { host } = startHost();
    const a = await host.run(request(TEN, { seed: 1 }));
    const b = await host.run(request(TEN, { seed: 2 }));
    const comparison = await host.compare({ a: a.summaries, b: b.summaries });
    expect(comparison.a.seeds).toEqual([1]);
    expect(comparison.shares).toHaveLength(10);
    await expect(host.compare({ a: [], b: b.summaries })).rejects.toMatchObject({
      code: "bad-request",
    });
  });

  it("runs a scenario under every rule, with a course of each", async () => {
    const { host, progress } = startHost();
    const { comparison, courses, phases } = await host.rules(request(TEN, { blocks: 120 }));
    expect(comparison.rows.map(({ rule }) => rule)).toEqual(COMPARED_RULES);
    expect(courses.map(({ rule }) => rule)).toEqual(COMPARED_RULES);
    for (const { atMs, height, rule } of courses) {
      expect(atMs, rule).toEqual(courses[0]?.atMs);
      // The last sample is taken shortly before the end.
      const { blocks = 0 } = comparison.rows.find((row) => row.rule === rule) ?? {};
      expect(blocks - (height.at(-1) ?? 0), rule).toBeOneOf([0, 1, 2]);
    }
    expect(phases).toEqual([]);
    expect(progress.at(0)).toMatchObject({ run: 1, runs: 5, label: "relief" });
  });

  it("cancels a comparison of rules, and can run again", async () => {
    const started = startHost();
    started.between = () => started.host.cancel(null);
    const asked = started.host.rules(request(TEN, { blocks: 5_000 }));
    await expect(asked).rejects.toMatchObject({ code: "cancelled" });
    started.between = () => {};
    await expect(started.host.run(request(TEN))).resolves.toMatchObject({ run: 1 });
  });

  it("runs a sweep, tells which run it is at, and writes its reports", async () => {
    const { host, progress } = startHost();
    const axes = [
      { name: "latency", values: [20, 2_000] },
      { name: "pace", values: [5_000] },
    ] as const;
    const result = await host.sweep({ ...request(TEN, { blocks: 100 }), axes });
    expect(result.rows.map(({ values }) => values)).toEqual([
      { latency: 20, pace: 5_000 },
      { latency: 2_000, pace: 5_000 },
    ]);
    const [near, far] = result.rows;
    expect(far?.staleRate).toBeGreaterThan(near?.staleRate ?? 1);
    expect(progress.at(-1)).toMatchObject({ run: 2, runs: 2, done: 1 });
    expect(progress.at(-1)?.label).toContain("latency 2 s, pace 5 s");
    const report = (format: ReportFormat): string =>
      host.sweepReport({ yaml: TEN, result, format });
    expect(JSON.parse(report("json"))).toEqual(result);
    expect(report("csv").trimEnd().split("\r\n")).toHaveLength(3);
    expect(report("html")).toContain("Deepest reorganisation");
    await expect(host.sweep({ ...request(TEN), axes: [] })).rejects.toMatchObject({
      code: "sweep-no-axis",
    });
  });

  it("makes a traced scenario of a live stretch, and says what each rule asks of its finds", async () => {
    const { host } = startHost();
    const blocks = Array.from({ length: 30 }, (_, index) => ({
      height: 8 + index,
      author: index % 2 === 0 ? "aa" : "bb",
      after: index % 2 === 0 ? "bb" : "aa",
      solveMs: 30_000,
      work: 60_000_000,
    }));
    const stretch = {
      title: "The lamp",
      story: "ab".repeat(32),
      paceMs: 60_000,
      blocks,
      maxTarget: 0x1d_0f_ff_f0,
    };
    const names = new Map([["aa", "ann"]]);
    const traced = await host.trace({ ...stretch, names });
    expect([...traced.ids]).toEqual([
      ["aa", "ann"],
      ["bb", "bb"],
    ]);
    const asked = await host.askedWork(request(traced.yaml, { blocks: null }));
    expect(asked.map(({ rule }) => rule)).toEqual(RETARGET_NAMES);
    const times = blocks.map((_, index) => 30_000 * (index + 1));
    for (const { atMs, rule } of asked) expect([...atMs], rule).toEqual(times);
    const last = (name: string): number =>
      asked.find(({ rule }) => rule === name)?.work.at(-1) ?? 0;
    expect(last("fixed")).toBe(asked[0]?.work[0]);
    // Twice as many as wanted: seven eighths of the target with each block after the first.
    expect(last("relief") / last("fixed") / (8 / 7) ** 29).toBeCloseTo(1, 2);
    await expect(host.askedWork(request(TEN))).rejects.toMatchObject({ code: "no-trace" });
  });

  it("hands over the help that the parser's schema gives", () => {
    expect(
      startHost()
        .host.help(null)
        .map(({ path }) => path),
    ).toContain("lab.pace");
  });
});
