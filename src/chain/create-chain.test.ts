import { beforeAll, describe, expect, it } from "vitest";
import { initKernel } from "../kernel/init.ts";
import { createChain } from "./create-chain.ts";
import { mineBlock, TEST_PACE_MS, TEST_START_MS, testAuthor, testGenesis } from "./testing/mine.ts";
import { createTestStore } from "./testing/test-store.ts";

beforeAll(initKernel);

describe("createChain", () => {
  it("[FRK-2] mines, connects, reads back", async () => {
    const store = createTestStore();
    const { chain, faults } = await createChain({ genesis: testGenesis(), store });
    expect(faults).toEqual([]);
    for (let n = 1; n <= 10; n++) {
      const nowMs = TEST_START_MS + n * TEST_PACE_MS;
      const block = mineBlock(chain, { author: testAuthor(n % 3), text: `Line ${n}.`, nowMs });
      expect(await chain.connectBlock(block, nowMs)).toMatchObject({ kind: "extended" });
    }
    const paragraphs = await chain.readParagraphs(1, 100);
    expect(paragraphs.map((p) => p.paragraph?.text)).toEqual(
      Array.from({ length: 10 }, (_, n) => `Line ${n + 1}.`),
    );
    const again = await createChain({ genesis: testGenesis(), store });
    expect(again.faults).toEqual([]);
    expect(again.chain.tip().id).toBe(chain.tip().id);
    const branch = (
      await createChain({ genesis: testGenesis(), store: createTestStore() })
    ).chain.headerBranch();
    const pushed = branch.push(
      chain.headersAfter(chain.locator().slice(-1), 100),
      TEST_START_MS * 2,
    );
    expect(pushed).toEqual({ kind: "accepted", added: 10 });
    expect(branch.wins).toBe(true);
    expect(branch.totalWork).toBe(chain.tip().totalWork);
  });
});
