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
  const [answer, setAnswer] = useState<{ readonly key: string; readonly data: T } | null>(null);
  const [failed, setFailed] = useState<{ readonly key: string; readonly code: string } | null>(
    null,
  );
  const [round, setRound] = useState(0);
  const key = `${mark ?? ""}#${round}`;
  useEffect(() => {
    let over = false;
    ask().then(
      (data) => {
        if (over) return;
        setAnswer({ key, data });
        setFailed(null);
      },
      (error: unknown) => {
        if (!over) setFailed({ key, code: errorCode(error) });
      },
    );
    return () => {
      over = true;
    };
  }, [ask, key]);
  const again = useCallback(() => {
    setRound((count) => count + 1);
  }, []);
  return {
    data: answer?.data ?? null,
    problem: failed === null ? null : messageFor(failed.code),
    again,
  };
}
