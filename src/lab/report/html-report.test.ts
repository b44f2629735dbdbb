import { describe, expect, it } from "vitest";
import type { RunRecord } from "../run.ts";
import { summarise } from "../statistics/summarise.ts";
import {
  makeAgent,
  makeRecord,
  makeScenario,
  type RecordOptions,
} from "../statistics/testing/make-record.ts";
import { csvReport } from "./csv-report.ts";
import { htmlReport, type ReportedRun } from "./html-report.ts";
import { jsonReport, runsOf } from "./json-report.ts";
import { html } from "./markup.ts";
import { unbalanced } from "./testing/unbalanced.ts";

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;\u0000\u202e`;

function reported(record: RunRecord): ReportedRun {
  return { record, summary: summarise(record) };
}

function page(options: RecordOptions, yaml = "agents: {}\n"): string {
  return htmlReport(yaml, [reported(makeRecord(options))]);
}

const headings = (text: string): string[] =>
  [...text.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, name]) => name ?? "");

describe("htmlReport", () => {
  it("stands on its own: no script, no address of anything, balanced marks, one title", () => {
    const text = page({ scenario: { name: "Three miners" } });
    expect(text).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(text).toContain("<title>Three miners – Fabula lab</title>");
    expect(text).not.toMatch(/<script|https?:|url\(|@import|src=|href=/);
    expect(text).not.toMatch(/NaN|Infinity|undefined|\[object/);
    expect(unbalanced(text)).toEqual([]);
    expect(text.match(/<h1>/g)).toHaveLength(1);
  });

  it("escapes what strangers wrote, wherever it stands", () => {
    const agents = [50, 50].map((hashrate, index) => ({
      ...makeAgent(index, hashrate, 100),
      id: `${index}${HOSTILE}`,
      attack: index === 0 ? ({ kind: "selfish", fromMs: 0, depth: 0 } as const) : null,
    }));
    const scenario = {
      agents,
      name: HOSTILE,
      description: HOSTILE,
      phases: [{ atMs: 1, label: HOSTILE, hashrateFactor: 2 }],
    };
    const record = { refusals: { [HOSTILE]: 1 } };
    const text = page({ hashrates: [50, 50], scenario, record }, HOSTILE);
    expect(text).not.toMatch(/<script|<img|onerror='/);
    expect(text).not.toContain("\u0000");
    expect(text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(text).toContain("&amp;amp;");
    expect(unbalanced(text)).toEqual([]);
  });

  it("has a plot with axes and a caption, and figures beside it, for each question", () => {
    const text = page({
      record: { stale: 9, forks: 9, reorgDepths: [0, 8, 1] },
    });
    expect(headings(text)).toEqual([
      "The run did what it should",
      "Shares",
      "Block times",
      "Pace and difficulty",
      "Forks",
      "Spreading",
      "Rewards",
      "Scenario",
    ]);
    const figures = [...text.matchAll(/<figure>([^]*?)<\/figure>/g)].map(
      ([, inner]) => inner ?? "",
    );
    expect(figures).toHaveLength(7);
    for (const inner of figures) {
      expect(inner).toMatch(/<svg viewBox="0 0 360 \d+" role="img" aria-label="[^"]+">/);
      expect(inner).toMatch(/class="axis"[^]*<figcaption>[^<]+<\/figcaption>/);
    }
    expect(text).toContain("time since the block before, min");
    expect(text).toMatch(/Stale rate in theory<\/th><td>0\.0\d+ %/);
    expect(text).toContain("share of the best chain, %");
  });

  it("says first what was not met and what raised an alert", () => {
    const text = page({ record: { synced: 0.5, refusals: { "bad-coinbase": 2 } } });
    expect(headings(text)[0]).toBe("The run did not do what it should");
    expect(text).toContain("50.0 % of the peers have the newest common block; 90.0 % wanted");
    expect(text).toContain("2 blocks were refused.");
    expect(text.indexOf("not met")).toBeLessThan(text.indexOf("<svg"));
  });

  it("shows selfish mining beside the theory, and all seeds", () => {
    const attack = { kind: "selfish", fromMs: 0, depth: 0 } as const;
    const agents = [30, 70].map((hashrate, index) => makeAgent(index, hashrate, 100));
    const scenario = { agents: agents.map((a, i) => (i === 0 ? { ...a, attack } : a)) };
    const runs = [1, 2, 3].map((seed) =>
      reported(makeRecord({ seed, hashrates: [30, 70], scenario })),
    );
    const [first, ...others] = runs;
    const text = first ? htmlReport("", [first, ...others]) : "";
    expect(headings(text)).toEqual(
      expect.arrayContaining(["Selfish mining", "All seeds", "Shares over all seeds"]),
    );
    expect(text).toContain("it pays from 25.0 % of the hash rate on");
    expect(text).toMatch(
      /aria-label="Share of the blocks of a selfish miner[^]*?line-ink[^]*?class="whisker"[^]*?<title>agent-0: /,
    );
    expect(text).toContain("1, the first of 3");
    expect(text).toContain("Over all seeds 0 of 3,000 blocks were lost: 0 % (95 % interval 0 % to");
    expect(text).toMatch(
      /<td class="text">agent-0<\/td><td>[23]\d\.\d %<\/td><td>2\d\.\d–3\d\.\d %/,
    );
  });

  it("has something to say for a run without blocks, miners and peers that heard anything", () => {
    const nothing = { propagationMs: new Float64Array(), degrees: new Int32Array() };
    const text = page({ blocks: 0, hashrates: [0], record: nothing });
    expect(unbalanced(text)).toEqual([]);
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    expect(text).toContain("Nobody mines in this scenario.");
    expect(page({ blocks: 1, hashrates: [1] })).not.toMatch(/NaN|Infinity/);
  });

  it("folds long tables and draws no more than fits", () => {
    const text = page({ blocks: 3_000, hashrates: Array.from({ length: 300 }, () => 1) });
    expect(text).toContain("<summary>276 more</summary>");
    expect(text.match(/<circle/g)).toHaveLength(24);
    expect(text.length).toBeLessThan(250_000);
  });

  it("prints all of itself on A4: margins, the plots above the tables, nothing folded", () => {
    const text = page({}, "lab: { pace: 10 }");
    const [, print = ""] = text.split("@media print");
    expect(text).toContain("@page{margin:15mm}");
    expect(print).toContain(".pair,.pair.even{grid-template-columns:minmax(0,1fr)}");
    expect(print).toContain("details::details-content{content-visibility:visible;height:auto}");
    expect(print).toContain("pre{max-height:none;white-space:pre-wrap}");
    // A closed `details` would keep the scenario from older browsers' paper.
    expect(text).toMatch(/<h2>Scenario<\/h2><pre [^>]*>lab: \{ pace: 10 \}<\/pre>/);
  });

  it("is the same page for the same run", () => {
    expect(page({ seed: 9 })).toBe(page({ seed: 9 }));
  });
});

describe("html", () => {
  it("escapes values, and leaves markup, lists and nothing as they are meant", () => {
    const inner = html`<b>${"<&>\"'"}</b>`;
    expect(html`<p title="${'"'}">${[inner, 5, null, "a\nb"]}</p>`.text).toBe(
      '<p title="&quot;"><b>&lt;&amp;&gt;&quot;&#39;</b>5a\nb</p>',
    );
    expect(html`${"\u0007\ud800x\u0085"}`.text).toBe("\ufffd\ufffdx\ufffd");
  });
});

describe("csvReport", () => {
  it("has a line for each block of each run", () => {
    const records = [1, 2].map((seed) => makeRecord({ seed, blocks: 3 }));
    const lines = csvReport(records).split("\r\n");
    expect(lines[0]).toBe("height,miner,found_ms,timestamp_ms,interval_ms,work,seed");
    expect(lines).toHaveLength(8);
    const [record] = records;
    const second = lines[2]?.split(",") ?? [];
    expect(second[1]).toBe(`agent-${record?.canon.miner[1]}`);
    const [, foundMs = 0] = record?.canon.foundMs ?? [];
    expect(Number(second[2])).toBeCloseTo(foundMs, 3);
    expect(Number(second[4])).toBeCloseTo(foundMs - (record?.canon.foundMs[0] ?? 0), 3);
    expect([second[0], second[6]]).toEqual(["2", "1"]);
  });

  it.each([
    ['a,"b"', '"a,""b"""'],
    ["=1+1", "'=1+1"],
    ["two\nlines", '"two\nlines"'],
  ])("keeps %j one harmless field", (id, field) => {
    const agents = makeScenario([1], 60_000).agents.map((agent) => ({ ...agent, id }));
    const text = csvReport([makeRecord({ blocks: 1, hashrates: [1], scenario: { agents } })]);
    expect(text).toContain(`\r\n1,${field},`);
  });
});

describe("jsonReport", () => {
  it("is the run itself, or the first of all with their shares", () => {
    const [a, b] = [1, 2].map((seed) => summarise(makeRecord({ seed })));
    if (a === undefined || b === undefined) throw new Error("no runs");
    expect(jsonReport([a])).toBe(a);
    const report = jsonReport([a, b]);
    expect(report).toMatchObject({ ...a, runs: [a, b] });
    expect([runsOf(report), runsOf(a)]).toEqual([[a, b], [a]]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
