/**
 * Keeps the tips of the paragraphs in sight up to date.
 *
 * @module
 */
import { type RefObject, useEffect, useRef } from "react";
import { useClient } from "../../services-context.ts";
import { useLedger } from "../../stores/ledger-store.ts";
import { loadTips } from "../../stores/tips-store.ts";

/** Scrolling past is no reason to ask. */
const REST_MS = 300;

/** Watches the paragraphs inside `article`; `count` says when there are others. */
export function useVisibleTips(article: RefObject<HTMLElement | null>, count: number): void {
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const seen = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const box = article.current;
    if (box === null || count === 0) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watcher = new IntersectionObserver((entries) => {
      const blocks = new Set(seen.current);
      for (const entry of entries) {
        const block = entry.target instanceof HTMLElement ? entry.target.dataset["block"] : "";
        if (block === undefined || block === "") continue;
        if (entry.isIntersecting) blocks.add(block);
        else blocks.delete(block);
      }
      seen.current = blocks;
      clearTimeout(timer);
      timer = setTimeout(() => {
        void loadTips(client, [...seen.current]);
      }, REST_MS);
    });
    for (const paragraph of box.querySelectorAll("[data-height][data-block]")) {
      watcher.observe(paragraph);
    }
    return () => {
      clearTimeout(timer);
      watcher.disconnect();
    };
  }, [article, client, count]);
  useEffect(() => {
    if (mark > 0) void loadTips(client, [...seen.current]);
  }, [client, mark]);
}
