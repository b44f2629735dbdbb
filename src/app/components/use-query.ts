/**
 * Asks the peer for something a single view shows, again whenever the given mark changes, and keeps
 * the last good answer on screen while asking.
 *
 * @module
 */
import { useCallback, useEffect, useState } from "react";
import { type ErrorMessage, errorCode, messageFor } from "../messages.ts";

/** The last good answer, and why the newest question failed. */
export interface Query<T> {
  readonly data: T | null;
  readonly problem: ErrorMessage | null;
  readonly again: () => void;
}

/** Runs `ask` at once and whenever `mark` changes; `ask` must be stable (useCallback). */
export function useQuery<T>(ask: () => Promise<T>, mark: string | number | null): Query<T> {
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState<ErrorMessage | null>(null);
  const [round, setRound] = useState(0);
  const key = `${mark ?? ""}#${round}`;
  useEffect(() => {
    let over = false;
    void key;
    ask().then(
      (answer) => {
        if (over) return;
        setData(answer);
        setProblem(null);
      },
      (error: unknown) => {
        if (!over) setProblem(messageFor(errorCode(error)));
      },
    );
    return () => {
      over = true;
    };
  }, [ask, key]);
  const again = useCallback(() => {
    setRound((count) => count + 1);
  }, []);
  return { data, problem, again };
}
