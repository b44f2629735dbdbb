/**
 * Signs and sends once, and remembers what came of it.
 *
 * @module
 */
import { useState } from "react";
import { type Action, useAction } from "../components/use-action.ts";
import { markLedger } from "../stores/ledger-store.ts";
import type { Sent } from "./sent-notice.tsx";

/** `sent` is null until something was signed. */
export interface Submission {
  readonly action: Action;
  readonly sent: Sent | null;
  readonly submit: (send: () => Promise<Sent>) => void;
}

/** One submission. */
export function useSubmit(): Submission {
  const action = useAction();
  const [sent, setSent] = useState<Sent | null>(null);
  const submit = (send: () => Promise<Sent>): void => {
    action.run(async () => {
      setSent(await send());
      markLedger();
    });
  };
  return { action, sent, submit };
}
