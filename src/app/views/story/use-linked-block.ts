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
  const [attempt, setAttempt] = useState(0);
  const [impatient, setImpatient] = useState<string | null>(null);
  const [found, setFound] = useState<BlockView | null>(null);
  const [failed, setFailed] = useState<{ readonly key: string; readonly code: string } | null>(
    null,
  );
  const block = found !== null && found.header.hash === id ? found : null;
  const key = `${id ?? ""}#${attempt}`;
  const failure = failed !== null && failed.key === key ? failed.code : null;

  useEffect(() => {
    if (id === null || !ready) return undefined;
    let over = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    const patience = setTimeout(() => {
      setImpatient(key);
    }, PATIENCE_MS);
    const ask = (): void => {
      client.request({ method: "get_block", params: { block: id } }).then(
        (answer) => {
          if (over) return;
          clearTimeout(patience);
          setFound(answer);
        },
        (error: unknown) => {
          if (over) return;
          setFailed({ key, code: errorCode(error) });
          again = setTimeout(ask, AGAIN_MS);
        },
      );
    };
    ask();
    return () => {
      over = true;
      clearTimeout(again);
      clearTimeout(patience);
    };
  }, [client, id, ready, key]);

  const retry = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);
  if (id === null) return { phase: "none", block: null, failure: null, retry };
  if (block !== null) return { phase: "found", block, failure: null, retry };
  return { phase: impatient === key ? "missing" : "waiting", block: null, failure, retry };
}
