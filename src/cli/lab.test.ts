import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PUBLISHED_EXAMPLE } from "../lab/scenario/published-example.ts";
import { setUpCommand } from "./testing/built-command.ts";

const { folder, start, outcome, printed } = setUpCommand();

const SMALL = `agents:
  user_agents:
    - { id: large, is_miner: true, attributes: { hashrate: "60" } }
    - { id: small, is_miner: true, attributes: { hashrate: "40" } }
lab:
  name: Two miners
  engine: autonomous
  blocks: 40
  seeds: [1, 2]
`;
const WRONG = `agents:
  user_agents:
    - is_miner: true
      attributes:
        hashrate: "-5"
`;

async function written(name: string, text: string): Promise<string> {
  const path = join(folder(), name);
  await writeFile(path, text);
  return path;
}

interface Printed {
  readonly miners: readonly { readonly id: string; readonly hashrate: number }[];
  readonly logHash: string;
  readonly runs?: readonly { readonly seed: number; readonly logHash: string }[];
}

describe("fabula lab", () => {
  it("runs the published example: JSON alone on stdout, the warning with its line on stderr", async () => {
    const path = await written("published.yaml", PUBLISHED_EXAMPLE);
    const run = ["lab", "run", path, "--seed", "7", "--blocks", "4", "--json"];
    const [first, again] = [await outcome(...run), await outcome(...run)];
    expect(first).toEqual(again);
    expect(first.stderr).toMatch(/^\S+published\.yaml:8:19: warning: .*90.*\[hashrate-sum\]$/);
    const { miners, logHash } = JSON.parse(first.stdout) as Printed;
    expect(logHash).toMatch(/^[0-9a-f]{64}$/);
    expect(miners.map(({ hashrate }) => hashrate)).toEqual([25, 25, 10, 10, 10, 5, 5]);
    for (const miner of miners) {
      expect(miner).toMatchObject({ blocks: expect.any(Number), reward: expect.any(Number) });
    }
    const strict = await outcome("lab", "run", path, "--strict");
    expect([strict.code, strict.stdout]).toEqual([1, ""]);
    expect(strict.stderr).toContain("published.yaml:8:19: error:");
  }, 60_000);

  it("runs all seeds of a scenario and writes its reports", async () => {
    const path = await written("small.yaml", SMALL);
    const [page, table] = [join(folder(), "out.html"), join(folder(), "out.csv")];
    const text = await printed("lab", "run", path, "--report", page, "--csv", table);
    expect(text).toContain("Two miners: autonomous engine, seed 1, 40 blocks");
    expect(text).toMatch(/^miner +hash rate +expected +share +95 % band +blocks +both tokens$/m);
    expect(text).toContain("All seeds");
    expect(text).toMatch(/^Over all seeds \d+ of \d\d blocks were lost: /m);
    expect(await readFile(page, "utf8")).toMatch(/^<!doctype html>[^]*Two miners[^]*<\/html>\n$/);
    expect((await readFile(table, "utf8")).trim().split("\r\n")).toHaveLength(81);

    const report = JSON.parse(await printed("lab", "run", path, "--json")) as Printed;
    expect(report.runs?.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(report.runs?.[0]?.logHash).toBe(report.logHash);
    const single = JSON.parse(
      await printed("lab", "run", path, "--seed", "2", "--json"),
    ) as Printed;
    expect(single.logHash).toBe(report.runs?.[1]?.logHash);
    expect(single).not.toHaveProperty("runs");

    const three = await printed("lab", "run", path, "--seeds", "2..3,1", "--json");
    const seeds = (JSON.parse(three) as Printed).runs?.map(({ seed }) => seed);
    expect(seeds).toEqual([2, 3, 1]);
    expect(JSON.parse(three)).toMatchObject({
      forks: { overSeeds: { found: expect.any(Number), interval: { low: expect.any(Number) } } },
      sharesOverSeeds: [{ id: "large", interval: { high: expect.any(Number) } }, { id: "small" }],
    });
    for (const list of ["3..1", "1..65", "1,x", "1...2", ""]) {
      const refused = await outcome("lab", "run", path, "--seeds", list);
      expect(refused, list).toMatchObject({ code: 2, stdout: "" });
      expect(refused.stderr).toContain("such as 1..30 or 1,2,7");
    }
    expect((await outcome("lab", "run", path, "--seeds", "1,2", "--seed", "1")).code).toBe(2);
  }, 60_000);

  it("validates with line numbers: 0 for what can be run, 1 for what cannot", async () => {
    const [good, bad] = [await written("good.yaml", SMALL), await written("bad.yaml", WRONG)];
    expect(await printed("lab", "validate", good)).toContain("good.yaml is valid: 2 agents");
    const { code, stdout, stderr } = await outcome("lab", "validate", bad);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/bad\.yaml:5:\d+: error: /);
    expect(stderr).toContain("[bad-scenario]");

    const piped = start("lab", "validate", "-");
    piped.child.stdin?.end(WRONG);
    expect(await piped.ended).toBe(1);
    expect(piped.stderr()).toContain("<stdin>:5:");
  }, 60_000);

  it("compares two scenarios, or two reports, alike", async () => {
    const path = await written("small.yaml", SMALL);
    const [a, b] = [
      await written("a.json", await printed("lab", "run", path, "--seed", "1", "--json")),
      await written("b.json", await printed("lab", "run", path, "--seed", "2", "--json")),
    ];
    const text = await printed("lab", "compare", a, b);
    expect(text).toMatch(/^A: \S+a\.json \(Two miners\), seed 1, 40 blocks\nB: /);
    expect(text).toContain("Welch's t = ");
    const fromReport = await printed("lab", "compare", a, a, "--json");
    const fromScenario = await printed("lab", "compare", path, path, "--seed", "1", "--json");
    expect(fromScenario).toBe(fromReport);
    expect(JSON.parse(fromReport)).toMatchObject({ blockTimes: { test: { t: 0, pValue: 1 } } });
    for (const json of ['{"format":"other"}', '{"blocks":[]}', "[1, 2]", "7"]) {
      const foreign = await written("foreign.json", json);
      expect(await outcome("lab", "compare", a, foreign), json).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringContaining("neither a report of fabula lab run --json nor a scenario"),
      });
    }
  }, 60_000);

  it("sweeps lists of values and writes reports of them", async () => {
    const path = await written("small.yaml", SMALL);
    const [page, table] = [join(folder(), "sweep.html"), join(folder(), "sweep.csv")];
    const lists = ["lab", "sweep", path, "--latency", "50,1s", "--pace", "2,1m"];
    const text = await printed(...lists, "--report", page, "--csv", table);
    expect(text).toContain("Two miners: 4 points, seeds 1, 2 put together");
    expect(text).toMatch(/^1 s +2 s +80 +[\d.]+ %/m);
    expect(await readFile(page, "utf8")).toMatch(/^<!doctype html>[^]*Two miners[^]*<\/html>\n$/);
    expect((await readFile(table, "utf8")).trim().split("\r\n")).toHaveLength(9);

    const json = [...lists, "--blocks", "20", "--seed", "2", "--json"];
    const first = await printed(...json);
    expect(await printed(...json)).toBe(first);
    expect(JSON.parse(first)).toMatchObject({
      format: "fabula-lab-sweep/1",
      seeds: [2],
      rows: [
        { values: { latency: 50, pace: 2_000 }, blocks: 20 },
        { values: { latency: 50, pace: 60_000 } },
        { values: { latency: 1_000, pace: 2_000 } },
        { values: { latency: 1_000, pace: 60_000 } },
      ],
    });
  }, 60_000);

  it("refuses a sweep that cannot be, and leaves no file", async () => {
    const path = await written("small.yaml", SMALL);
    const page = join(folder(), "sweep.html");
    const sweep = (...lists: readonly string[]): ReturnType<typeof outcome> =>
      outcome("lab", "sweep", path, "--report", page, ...lists);
    const refusals: readonly (readonly [readonly string[], number, string])[] = [
      [[], 1, "[sweep-no-axis]"],
      [["--attacker", "10,20"], 1, "exactly one attacker"],
      [["--latency", "1,2", "--pace", "2,3", "--peers", "2"], 1, "[sweep-report-axes]"],
      [["--pace", "1"], 1, "from 2000 to"],
      [["--latency", "1,quick"], 2, "with commas between them"],
      [["--latency", "0.5"], 2, "with commas between them"],
    ];
    for (const [lists, code, text] of refusals) {
      const { stderr, ...ended } = await sweep(...lists);
      expect(ended, text).toEqual({ code, stdout: "" });
      expect(stderr).toContain(text);
    }
    expect(await readdir(folder())).toEqual(["small.yaml"]);
  }, 60_000);

  it("puts the difficulty rules side by side", async () => {
    const path = await written("small.yaml", SMALL);
    const text = await printed("lab", "difficulty", path, "--blocks", "60");
    expect(text).toContain("Two miners: 1 h at a pace of 1 min, means over seeds 1, 2");
    for (const rule of ["relief", "average", "mean-target", "asert", "asert-relief"]) {
      expect(text).toMatch(new RegExp(`^${rule} +\\d+`, "m"));
    }
    expect(text).toMatch(/^Best in each column – .*silent: /m);
    const json = ["lab", "difficulty", path, "--blocks", "60", "--seed", "2", "--json"];
    const first = await printed(...json);
    expect(await printed(...json)).toBe(first);
    expect(JSON.parse(first)).toMatchObject({ seeds: [2], rows: { length: 5 }, attackerWeight: 0 });

    const published = await written("published.yaml", PUBLISHED_EXAMPLE);
    const clock = ["lab", "difficulty", published, "--blocks", "20", "--seed", "1"];
    const { code, stdout, stderr } = await outcome(...clock);
    expect([code, stdout.split("\n").length]).toEqual([0, 13]);
    expect(stderr).toContain("autonomous miners run instead");
  }, 60_000);

  it("writes the registries, or prints them", async () => {
    const path = await written("small.yaml", SMALL);
    const all = JSON.parse(await printed("lab", "registry", path)) as Record<string, unknown>;
    const out = join(folder(), "shared", "registry");
    await printed("lab", "registry", path, "--out", out);
    expect((await readdir(out)).toSorted()).toEqual(Object.keys(all).toSorted());
    const miners: unknown = JSON.parse(await readFile(join(out, "miners.json"), "utf8"));
    expect(miners).toEqual(all["miners.json"]);
    expect(miners).toMatchObject({
      miners: [
        { agent_id: "large", weight: 60, wallet_address: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { agent_id: "small", weight: 40 },
      ],
    });
  }, 60_000);

  it("says before the run that a report cannot be written", async () => {
    const path = await written("small.yaml", SMALL);
    const { code, stdout, stderr } = await outcome("lab", "run", path, "--report", folder());
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("[file-unwritable]");
    const out = join(folder(), "out");
    const refusals = [
      [["--csv", path], "[output-is-input]"],
      [["--report", out, "--csv", out], "[output-twice]"],
      [["--report", "-"], "[output-no-file]"],
    ] as const;
    for (const [options, text] of refusals) {
      for (const command of [["run"], ["sweep", "--latency", "1,2"]]) {
        const refused = await outcome("lab", ...command, path, ...options);
        expect(refused).toMatchObject({ code: 1, stdout: "" });
        expect(refused.stderr).toContain(text);
      }
    }
    expect(await readFile(path, "utf8")).toBe(SMALL);
    expect(await readdir(folder())).toEqual(["small.yaml"]);
  });

  it.each([
    ["run", "SIGINT"],
    ["run", "SIGTERM"],
    ["sweep", "SIGINT"],
  ] as const)(
    "lab %s: %s ends it with 1 and leaves the old report",
    async (command, signal) => {
      const endless = SMALL.replace("blocks: 40", "blocks: 1000000");
      // The warning that is printed before the run begins says when to stop it.
      const path = await written("endless.yaml", endless.replace('"60"', '"70"'));
      const page = await written("out.html", "old");
      const values = command === "sweep" ? ["--latency", "1,2"] : [];
      const run = start("lab", command, path, "--report", page, ...values);
      await once(run.child.stderr ?? run.child, "data");
      while (!(await readdir(folder())).some((name) => name.endsWith(".part"))) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      run.child.kill(signal);
      expect([await run.ended, run.stdout()]).toEqual([1, ""]);
      expect(run.stderr()).toContain("[lab-stopped]");
      expect(await readFile(page, "utf8")).toBe("old");
      expect((await readdir(folder())).toSorted()).toEqual(["endless.yaml", "out.html"]);
    },
    60_000,
  );
});
