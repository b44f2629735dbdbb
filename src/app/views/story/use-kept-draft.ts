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
  const text = useDraft((state) => state.text);
  const chapter = useDraft((state) => state.chapter);
  const saving = useDraft((state) => state.saving);
  useEffect(() => {
    if (saving !== "unsaved") return undefined;
    const timer = setTimeout(() => {
      void saveDraft(client);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [client, text, chapter, saving]);
  useEffect(() => {
    const flush = (): void => {
      if (document.visibilityState === "hidden") void saveDraft(client);
    };
    document.addEventListener("visibilitychange", flush);
    addEventListener("pagehide", flush);
    return () => {
      document.removeEventListener("visibilitychange", flush);
      removeEventListener("pagehide", flush);
      void saveDraft(client);
    };
  }, [client]);
}
