/**
 * Fetches the paragraph that a permalink names, on its own, before the rest has arrived; asks again
 * while the tab learns more, and admits after a while that nobody has it.
 *
 * @module
 */
import { useCallback, useEffect, useState } from "react";
import type { BlockView } from "../../api-types.ts";
import { errorCode } from "../../messages.ts";
import { useClient } from "../../services-context.ts";
import { useStatus } from "../../stores/status-store.ts";

/** Where the linked paragraph stands. */
export interface LinkedBlock {
  readonly phase: "none" | "waiting" | "found" | "missing";
  readonly block: BlockView | null;
  /** Code of the last answer when it was not the paragraph. */
  readonly failure: string | null;
  readonly retry: () => void;
}

const AGAIN_MS = 2500;
const PATIENCE_MS = 20_000;

/** The block with id `id`; `ready` once the right story is open. */
export function useLinkedBlock(id: string | null, ready: boolean): LinkedBlock {
  const client = useClient();
  const tip = useStatus((state) => state.status?.tip.hash ?? null);
  const [attempt, setAttempt] = useState(0);
  const [round, setRound] = useState(0);
  const [patience, setPatience] = useState(true);
  const [found, setFound] = useState<BlockView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const block = found !== null && found.header.hash === id ? found : null;
  const held = block !== null;

  useEffect(() => {
    setPatience(true);
    if (id === null) return undefined;
    const timer = setTimeout(() => {
      setPatience(false);
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [id, attempt]);

  useEffect(() => {
    if (id === null || !ready) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    client.request({ method: "get_block", params: { block: id } }).then(
      (answer) => {
        if (!over) setFound(answer);
      },
      (error: unknown) => {
        if (over) return;
        setFailure(errorCode(error));
        timer = setTimeout(() => {
          setRound((count) => count + 1);
        }, AGAIN_MS);
      },
    );
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, id, ready, held, tip, attempt, round]);

  const retry = useCallback(() => {
    setFailure(null);
    setAttempt((count) => count + 1);
  }, []);
  if (id === null) return { phase: "none", block: null, failure: null, retry };
  if (block !== null) return { phase: "found", block, failure: null, retry };
  return { phase: patience ? "waiting" : "missing", block: null, failure, retry };
}
