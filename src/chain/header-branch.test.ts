import { beforeAll, describe, expect, it } from "vitest";
import type { Header } from "../kernel/header.ts";
import { blockIdOf } from "../kernel/header.ts";
import { initKernel } from "../kernel/init.ts";
import { MAX_HEADERS_PER_PUSH } from "./limits.ts";
import type { TestChain } from "./testing/forge.ts";
import { forkOf, grow, openTestChain, withHeader } from "./testing/forge.ts";
import type { TestAuthor } from "./testing/mine.ts";
import { reseal, TEST_PACE_MS, testAuthor, testGenesis, unsolved } from "./testing/mine.ts";

const P = TEST_PACE_MS;
const COUNT = 30;
let authors: TestAuthor[];
let far: TestChain;
let headers: Header[];
let nowMs: number;

beforeAll(async () => {
  await initKernel();
  authors = [1, 2, 3].map(testAuthor);
  far = await openTestChain({ genesis: testGenesis() });
  await grow(far, COUNT, authors);
  headers = far.chain.headersAfter([], 1_000);
  nowMs = far.chain.tip().timestampMs + P;
});

describe("header branch", () => {
  it("[NET-4] takes a whole branch in pushes, stores nothing, and knows its work", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    const branch = own.chain.headerBranch();
    expect(branch.push(headers.slice(0, 10), nowMs)).toEqual({ kind: "accepted", added: 10 });
    expect(branch.push(headers.slice(8), nowMs)).toEqual({ kind: "accepted", added: COUNT - 10 });
    expect(branch.totalWork).toBe(far.chain.tip().totalWork);
    expect(branch.tip.id).toBe(far.chain.tip().id);
    expect(branch.ids).toEqual(headers.map(blockIdOf));
    expect(branch.forkPoint.height).toBe(0);
    expect(branch.wins).toBe(true);
    expect(own.chain.tip().height).toBe(0);
    expect(own.store.commits()).toBe(0);
  });

  it("[NET-4] starts where the tree ends: known headers are skipped, the fork point is found", async () => {
    const own = await forkOf(far);
    await grow(own, 2, authors, "Mine");
    await grow(far, 4, authors, "Theirs");
    const theirs = far.chain.headersAfter(own.chain.locator(), 1_000);
    const branch = own.chain.headerBranch();
    expect(branch.push(theirs, nowMs + 9 * P)).toEqual({ kind: "accepted", added: 4 });
    expect(branch.forkPoint.height).toBe(COUNT);
    expect(branch.wins).toBe(true);
    const bodies = await far.chain.readBlocks(branch.ids);
    const outcomes = await own.chain.connectBlocks(
      bodies.flatMap((block) => block ?? []),
      nowMs + 9 * P,
    );
    expect(outcomes.map(({ kind }) => kind)).not.toContain("invalid");
    expect(own.chain.tip().id).toBe(far.chain.tip().id);
  });

  it("[NET-4] goes on when its blocks are connected while its headers still arrive", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    const branch = own.chain.headerBranch();
    expect(branch.push(headers.slice(0, 6), nowMs)).toEqual({ kind: "accepted", added: 6 });
    const blocks = await far.chain.readBlocks(headers.slice(0, 9).map(blockIdOf));
    await own.chain.connectBlocks(
      blocks.flatMap((block) => block ?? []),
      nowMs,
    );
    expect(own.chain.tip().height).toBe(9);
    const rest = branch.push(headers.slice(6), nowMs);
    expect(rest).toEqual({ kind: "accepted", added: COUNT - 6 });
    expect(branch.tip.id).toBe(blockIdOf(headers.at(-1) as Header));
    expect(branch.wins).toBe(true);
  });

  it("[NET-4] a lighter branch does not win", async () => {
    const own = await forkOf(far);
    const [start] = headers;
    const branch = own.chain.headerBranch();
    branch.push(start === undefined ? [] : [start], nowMs);
    expect(branch.wins).toBe(false);
  });

  it.each([
    ["historyRoot", { historyRoot: new Uint8Array(32).fill(7) }, "bad-history-root"],
    ["height", { height: 99 }, "bad-height"],
    ["signature", null, "bad-signature"],
    ["nonce", { nonce: 0n }, "bad-work"],
  ] as const)(
    "[NET-4] stops at a header with a wrong %s, keeping those before",
    async (_field, change, code) => {
      const own = await openTestChain({ genesis: testGenesis() });
      const branch = own.chain.headerBranch();
      const at = 12;
      const header = headers[at];
      const author = authors.find(({ address }) => address === far.chain.canonAt(at + 1)?.author);
      if (header === undefined || author === undefined) throw new RangeError("no header");
      const wrong =
        change === null
          ? { ...header, signature: new Uint8Array(64) }
          : code === "bad-work"
            ? { ...header, nonce: unsolved(header) }
            : reseal({ ...header, ...change }, author);
      const pushed = branch.push([...headers.slice(0, at), wrong, ...headers.slice(at + 1)], nowMs);
      expect(pushed).toMatchObject({ kind: "invalid", code, added: at });
      expect(branch.tip.height).toBe(at);
    },
  );

  it("[NET-4] refuses headers that do not follow each other", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    const gap = own.chain.headerBranch().push([...headers.slice(0, 5), ...headers.slice(6)], nowMs);
    expect(gap).toMatchObject({ kind: "invalid", code: "headers-not-linked", added: 5 });
    const late = own.chain.headerBranch().push(headers.slice(3), nowMs);
    expect(late).toEqual({ kind: "orphan", missing: far.chain.canonAt(3)?.id, added: 0 });
    const forked = await openTestChain({ genesis: testGenesis() });
    const [other] = await grow(forked, 1, [testAuthor(7)]);
    const zigzag = [...headers.slice(0, 2), ...(other === undefined ? [] : [other.header])];
    expect(own.chain.headerBranch().push(zigzag, nowMs)).toMatchObject({
      kind: "invalid",
      code: "headers-not-linked",
      blame: "copy",
      added: 2,
    });
  });

  it("[HDR-6] stops at a header from the future", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    const early = (headers[4]?.timestampMs ?? 0) - 10_000;
    expect(own.chain.headerBranch().push(headers, early - 1)).toEqual({
      kind: "future",
      untilMs: early,
      added: 4,
    });
  });

  it("[NET-6] refuses a push of more than 2,000 headers before looking at any", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    const [first] = headers;
    if (first === undefined) throw new RangeError("no header");
    const flood = Array.from({ length: MAX_HEADERS_PER_PUSH + 1 }, () => first);
    expect(own.chain.headerBranch().push(flood, nowMs)).toMatchObject({
      kind: "invalid",
      code: "too-many-headers",
      added: 0,
    });
    expect(own.chain.headerBranch().push(flood.slice(1), nowMs)).toEqual({
      kind: "accepted",
      added: 1,
    });
  });

  it("[NET-6] holds no more unsettled headers than its cap, and keeps those it has", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    const branch = own.chain.headerBranch(7);
    expect(branch.push(headers.slice(0, 7), nowMs)).toEqual({ kind: "accepted", added: 7 });
    expect(branch.push(headers.slice(7), nowMs)).toMatchObject({
      kind: "invalid",
      code: "too-many-headers",
      blame: "copy",
      added: 0,
    });
    expect(branch.ids).toHaveLength(7);
  });

  it("[SIG-2] remembers a header's fault so that its block is refused at the door", async () => {
    const own = await openTestChain({ genesis: testGenesis() });
    const [block] = await far.chain.readBlocks([blockIdOf(headers[0] as Header)]);
    const author = authors.find(({ address }) => address === far.chain.canonAt(1)?.author);
    if (block === undefined || author === undefined) throw new RangeError("no block");
    const wrong = withHeader(block, author, { historyRoot: new Uint8Array(32).fill(7) });
    own.chain.headerBranch().push([wrong.header], nowMs);
    expect(await own.chain.connectBlock(wrong, nowMs)).toMatchObject({ code: "bad-history-root" });
  });
});
