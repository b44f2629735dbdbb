import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ParagraphView } from "../../peer/rpc/shapes.ts";
import { chaptersOf, countArrivals, disagrees, mergePage, nextPage } from "./story-reducer.ts";

function paragraph(
  height: number,
  branch = "a",
  change: Partial<ParagraphView> = {},
): ParagraphView {
  return {
    block: `${branch}${height}`,
    height,
    author: "author",
    text: "text",
    withheld: false,
    chapter: null,
    timestampMs: height,
    provenance: { writer: "human", model: "", algorithmHash: "", seed: "0" },
    confirmations: 9,
    work: "1",
    mine: false,
    ...change,
  };
}
const run = (from: number, to: number, branch = "a"): ParagraphView[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => paragraph(from + index, branch));

test("pages in order rebuild the canon, whatever the page size", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }), (total, size) => {
      const canon = run(1, total);
      let known: readonly ParagraphView[] = [];
      let from: number | null = 1;
      while (from !== null) {
        const page = canon.slice(from - 1, from - 1 + size);
        known = mergePage(known, page, from, total);
        from = nextPage(page, total);
      }
      expect(known).toEqual(canon);
    }),
  );
});

test("a reorganisation replaces the end and drops what is above the new total", () => {
  const merged = mergePage(run(1, 10), run(6, 8, "b"), 6, 8);
  expect(merged.map((one) => one.block)).toEqual(["a1", "a2", "a3", "a4", "a5", "b6", "b7", "b8"]);
});

test("unchanged paragraphs keep their identity; a moved confirmation below settled does not", () => {
  const known = [paragraph(1), paragraph(2, "a", { confirmations: 1 })];
  const merged = mergePage(
    known,
    [paragraph(1, "a", { confirmations: 30 }), paragraph(2, "a", { confirmations: 2 })],
    1,
    2,
  );
  expect(merged[0]).toBe(known[0]);
  expect(merged[1]).not.toBe(known[1]);
});

test("disagreement is seen at the first height of a page only where both hold one", () => {
  expect(disagrees(run(1, 5), run(4, 6, "b"))).toBe(true);
  expect(disagrees(run(1, 5), run(4, 6))).toBe(false);
  expect(disagrees(run(1, 3), run(7, 8, "b"))).toBe(false);
  expect(disagrees(run(1, 3), [])).toBe(false);
});

test("arrivals are those above everything that was known", () => {
  expect(countArrivals(run(1, 3), run(1, 5))).toBe(2);
  expect(countArrivals(run(1, 5), run(1, 5, "b"))).toBe(0);
  expect(countArrivals([], run(1, 2))).toBe(2);
});

test("chapters begin at marks and when they are full, and lose no paragraph", () => {
  const marked = run(1, 7).map((one) => (one.height === 3 ? { ...one, chapter: "The bell" } : one));
  const chapters = chaptersOf(marked, 3);
  expect(chapters.map((one) => [one.number, one.title, one.paragraphs.length])).toEqual([
    [1, null, 2],
    [2, "The bell", 3],
    [3, null, 2],
  ]);
  expect(chaptersOf(marked, 0)).toHaveLength(2);
  expect(chaptersOf([], 3)).toEqual([]);
});
