/**
 * How pages of the canon become one list. Unchanged paragraphs keep their identity, so that a new tip
 * does not render two thousand paragraphs again.
 *
 * @module
 */
import type { ParagraphView } from "../../peer/rpc/shapes.ts";

/** From here a paragraph counts as settled (FRK-4) and its card stops counting. */
export const SETTLED_CONFIRMATIONS = 6;

function same(a: ParagraphView, b: ParagraphView): boolean {
  return (
    a.block === b.block &&
    a.withheld === b.withheld &&
    a.mine === b.mine &&
    a.text.length === b.text.length &&
    Math.min(a.confirmations, SETTLED_CONFIRMATIONS) ===
      Math.min(b.confirmations, SETTLED_CONFIRMATIONS)
  );
}

/** The list with `page` put in place; what lies above the page's end and `total` goes. */
export function mergePage(
  known: readonly ParagraphView[],
  page: readonly ParagraphView[],
  from: number,
  total: number,
): readonly ParagraphView[] {
  const byHeight = new Map(known.map((paragraph) => [paragraph.height, paragraph]));
  const fresh = page.map((paragraph) => {
    const old = byHeight.get(paragraph.height);
    return old !== undefined && same(old, paragraph) ? old : paragraph;
  });
  const end = page.at(-1)?.height ?? from - 1;
  const before = known.filter((paragraph) => paragraph.height < from && paragraph.height <= total);
  const after = known.filter((paragraph) => paragraph.height > end && paragraph.height <= total);
  return [...before, ...fresh, ...after];
}

/** Where the page after `page` begins, or null when it was the last. */
export function nextPage(page: readonly ParagraphView[], total: number): number | null {
  const end = page.at(-1)?.height;
  return end !== undefined && end < total ? end + 1 : null;
}

/** True when `known` and `page` disagree about the block at a height that both hold. */
export function disagrees(
  known: readonly ParagraphView[],
  page: readonly ParagraphView[],
): boolean {
  const first = page[0];
  if (first === undefined) return false;
  const old = known.find((paragraph) => paragraph.height === first.height);
  return old !== undefined && old.block !== first.block;
}

/** How many of `next` came after everything that `previous` held. */
export function countArrivals(
  previous: readonly ParagraphView[],
  next: readonly ParagraphView[],
): number {
  const end = previous.at(-1)?.height ?? 0;
  return next.filter((paragraph) => paragraph.height > end).length;
}

/** One chapter of the book. */
export interface Chapter {
  /** 1 for the first. */
  readonly number: number;
  /** Null when its paragraphs carry no mark. */
  readonly title: string | null;
  readonly paragraphs: readonly ParagraphView[];
}

/** Chapters begin at a chapter mark, or after `chapterLength` paragraphs without one (0: never). */
export function chaptersOf(
  paragraphs: readonly ParagraphView[],
  chapterLength: number,
): readonly Chapter[] {
  const chapters: { number: number; title: string | null; paragraphs: ParagraphView[] }[] = [];
  for (const paragraph of paragraphs) {
    const current = chapters.at(-1);
    const full = chapterLength > 0 && (current?.paragraphs.length ?? 0) >= chapterLength;
    if (current === undefined || paragraph.chapter !== null || full) {
      chapters.push({
        number: chapters.length + 1,
        title: paragraph.chapter,
        paragraphs: [paragraph],
      });
    } else {
      current.paragraphs.push(paragraph);
    }
  }
  return chapters;
}
