/**
 * Erases everything of this tab, after the person typed a word.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import controls from "../../components/controls.module.css";
import { Modal } from "../../components/modal.tsx";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useAction } from "../../components/use-action.ts";
import { cls } from "../../css.ts";
import { useClient } from "../../services-context.ts";
import { forgetLabDraft } from "../../stores/lab-draft.ts";
import { forgetProgress } from "../../stores/progress.ts";
import { useStatus } from "../../stores/status-store.ts";
import { useWallet } from "../../stores/wallet-store.ts";
import { SETTINGS } from "./strings.ts";

const WORD = "erase";

/** The section and its dialog. */
export function EraseSection(): ReactNode {
  const client = useClient();
  const checked = useWallet((state) => state.wallet?.phraseChecked === true);
  const action = useAction();
  const [open, setOpen] = useState(false);
  const [word, setWord] = useState("");
  const erase = (): void => {
    action.run(async () => {
      await client.request({ method: "erase_data", params: { confirm: WORD } });
      forgetProgress();
      forgetLabDraft();
      useStatus.setState({ erased: true });
    });
  };
  return (
    <section className={panel["section"]}>
      <h2>Erase</h2>
      <p className={panel["lead"]}>{SETTINGS.eraseLead}</p>
      <div className={controls["row"]}>
        <button
          type="button"
          className={cls(controls["button"], controls["danger"])}
          onClick={() => {
            setWord("");
            setOpen(true);
          }}
        >
          Erase everything…
        </button>
      </div>
      {open ? (
        <Modal
          title="Erase everything of this tab?"
          onClose={() => {
            setOpen(false);
          }}
        >
          <p>{SETTINGS.eraseLead}</p>
          {checked ? null : (
            <p>
              <b>The recovery phrase of this wallet was not written down yet.</b>{" "}
              <a href="#/wallet">Do that first</a>, or what this wallet holds is lost.
            </p>
          )}
          <TextField label={`Type the word “${WORD}” to confirm`} value={word} onChange={setWord} />
          <ProblemText problem={action.problem} onRetry={erase} />
          <div className={controls["row"]}>
            <button
              type="button"
              className={cls(controls["button"], controls["danger"])}
              disabled={action.busy || word.trim().toLowerCase() !== WORD}
              onClick={erase}
            >
              {action.busy ? "Erasing…" : "Erase"}
            </button>
            <button
              type="button"
              className={controls["button"]}
              onClick={() => {
                setOpen(false);
              }}
            >
              Keep everything
            </button>
          </div>
        </Modal>
      ) : null}
    </section>
  );
}
