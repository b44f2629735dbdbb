import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grow, openTestChain } from "../chain/testing/forge.ts";
import { testAuthor, testGenesis } from "../chain/testing/mine.ts";
import { encodeBlock } from "../kernel/block.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import { encodeGenesis } from "../kernel/genesis.ts";
import { initKernel } from "../kernel/init.ts";
import { targetFromCompact, workOfTarget } from "../kernel/target.ts";
import { runYaml } from "../lab/testing/run-yaml.ts";
import { labReplay } from "./lab-replay.ts";

let folder = "";
beforeAll(async () => {
  await initKernel();
  folder = await mkdtemp(join(tmpdir(), "fabula-replay-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function replayed(text: string, last = 100): Promise<string> {
  const path = join(folder, "story.json");
  await writeFile(path, text);
  const printed: string[] = [];
  const output = { result: (line: string) => printed.push(line), message: () => {} };
  await labReplay(path, { last }, output);
  return printed.join("\n");
}

describe("lab replay", () => {
  it("makes a scenario of an export that gives the story's blocks again", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    const blocks = await grow(own, 8, [1, 2, 3].map(testAuthor));
    const story = {
      format: "fabula-story/1",
      story: own.chain.storyId,
      genesis: hexFromBytes(encodeGenesis(own.chain.genesis)),
      blocks: blocks.map((block) => hexFromBytes(encodeBlock(block))),
    };
    const yaml = await replayed(JSON.stringify(story));
    expect(yaml).toContain('"The lamp", paragraphs 1 to 8');
    const { canon, scenario, refusals } = await runYaml(yaml);
    expect(refusals).toEqual({});
    expect(Array.from(canon.work)).toEqual(
      blocks.map(({ header }) => Number(workOfTarget(targetFromCompact(header.target)))),
    );
    expect(Array.from(canon.miner, (agent) => scenario.agents[agent]?.id)).toEqual(
      blocks.map(({ header }) => hexFromBytes(header.author).slice(0, 8)),
    );
    expect(await replayed(JSON.stringify(story), 3)).toContain("paragraphs 6 to 8");
    await expect(replayed(JSON.stringify({ ...story, blocks: [] }))).rejects.toMatchObject({
      code: "nothing-to-replay",
    });
  });

  it.each([
    ["text that is no JSON", "agents: []", ""],
    ["other JSON", '{"format":"fabula-lab-run/1"}', "format"],
    ["an export without blocks", '{"format":"fabula-story/1","story":"","genesis":""}', "blocks"],
  ])("refuses %s", async (_, text, field) => {
    await expect(replayed(text)).rejects.toMatchObject({ code: "bad-export", data: { field } });
  });
});
