import { beforeAll, describe, expect, it } from "vitest";
import { blockIdOf } from "../kernel/header.ts";
import { initKernel } from "../kernel/init.ts";
import type { TestChain } from "./testing/forge.ts";
import { forkOf, grow, openTestChain, withHeader } from "./testing/forge.ts";
import { mineBlock, TEST_PACE_MS, testAuthor, testGenesis } from "./testing/mine.ts";

const P = TEST_PACE_MS;
let base: TestChain;
let nowMs: number;

beforeAll(async () => {
  await initKernel();
  base = await openTestChain({ genesis: testGenesis() });
  await grow(base, 4, [1, 2].map(testAuthor));
  nowMs = base.chain.tip().timestampMs + P;
});

describe("checkHeader", () => {
  it("[NET-1] tells from the header alone whether a block is worth asking for", async () => {
    const { chain } = base;
    const tip = chain.tip();
    const { header } = mineBlock(chain, { author: testAuthor(5), text: "News.", nowMs });
    const verdict = chain.checkHeader(header, nowMs);
    expect(verdict).toMatchObject({
      kind: "new",
      id: blockIdOf(header),
      entry: { keyParent: tip, work: tip.work, totalWork: tip.totalWork + tip.work },
      wins: true,
    });
    expect(chain.entry(blockIdOf(header))).toBeUndefined();
    if (tip.header === null) throw new RangeError("no header");
    expect(chain.checkHeader(tip.header, nowMs)).toEqual({ kind: "known", entry: tip });
    const untilMs = nowMs - 10_000;
    expect(chain.checkHeader(header, untilMs - 1)).toEqual({ kind: "future", untilMs });
  });

  it("[NET-1] a block on an old branch is new but does not win", async () => {
    const old = await openTestChain({ genesis: testGenesis() });
    const atMs = old.chain.tip().timestampMs + P;
    const { header } = mineBlock(old.chain, { author: testAuthor(5), text: "Old.", nowMs: atMs });
    expect(base.chain.checkHeader(header, nowMs)).toMatchObject({ kind: "new", wins: false });
  });

  it("[SIG-2] remembers nothing, whatever it is shown", async () => {
    const own = await forkOf(base);
    const author = testAuthor(5);
    const block = mineBlock(own.chain, { author, text: "News.", nowMs });
    const wrong = withHeader(block, author, { historyRoot: new Uint8Array(32).fill(3) });
    expect(own.chain.checkHeader(wrong.header, nowMs)).toMatchObject({ code: "bad-history-root" });
    const parent = Uint8Array.from(Buffer.from(blockIdOf(wrong.header), "hex"));
    const child = withHeader(block, author, { parent, keyParent: parent });
    expect(own.chain.checkHeader(child.header, nowMs)).toMatchObject({ kind: "orphan" });
  });
});
