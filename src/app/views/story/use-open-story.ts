/**
 * Follows the route: when the link names another story than the open one, asks the peer to open it,
 * and says honestly where that stands.
 *
 * @module
 */
import { useCallback, useEffect, useState } from "react";
import { errorCode } from "../../messages.ts";
import type { Route } from "../../routes.ts";
import { useClient } from "../../services-context.ts";
import { useStatus } from "../../stores/status-store.ts";

/** Where opening the route's story stands. */
export interface Opening {
  readonly phase: "open" | "opening" | "slow" | "failed";
  /** Code of the failure. */
  readonly failure: string | null;
  readonly retry: () => void;
}

const SLOW_MS = 8000;

/** Opens the story of `route` when it is not the open one. */
export function useOpenStory(route: Extract<Route, { view: "story" }>): Opening {
  const client = useClient();
  const current = useStatus((state) => state.status?.story ?? null);
  const homeless = useStatus((state) => state.status === null && state.failure !== null);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{
    readonly key: string;
    readonly phase: "slow" | "failed";
    readonly failure: string | null;
  } | null>(null);
  const { story, invite } = route;
  // Without any open story the status fails; then the link's story must be asked for all the same.
  const needed = story !== null && story !== current && (current !== null || homeless);
  const key = `${story ?? ""}#${attempt}`;

  useEffect(() => {
    if (!needed) return undefined;
    let over = false;
    const timer = setTimeout(() => {
      setState({ key, phase: "slow", failure: null });
    }, SLOW_MS);
    client
      .request({
        method: "open_story",
        params: invite ? { link: location.href } : { story },
      })
      .catch((error: unknown) => {
        if (!over) setState({ key, phase: "failed", failure: errorCode(error) });
      })
      .finally(() => {
        clearTimeout(timer);
      });
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, story, invite, needed, key]);

  const retry = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);
  if (!needed) return { phase: "open", failure: null, retry };
  const here = state !== null && state.key === key ? state : null;
  return { phase: here?.phase ?? "opening", failure: here?.failure ?? null, retry };
}
