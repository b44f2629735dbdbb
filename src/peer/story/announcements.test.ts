import { beforeAll, describe, expect, it } from "vitest";
import { grow, openTestChain, type TestChain } from "../../chain/testing/forge.ts";
import { mineBlock, testAuthor, testGenesis } from "../../chain/testing/mine.ts";
import { blockIdOf, encodeHeader, type Header } from "../../kernel/header.ts";
import { initKernel } from "../../kernel/init.ts";
import {
  MAX_FUTURE_WAIT_MS,
  MAX_PENDING_BLOCKS,
  MAX_PENDING_BLOCKS_PER_PEER,
  SIDE_BRANCH_BURST,
  STALE_BRANCH_HEIGHTS,
} from "../limits.ts";
import { type Announcements, createAnnouncements } from "./announcements.ts";
import { createIntake } from "./intake.ts";
import { storyContext, type TestContext } from "./testing/story-context.ts";

beforeAll(initKernel);

interface Opened extends TestContext {
  readonly announcements: Announcements;
  readonly story: TestChain;
  hear(from: string, header: Header): string;
  isFetched(header: Header): boolean;
}

/** Announcements in a story of so many pages, where nobody serves a body. */
async function open(pages = 0): Promise<Opened> {
  const story = await openTestChain({ genesis: testGenesis() });
  await grow(story, pages, [testAuthor(201), testAuthor(202)]);
  const test = storyContext(story.chain);
  const announcements = createAnnouncements(test.context, {
    intake: createIntake(test.context),
    wantSync: () => {},
    others: () => [],
    mayForward: () => true,
  });
  return {
    ...test,
    announcements,
    story,
    hear: (from, header) => announcements.hear(from, encodeHeader(header)),
    isFetched: (header) => announcements.pending(blockIdOf(header)) !== undefined,
  };
}

/** Headers by as many authors on a story that ends after `pages` of the same pages. */
async function headers(count: number, nowMs: number, pages = 0): Promise<readonly Header[]> {
  const { story } = await open(pages);
  return Array.from({ length: count }, (_, author) => {
    const input = { author: testAuthor(author), text: "Another line.", nowMs };
    return mineBlock(story.chain, input).header;
  });
}

describe("[NET-6] announced blocks", () => {
  it("[NET-1] bodies of one peer's announcements take a few places, those of all peers no more than there are", async () => {
    const { story, setTime, hear, isFetched } = await open();
    const nowMs = story.chain.tip().timestampMs + 100_000;
    setTime(nowMs);
    const announced = await headers(MAX_PENDING_BLOCKS + 20, nowMs);
    const fetched = (): number => announced.filter(isFetched).length;
    for (const header of announced.slice(0, MAX_PENDING_BLOCKS_PER_PEER + 4)) hear("x", header);
    expect(fetched()).toBe(MAX_PENDING_BLOCKS_PER_PEER);
    for (const [index, header] of announced.slice(MAX_PENDING_BLOCKS_PER_PEER + 4).entries()) {
      expect(hear(`peer-${index % 20}`, header)).toBe("accept");
    }
    expect(fetched()).toBe(MAX_PENDING_BLOCKS);
  });

  it("[HDR-6] a body is not fetched for a time that an honest clock could not mean", async () => {
    const { story, setTime, hear, isFetched, points } = await open();
    const nowMs = story.chain.tip().timestampMs + 100_000;
    setTime(nowMs);
    // HDR-6: ten seconds ahead is no future yet.
    const [near] = await headers(1, nowMs + 10_000 + MAX_FUTURE_WAIT_MS);
    const [far] = await headers(1, nowMs + 10_001 + MAX_FUTURE_WAIT_MS);
    if (near === undefined || far === undefined) throw new RangeError("no header");
    expect([hear("x", near), hear("x", far)]).toEqual(["ignore", "ignore"]);
    expect([isFetched(near), isFetched(far)]).toEqual([true, false]);
    expect(points.size).toBe(0);
  });

  it("[NET-2] a losing branch is heard down to a depth; what forks below is stale and costs a little", async () => {
    const pages = STALE_BRANCH_HEIGHTS + 2;
    const { story, setTime, hear, isFetched, points, codesOf } = await open(pages);
    const nowMs = story.chain.tip().timestampMs;
    setTime(nowMs);
    const [stale] = await headers(1, nowMs, 1);
    const [fresh] = await headers(1, nowMs, 2);
    if (stale === undefined || fresh === undefined) throw new RangeError("no header");
    expect(hear("x", stale)).toBe("ignore");
    expect(isFetched(stale)).toBe(false);
    expect(codesOf("x")).toEqual(["stale-branch"]);
    expect(points.get("x")).toBe(5);
    expect(hear("x", fresh)).toBe("accept");
    expect(isFetched(fresh)).toBe(true);
  });

  it("[NET-2] losing branches beyond their budget are left to sync, and cost nothing", async () => {
    const { story, setTime, hear, points } = await open(3);
    const nowMs = story.chain.tip().timestampMs;
    setTime(nowMs);
    const losing = await headers(SIDE_BRANCH_BURST + 3, nowMs, 1);
    const verdicts = losing.map((header, index) => hear(`peer-${index}`, header));
    expect(verdicts.slice(0, SIDE_BRANCH_BURST)).not.toContain("ignore");
    expect(verdicts.slice(SIDE_BRANCH_BURST)).toEqual(["ignore", "ignore", "ignore"]);
    expect(points.size).toBe(0);
  });

  it("[NET-2] [SIG-2] one proof of work is forwarded once, whatever its signature", async () => {
    const { story, setTime, hear, points } = await open();
    const nowMs = story.chain.tip().timestampMs + 100_000;
    setTime(nowMs);
    const [header] = await headers(1, nowMs);
    if (header === undefined) throw new RangeError("no header");
    expect(hear("x", header)).toBe("accept");
    expect(hear("y", { ...header, signature: new Uint8Array(64).fill(7) })).toBe("ignore");
    expect(hear("x", header)).toBe("ignore");
    expect(points.size).toBe(0);
  });
});
