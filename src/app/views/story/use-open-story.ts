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
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{
    readonly story: string | null;
    readonly phase: "opening" | "slow" | "failed";
    readonly failure: string | null;
  }>({ story: null, phase: "opening", failure: null });
  const { story, invite } = route;
  const needed = story !== null && current !== null && story !== current;

  useEffect(() => {
    if (!needed) return undefined;
    let over = false;
    setState({ story, phase: "opening", failure: null });
    const timer = setTimeout(() => {
      setState({ story, phase: "slow", failure: null });
    }, SLOW_MS);
    const call = invite
      ? ({ method: "open_story", params: { link: location.href } } as const)
      : ({ method: "open_story", params: { story } } as const);
    client
      .request(call)
      .catch((error: unknown) => {
        if (!over) setState({ story, phase: "failed", failure: errorCode(error) });
      })
      .finally(() => {
        clearTimeout(timer);
      });
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, story, invite, needed, attempt]);

  const retry = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);
  if (!needed) return { phase: "open", failure: null, retry };
  const here = state.story === story;
  return { phase: here ? state.phase : "opening", failure: here ? state.failure : null, retry };
}
