/**
 * Who a typed recipient is: an address, or the address that owns a handle now. Looked up while typing, so
 * that it stands on the page before anything is signed.
 *
 * @module
 */
import { useEffect, useState } from "react";
import { type ErrorMessage, messageOf } from "../messages.ts";
import { useClient } from "../services-context.ts";
import { cleanHandle, isHandle } from "./operations.ts";

/** Where the look-up stands. */
export type Recipient =
  | { readonly kind: "empty" | "asking" | "bad" }
  | { readonly kind: "found"; readonly address: string; readonly handle: string | null }
  | { readonly kind: "unknown"; readonly handle: string }
  | { readonly kind: "failed"; readonly problem: ErrorMessage };

const ADDRESS = /^[0-9a-f]{64}$/;
const TYPING_MS = 250;

type Answer = { readonly handle: string; readonly recipient: Recipient };

/** The recipient that `text` names. */
export function useRecipient(text: string): Recipient {
  const client = useClient();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const typed = text.trim().toLowerCase();
  const handle = ADDRESS.test(typed) ? null : cleanHandle(text);
  const wanted = handle !== null && isHandle(handle) ? handle : null;
  useEffect(() => {
    if (wanted === null) return undefined;
    let over = false;
    const timer = setTimeout(() => {
      client.request({ method: "resolve_handle", params: { handle: wanted } }).then(
        ({ address }) => {
          if (over) return;
          setAnswer({
            handle: wanted,
            recipient:
              address === null
                ? { kind: "unknown", handle: wanted }
                : { kind: "found", address, handle: wanted },
          });
        },
        (error: unknown) => {
          if (over) return;
          setAnswer({
            handle: wanted,
            recipient: { kind: "failed", problem: messageOf(error) },
          });
        },
      );
    }, TYPING_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [client, wanted]);
  if (typed === "") return { kind: "empty" };
  if (handle === null) return { kind: "found", address: typed, handle: null };
  if (wanted === null) return { kind: "bad" };
  return answer?.handle === wanted ? answer.recipient : { kind: "asking" };
}
