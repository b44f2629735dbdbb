import { beforeAll, describe, expect, it } from "vitest";
import { openTestChain } from "../../chain/testing/forge.ts";
import { testGenesis } from "../../chain/testing/mine.ts";
import { encodeBlock } from "../../kernel/block.ts";
import { type BlockId, blockIdFromHex } from "../../kernel/brand.ts";
import { initKernel } from "../../kernel/init.ts";
import { MICRO_BODY_MAX_BYTES, ROUND_BODIES_MAX_BYTES } from "../../kernel/limits.ts";
import { MAX_RESPONSE_BYTES } from "../limits.ts";
import { fetchMicroblocks } from "./fetch-microblocks.ts";
import { lastOf, madeUpRound, serveMadeUp } from "./testing/made-up-rounds.ts";
import { storyContext } from "./testing/story-context.ts";

beforeAll(initKernel);

const keyBlock = (digit: string): BlockId => blockIdFromHex(digit.repeat(64));
const inRound = Math.floor(ROUND_BODIES_MAX_BYTES / MICRO_BODY_MAX_BYTES);

describe("microblocks of a round", () => {
  it("[NET-6] [BODY-1b] a peer that goes on for ever is cut off once a round is full", async () => {
    const { chain } = await openTestChain({ genesis: testGenesis() });
    const blocks = madeUpRound(keyBlock("a"), 200);
    let questions = 0;
    const { context, points, codesOf } = storyContext(chain, {
      answer: (_peer, question) => {
        questions++;
        return serveMadeUp([blocks])(question);
      },
    });
    // Its last one never comes.
    const round = { keyBlock: keyBlock("a"), last: keyBlock("f") };
    await expect(fetchMicroblocks(context, "x", [round])).rejects.toMatchObject({
      code: "round-too-large",
    });
    expect(questions).toBe(1);
    expect(codesOf("x")).toEqual(["round-too-large"]);
    expect(points.get("x")).toBe(100);
  });

  it("[BODY-1b] a full round comes whole", async () => {
    const { chain } = await openTestChain({ genesis: testGenesis() });
    const blocks = madeUpRound(keyBlock("a"), inRound);
    const { context, points } = storyContext(chain, {
      answer: (_peer, question) => serveMadeUp([blocks])(question),
    });
    const round = { keyBlock: keyBlock("a"), last: lastOf(blocks) };
    const found = await fetchMicroblocks(context, "x", [round]);
    expect(found.get(round.last)?.blocks).toHaveLength(inRound);
    expect(points.size).toBe(0);
  });

  it("[NET-6] asks for no more rounds once enough bytes have come, and returns whole ones only", async () => {
    const { chain } = await openTestChain({ genesis: testGenesis() });
    const lines = ["a", "b", "c", "d", "e"].map((digit) =>
      madeUpRound(keyBlock(digit), inRound - 2),
    );
    let receivedBytes = 0;
    const { context, points } = storyContext(chain, {
      answer: (_peer, question) => {
        const answer = serveMadeUp(lines)(question);
        if (answer.TAG === "blocks") {
          for (const bytes of answer.data) receivedBytes += bytes.length;
        }
        return answer;
      },
    });
    const rounds = lines.map((blocks, index) => ({
      keyBlock: keyBlock("abcde"[index] ?? "a"),
      last: lastOf(blocks),
    }));
    const maxBytes = ROUND_BODIES_MAX_BYTES;
    const found = await fetchMicroblocks(context, "x", rounds, maxBytes);
    expect([...found.keys()]).toEqual(rounds.slice(0, 2).map(({ last }) => last));
    for (const { blocks, sizeBytes } of found.values()) {
      expect(blocks).toHaveLength(inRound - 2);
      expect(sizeBytes).toBe(blocks.reduce((sum, block) => sum + encodeBlock(block).length, 0));
    }
    expect(receivedBytes).toBeLessThan(maxBytes + MAX_RESPONSE_BYTES);
    const whole = await fetchMicroblocks(context, "x", rounds);
    expect(whole.size).toBe(lines.length);
    expect(points.size).toBe(0);
  });
});
