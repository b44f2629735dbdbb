/**
 * Knows which paragraph is under the reader's eyes, and keeps it as a bookmark. Reads the layout at
 * most a few times a second while scrolling.
 *
 * @module
 */
import { type RefObject, useEffect, useState } from "react";
import { keepProgress } from "../../stores/progress.ts";

const EVERY_MS = 200;

function heightAt(article: HTMLElement, y: number): number | null {
  const box = article.getBoundingClientRect();
  const x = box.left + Math.min(120, box.width / 2);
  const under = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-height]");
  return under === null || under === undefined ? null : Number(under.dataset["height"]);
}

/** The height of the paragraph near the top of the window; 0 while in the premise. */
export function useReading(article: RefObject<HTMLElement | null>, story: string | null): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      timer = undefined;
      const box = article.current;
      if (box === null) return;
      if (scrollY < 80) {
        setHeight(0);
        return;
      }
      const top = heightAt(box, 140) ?? heightAt(box, 220);
      if (top === null) return;
      setHeight(top);
      const low = heightAt(box, innerHeight * 0.6) ?? top;
      if (story !== null) keepProgress(story, low);
    };
    const onScroll = (): void => {
      timer ??= setTimeout(look, EVERY_MS);
    };
    addEventListener("scroll", onScroll, { passive: true });
    return () => {
      removeEventListener("scroll", onScroll);
      clearTimeout(timer);
    };
  }, [article, story]);
  return height;
}

/**
 * Brings the paragraph at `height` into sight and focuses it for the keyboard. Paragraphs out of
 * sight have estimated heights, so the place is corrected once they were laid out.
 */
export function scrollToHeight(height: number): void {
  const target = document.querySelector<HTMLElement>(`[data-height="${height}"]`);
  if (target === null) return;
  const show = (): void => {
    target.scrollIntoView({ block: "start", behavior: "instant" });
  };
  show();
  target.focus({ preventScroll: true });
  requestAnimationFrame(() => {
    show();
    requestAnimationFrame(show);
  });
}
