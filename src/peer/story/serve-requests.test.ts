import { beforeAll, describe, expect, it } from "vitest";
import type { HeaderEntry } from "../../chain/header-entry.ts";
import { openTestChain } from "../../chain/testing/forge.ts";
import { testGenesis } from "../../chain/testing/mine.ts";
import type { Block } from "../../kernel/block.ts";
import { type BlockId, blockIdFromHex } from "../../kernel/brand.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { initKernel } from "../../kernel/init.ts";
import {
  MAX_BLOCKS_PER_ANSWER,
  MAX_BLOCKS_PER_REQUEST,
  MAX_HEADERS_PER_REQUEST,
  MAX_REQUEST_BYTES,
  MAX_RESPONSE_BYTES,
} from "../limits.ts";
import { decodeAnswer, encodeQuestion, type Question } from "../wire/messages.ts";
import type { Announcements } from "./announcements.ts";
import type { Payments } from "./payments.ts";
import { createPeerBook } from "./peer-book.ts";
import { createRequestServer } from "./serve-requests.ts";
import { madeUpRound } from "./testing/made-up-rounds.ts";
import { storyContext, type TestContext } from "./testing/story-context.ts";
import type { Tracker } from "./tracker.ts";

beforeAll(initKernel);

type Serve = (question: Question) => Promise<readonly Uint8Array[]>;

/** A server over a chain that has whatever is asked for: `block`, again and again. */
async function serverOf(
  block: Block,
): Promise<
  TestContext & { readonly serve: Serve; readonly send: (bytes: Uint8Array) => Promise<unknown> }
> {
  const { chain } = await openTestChain({ genesis: testGenesis() });
  let entry: HeaderEntry = { ...chain.tip(), kind: "key" };
  for (let microIndex = 1; microIndex <= MAX_BLOCKS_PER_ANSWER + 76; microIndex++) {
    entry = { ...entry, kind: "micro", microIndex, parent: entry, keyParent: chain.tip() };
  }
  const last = entry;
  const test = storyContext({
    ...chain,
    entry: () => last,
    headersAfter: (_locator, limit) => Array.from({ length: limit }, () => block.header),
    readBlocks: async (ids: readonly BlockId[]) => ids.map(() => block),
  });
  const send = createRequestServer(test.context, {
    book: createPeerBook({ state: "none", address: null, sinceMs: 0, lastError: null }),
    tracker: {} as Tracker,
    announcements: {} as Announcements,
    payments: {} as Payments,
    heard: () => {},
  });
  return {
    ...test,
    send: (bytes) => send("x", bytes),
    async serve(question) {
      const bytes = await send("x", encodeQuestion(question));
      expect(bytes.length).toBeLessThanOrEqual(MAX_RESPONSE_BYTES);
      const answer = decodeAnswer(bytes);
      if (answer.TAG !== "blocks" && answer.TAG !== "headers") throw new RangeError(answer.TAG);
      return answer.data;
    },
  };
}

const large = (): Block => {
  const [block] = madeUpRound(blockIdFromHex("a".repeat(64)), 1);
  if (block === undefined) throw new RangeError("no block");
  return block;
};
const small = (): Block => ({ ...large(), body: { ...large().body, transactions: [] } });
const ids = (count: number): Uint8Array[] =>
  Array.from({ length: count }, () => bytesFromHex("b".repeat(64)));

describe("[NET-6] own answers", () => {
  it("are cut to the headers of one answer, whatever is asked for", async () => {
    const { serve } = await serverOf(small());
    const headers = await serve({ TAG: "headers", data: { locator: [], limit: 65_535 } });
    expect(headers).toHaveLength(MAX_HEADERS_PER_REQUEST);
  });

  it("are cut to the blocks of one answer", async () => {
    const { serve } = await serverOf(small());
    const [last] = ids(1);
    if (last === undefined) throw new RangeError("no id");
    const blocks = await serve({ TAG: "microblocks", data: [{ last, after: 0 }] });
    expect(blocks).toHaveLength(MAX_BLOCKS_PER_ANSWER);
  });

  it.each(["blocks", "microblocks"] as const)(
    "of %s are cut to the bytes of one answer",
    async (tag) => {
      const { serve } = await serverOf(large());
      const data = ids(MAX_BLOCKS_PER_REQUEST);
      const blocks = await serve(
        tag === "blocks"
          ? { TAG: tag, data }
          : { TAG: tag, data: data.map((last) => ({ last, after: 0 })) },
      );
      expect(blocks.length).toBeGreaterThan(30);
      expect(blocks.length).toBeLessThan(MAX_BLOCKS_PER_REQUEST);
    },
  );

  it("are refused to a question beyond its size, which costs the connection", async () => {
    const { send, points, codesOf } = await serverOf(small());
    await expect(send(new Uint8Array(MAX_REQUEST_BYTES + 1))).rejects.toMatchObject({
      code: "too-large",
    });
    expect(codesOf("x")).toEqual(["too-large"]);
    expect(points.get("x")).toBe(100);
  });
});
