/**
 * Brings back a wallet from its recovery phrase; says first what that replaces.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { cls } from "../../css.ts";
import { shortId } from "../../format/identity.ts";
import { useClient } from "../../services-context.ts";
import { loadWallet, useWallet } from "../../stores/wallet-store.ts";

/** The section. */
export function RestoreSection(): ReactNode {
  const client = useClient();
  const action = useAction();
  const checked = useWallet((state) => state.wallet?.phraseChecked === true);
  const [phrase, setPhrase] = useState("");
  const [agreed, setAgreed] = useState(false);
  const [address, setAddress] = useState<string | null>(null);
  const words = phrase.trim().split(/\s+/u).filter(Boolean).length;
  return (
    <section className={panel["section"]}>
      <h2>Restore another wallet</h2>
      <details>
        <summary>Use a recovery phrase here</summary>
        <form
          className={panel["form"]}
          onSubmit={(event) => {
            event.preventDefault();
            action.run(async () => {
              const answer = await client.request({
                method: "restore_wallet",
                params: { phrase: phrase.trim().toLowerCase().split(/\s+/u).join(" ") },
              });
              setPhrase("");
              setAgreed(false);
              setAddress(answer.address);
              await loadWallet(client);
            });
          }}
        >
          <label className={controls["field"]}>
            <span className={controls["label"]}>The 24 words, in order</span>
            <textarea
              className={controls["input"]}
              rows={3}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              value={phrase}
              onChange={(event) => {
                setPhrase(event.target.value);
              }}
            />
            <span className={controls["hint"]}>{words} of 24 words</span>
          </label>
          <label className={controls["check"]}>
            <input
              type="checkbox"
              checked={agreed}
              onChange={(event) => {
                setAgreed(event.target.checked);
              }}
            />
            <span>
              This replaces the wallet of this tab.{" "}
              {checked ? "" : "Its own phrase was not written down yet; without it, it is lost."}
            </span>
          </label>
          <ProblemText problem={action.problem} />
          <div className={controls["row"]}>
            <button
              type="submit"
              className={cls(controls["button"], controls["danger"])}
              disabled={action.busy || words !== 24 || !agreed}
            >
              {action.busy ? "Restoring…" : "Replace the wallet"}
            </button>
            <span aria-live="polite">
              {address === null ? "" : `Restored: ${shortId(address)} ✓`}
            </span>
          </div>
        </form>
      </details>
    </section>
  );
}
