/**
 * The recovery phrase: shown once, checked by three of its words, then only with the passphrase.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import type { WalletView } from "../../api-types.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { cls } from "../../css.ts";
import { useClient } from "../../services-context.ts";
import { loadWallet } from "../../stores/wallet-store.ts";
import { PhraseCheck } from "./phrase-check.tsx";
import { pickPositions } from "./positions.ts";

type Step =
  | { readonly kind: "closed" }
  | { readonly kind: "shown"; readonly words: readonly string[] }
  | { readonly kind: "check"; readonly length: number; readonly positions: readonly number[] };

const random = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

/** The section. */
export function PhraseSection(props: { readonly wallet: WalletView }): ReactNode {
  const { wallet } = props;
  const client = useClient();
  const action = useAction();
  const [step, setStep] = useState<Step>({ kind: "closed" });
  const [passphrase, setPassphrase] = useState("");
  const checked = wallet.phraseChecked;
  const needsPassphrase = checked && wallet.protection === "passphrase";
  const reveal = (): void => {
    action.run(async () => {
      const { words } = await client.request({
        method: "reveal_phrase",
        params: needsPassphrase ? { passphrase } : {},
      });
      setPassphrase("");
      setStep({ kind: "shown", words });
    });
  };
  return (
    <section className={panel["section"]}>
      <h2>Recovery phrase{checked ? " · checked ✓" : " · not written down yet"}</h2>
      {step.kind === "closed" ? (
        <>
          <p className={panel["lead"]}>
            {checked
              ? "You wrote the 24 words down and proved it. They are not shown again without a passphrase."
              : "24 words that bring this wallet back on any device. Write them on paper; they are shown until you have proved once that you have them."}
          </p>
          {needsPassphrase ? (
            <label className={controls["field"]}>
              <span className={controls["label"]}>Passphrase</span>
              <input
                className={controls["input"]}
                type="password"
                autoComplete="current-password"
                value={passphrase}
                onChange={(event) => {
                  setPassphrase(event.target.value);
                }}
              />
            </label>
          ) : null}
          {checked && !needsPassphrase ? null : (
            <div className={controls["row"]}>
              <button
                type="button"
                className={cls(controls["button"], !checked && controls["primary"])}
                disabled={action.busy || (needsPassphrase && passphrase === "")}
                onClick={reveal}
              >
                {checked ? "Show the words again" : "Show the 24 words"}
              </button>
            </div>
          )}
        </>
      ) : null}
      {step.kind === "shown" ? (
        <>
          <p className={panel["lead"]}>
            Write them down in this order, where nobody else looks. Whoever has them has this
            wallet.
          </p>
          <ol className={panel["words"]} aria-label="Recovery phrase" data-phrase>
            {step.words.map((word, index) => (
              <li key={`${String(index)} ${word}`}>{word}</li>
            ))}
          </ol>
          <div className={controls["row"]}>
            <button
              type="button"
              className={cls(controls["button"], controls["primary"])}
              onClick={() => {
                setStep(
                  checked
                    ? { kind: "closed" }
                    : {
                        kind: "check",
                        length: step.words.length,
                        positions: pickPositions(step.words.length, 3, random),
                      },
                );
              }}
            >
              {checked ? "Hide them" : "I have written them down"}
            </button>
          </div>
        </>
      ) : null}
      {step.kind === "check" ? (
        <PhraseCheck
          positions={step.positions}
          onChecked={() => {
            setStep({ kind: "closed" });
            void loadWallet(client);
          }}
          onBack={reveal}
        />
      ) : null}
      <ProblemText problem={action.problem} onRetry={reveal} />
    </section>
  );
}
