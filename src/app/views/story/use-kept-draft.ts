/**
 * Keeps the draft on the device a moment after each change, and at once when the page goes away.
 *
 * @module
 */
import { useEffect } from "react";
import type { FabulaClient } from "../../../peer/rpc/schema.ts";
import { saveDraft, useDraft } from "../../stores/draft-store.ts";

const PAUSE_MS = 600;

/** Saves the draft while the caller is mounted. */
export function useKeptDraft(client: FabulaClient): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (): void => {
      clearTimeout(timer);
      if (useDraft.getState().saving !== "unsaved") return;
      timer = setTimeout(() => {
        void saveDraft(client);
      }, PAUSE_MS);
    };
    const flush = (): void => {
      if (document.visibilityState === "hidden") void saveDraft(client);
    };
    later();
    const stop = useDraft.subscribe(later);
    document.addEventListener("visibilitychange", flush);
    addEventListener("pagehide", flush);
    return () => {
      stop();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", flush);
      removeEventListener("pagehide", flush);
      void saveDraft(client);
    };
  }, [client]);
}
