import { beforeAll, describe, expect, it } from "vitest";
import { encodeBody } from "../kernel/body.ts";
import type { BlockId } from "../kernel/brand.ts";
import { blockIdFromHex } from "../kernel/brand.ts";
import { initKernel } from "../kernel/init.ts";
import type { ChainFault } from "./outcome.ts";
import type { TestChain } from "./testing/forge.ts";
import { grow, openTestChain } from "./testing/forge.ts";
import { testAuthor, testGenesis, testParagraph } from "./testing/mine.ts";

beforeAll(initKernel);

async function open(): Promise<TestChain & { faults: ChainFault[]; id: BlockId }> {
  const faults: ChainFault[] = [];
  const onFault = (fault: ChainFault): void => {
    faults.push(fault);
  };
  const own = await openTestChain({ genesis: testGenesis(), onFault });
  await grow(own, 5, [1, 2].map(testAuthor));
  const entry = own.chain.canonAt(3);
  if (entry === undefined) throw new RangeError("no block");
  return { ...own, faults, id: entry.id };
}

describe("reading", () => {
  it("gives blocks in the order asked, nothing for the genesis and unknown ids", async () => {
    const { chain, faults, id } = await open();
    const unknown = blockIdFromHex("ab".repeat(32));
    const genesis = chain.canonAt(0)?.id ?? unknown;
    const blocks = await chain.readBlocks([chain.tip().id, genesis, unknown, id]);
    expect(blocks.map((block) => block?.header.height)).toEqual([5, undefined, undefined, 3]);
    expect(faults).toEqual([]);
  });

  it("[STO-4] paragraphs from a height, at most so many, never the genesis", async () => {
    const { chain } = await open();
    const heights = async (from: number, limit: number) =>
      (await chain.readParagraphs(from, limit)).map(({ entry }) => entry.height);
    expect(await heights(0, 2)).toEqual([1, 2]);
    expect(await heights(4, 10)).toEqual([4, 5]);
    expect(await heights(6, 10)).toEqual([]);
    expect(await heights(1, 0)).toEqual([]);
  });

  const other = encodeBody({
    paragraph: { kind: "text", paragraph: testParagraph("Forged.") },
    transactions: [],
  });
  it.each([
    [
      "a flipped bit",
      (body: Uint8Array) => body.map((byte, at) => (at === 20 ? byte ^ 1 : byte)),
      "body-corrupted",
    ],
    ["a body cut short", (body: Uint8Array) => body.subarray(0, 10), "body-corrupted"],
    ["another, well-formed body", () => other, "body-corrupted"],
    ["a lost body", () => undefined, "body-missing"],
  ])(
    "[STO-4] %s: reported, not believed, and whole again once replaced",
    async (_name, change, code) => {
      const { chain, store, faults, id } = await open();
      const [whole] = await chain.readBlocks([id]);
      if (whole === undefined) throw new RangeError("no block");
      store.changeBody(id, change);
      expect(await chain.readBlocks([id])).toEqual([undefined]);
      expect(faults).toMatchObject([{ code, id, height: 3 }]);
      const states = (await chain.readParagraphs(1, 9)).map(({ state }) => state);
      expect(states).toEqual(["text", "text", "missing", "text", "text"]);
      await chain.replaceBody(whole);
      expect(await chain.readBlocks([id])).toEqual([whole]);
    },
  );

  it("[STO-4] replaces a body only by the one that the header commits to", async () => {
    const { chain, id } = await open();
    const [whole] = await chain.readBlocks([id]);
    if (whole === undefined) throw new RangeError("no block");
    const forged = {
      ...whole.body,
      paragraph: { kind: "text", paragraph: testParagraph("Forged.") },
    } as const;
    await expect(chain.replaceBody({ header: whole.header, body: forged })).rejects.toMatchObject({
      code: "bad-body-root",
    });
    const unknown = { ...whole.header, timestampMs: whole.header.timestampMs + 1 };
    await expect(chain.replaceBody({ header: unknown, body: whole.body })).rejects.toMatchObject({
      code: "unknown-block",
    });
    expect(await chain.readBlocks([id])).toEqual([whole]);
  });
});
