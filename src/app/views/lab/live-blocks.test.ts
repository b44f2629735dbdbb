import { expect, test } from "vitest";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";
import { liveBlocks, wholeStory } from "./live-blocks.ts";

function paragraph(height: number, author: string, timestampMs: number): ParagraphView {
  return { height, author, timestampMs, work: "61000000" } as ParagraphView;
}

test("a block has its time since the one before, and its author's predecessor", () => {
  const blocks = liveBlocks([
    paragraph(1, "aa", 1_000),
    paragraph(2, "bb", 61_000),
    paragraph(3, "bb", 60_500),
  ]);
  expect(blocks).toEqual([
    { height: 2, author: "bb", after: "aa", solveMs: 60_000, work: 61_000_000 },
    { height: 3, author: "bb", after: "bb", solveMs: 0, work: 61_000_000 },
  ]);
});

test("of a paragraph without one before it, nobody knows how long it took", () => {
  expect(liveBlocks([])).toEqual([]);
  expect(liveBlocks([paragraph(7, "aa", 1)])).toEqual([]);
});

test("a whole story begins with its creation, and only where its first paragraph is known", () => {
  const paragraphs = [paragraph(1, "aa", 5_000), paragraph(2, "bb", 61_000)];
  expect(wholeStory(paragraphs, 1_000)).toEqual([
    { height: 1, author: "aa", after: "", solveMs: 4_000, work: 61_000_000 },
    { height: 2, author: "bb", after: "aa", solveMs: 56_000, work: 61_000_000 },
  ]);
  expect(wholeStory(paragraphs.slice(1), 1_000)).toBeNull();
  expect(wholeStory([], 1_000)).toBeNull();
});
