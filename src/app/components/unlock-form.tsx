/**
 * Asks for the passphrase, wherever a person wants to sign: nobody has to leave a half-filled form for it.
 *
 * @module
 */
import { type ReactNode, useRef, useState } from "react";
import { cls } from "../css.ts";
import { useClient } from "../services-context.ts";
import { loadWallet } from "../stores/wallet-store.ts";
import controls from "./controls.module.css";
import { PasswordField } from "./password-field.tsx";
import { ProblemText } from "./problem-text.tsx";
import { useAction } from "./use-action.ts";

/** The form; what stands in its place afterwards follows from the wallet's state. */
export function UnlockForm(): ReactNode {
  const client = useClient();
  const action = useAction();
  const box = useRef<HTMLFormElement>(null);
  const [passphrase, setPassphrase] = useState("");
  return (
    <form
      ref={box}
      className={controls["short-form"]}
      onSubmit={(event) => {
        event.preventDefault();
        action.run(async () => {
          await client.request({ method: "unlock_wallet", params: { passphrase } });
          const dialog = box.current?.closest("dialog");
          await loadWallet(client);
          // In a dialog, what was asked for stands here now: its first field takes over.
          requestAnimationFrame(() => {
            dialog?.querySelector<HTMLElement>("form input, form textarea")?.focus();
          });
        });
      }}
    >
      <PasswordField
        label="Passphrase"
        value={passphrase}
        autoComplete="current-password"
        onChange={setPassphrase}
      />
      <ProblemText problem={action.problem} />
      <div className={controls["row"]}>
        <button
          type="submit"
          className={cls(controls["button"], controls["primary"])}
          disabled={action.busy || passphrase === ""}
        >
          {action.busy ? "Unlocking…" : "Unlock"}
        </button>
      </div>
    </form>
  );
}
