import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Chain } from "../chain/create-chain.ts";
import { grow, openTestChain } from "../chain/testing/forge.ts";
import { mineBlock, testAuthor, testGenesis } from "../chain/testing/mine.ts";
import { type Block, encodeBlock } from "../kernel/block.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import { encodeGenesis } from "../kernel/genesis.ts";
import { initKernel } from "../kernel/init.ts";
import { targetFromCompact, workOfTarget } from "../kernel/target.ts";
import { runYaml } from "../lab/testing/run-yaml.ts";
import { accountOf } from "../ledger/state.ts";
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

function exportOf(chain: Chain, blocks: readonly Block[]): string {
  return JSON.stringify({
    format: "fabula-story/1",
    story: chain.storyId,
    genesis: hexFromBytes(encodeGenesis(chain.genesis)),
    blocks: blocks.map((block) => hexFromBytes(encodeBlock(block))),
  });
}

const workOf = ({ header }: Block): number =>
  Number(workOfTarget(targetFromCompact(header.target)));

describe("lab replay", () => {
  it("makes a scenario of an export that gives the story's blocks again", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    const blocks = await grow(own, 8, [1, 2, 3].map(testAuthor));
    const story = exportOf(own.chain, blocks);
    const yaml = await replayed(story);
    expect(yaml).toContain('"The lamp", paragraphs 1 to 8');
    const { canon, scenario, refusals } = await runYaml(yaml);
    expect(refusals).toEqual({});
    expect(Array.from(canon.work)).toEqual(blocks.map(workOf));
    expect(Array.from(canon.miner, (agent) => scenario.agents[agent]?.id)).toEqual(
      blocks.map(({ header }) => hexFromBytes(header.author).slice(0, 8)),
    );
    expect(await replayed(story, 3)).toContain("paragraphs 6 to 8");
    await expect(replayed(exportOf(own.chain, []))).rejects.toMatchObject({
      code: "nothing-to-replay",
    });
  });

  it("of a young story by one author, whose first paragraph came late, has its work and rewards", async () => {
    const { chain } = await openTestChain({ genesis: testGenesis({ paceMs: 15_000 }) });
    const blocks: Block[] = [];
    for (const solveMs of [848_734, 30_019, 30_020]) {
      const nowMs = chain.tip().timestampMs + solveMs;
      const block = mineBlock(chain, { author: testAuthor(1), text: "A line.", nowMs });
      expect((await chain.connectBlock(block, nowMs)).kind).toBe("extended");
      blocks.push(block);
    }
    const yaml = await replayed(exportOf(chain, blocks));
    const { canon, agents, refusals } = await runYaml(yaml);
    expect(refusals).toEqual({});
    expect(Array.from(canon.work)).toEqual(blocks.map(workOf));
    const { consumer, industrial } = accountOf(chain.headState(), testAuthor(1).address);
    expect(consumer).toBeGreaterThan(0n);
    expect(agents[0]).toMatchObject({
      consumer: Number(consumer),
      industrial: Number(industrial),
    });
    // From the second on the rest before it is not known; at the easiest target it makes no difference.
    const later = await replayed(exportOf(chain, blocks), 2);
    expect(Array.from((await runYaml(later)).canon.work)).toEqual(blocks.slice(1).map(workOf));
  });

  it.each([
    ["text that is no JSON", "agents: []", ""],
    ["other JSON", '{"format":"fabula-lab-run/1"}', "format"],
    ["an export without blocks", '{"format":"fabula-story/1","story":"","genesis":""}', "blocks"],
  ])("refuses %s", async (_, text, field) => {
    await expect(replayed(text)).rejects.toMatchObject({ code: "bad-export", data: { field } });
  });
});
