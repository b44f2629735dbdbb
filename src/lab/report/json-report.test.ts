import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { initKernel } from "../../kernel/init.ts";
import { summarise } from "../statistics/summarise.ts";
import { minersYaml, runYaml } from "../testing/run-yaml.ts";
import { csvReport } from "./csv-report.ts";
import { jsonReport } from "./json-report.ts";

beforeAll(initKernel);

describe("docs/LAB.md, Output", () => {
  it("names every field at the top of the JSON and every column of the CSV", async () => {
    const text = await readFile(new URL("../../../docs/LAB.md", import.meta.url), "utf8");
    const [, section = ""] = text.split("\n## Output\n");
    const named = new Set(Array.from(section.matchAll(/`([A-Za-z0-9_]+)`/g), ([, name]) => name));
    const record = await runYaml(minersYaml([60, 40], "blocks: 12"));
    const summary = summarise(record);
    const report = jsonReport([summary, { ...summary, seed: 2 }]);
    expect(Object.keys(report).filter((key) => !named.has(key))).toEqual([]);
    const [columns = ""] = csvReport([record]).split("\r\n");
    expect(columns.split(",").filter((column) => !named.has(column))).toEqual([]);
    // What the section explains is there.
    const [miner] = summary.miners;
    const explained = ["hashrate", "weight", "blocks", "found", "reward", "rewardConsumer"];
    expect(miner).toMatchObject(
      Object.fromEntries(explained.map((key) => [key, expect.anything()])),
    );
    expect(miner?.reward).toBe((miner?.rewardConsumer ?? 0) + (miner?.rewardIndustrial ?? 0));
    expect(Object.keys(summary.work ?? {}).filter((key) => !named.has(key))).toEqual([]);
  });
});
