/**
 * Runs one asynchronous action of a button: busy while it runs, a sentence when it fails, never a
 * rejected promise that nobody sees.
 *
 * @module
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { type ErrorMessage, messageOf } from "../messages.ts";

/** What a view needs to show an action. */
export interface Action {
  readonly busy: boolean;
  readonly problem: ErrorMessage | null;
  readonly run: (task: () => Promise<void>) => void;
  readonly clear: () => void;
}

/** One action's state; a second `run` while busy does nothing. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ErrorMessage | null>(null);
  const running = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const run = useCallback((task: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setProblem(null);
    task()
      .catch((error: unknown) => {
        if (mounted.current) setProblem(messageOf(error));
      })
      .finally(() => {
        running.current = false;
        if (mounted.current) setBusy(false);
      });
  }, []);
  const clear = useCallback(() => {
    setProblem(null);
  }, []);
  return { busy, problem, run, clear };
}
