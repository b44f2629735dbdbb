/**
 * Asks for three words of the recovery phrase; the peer, not the page, says whether they are right.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { cls } from "../../css.ts";
import { useClient } from "../../services-context.ts";

/** The form for `positions` (from 0); people and the peer count from 1. */
export function PhraseCheck(props: {
  readonly positions: readonly number[];
  readonly onChecked: () => void;
  readonly onBack: () => void;
}): ReactNode {
  const { positions, onChecked, onBack } = props;
  const client = useClient();
  const action = useAction();
  const [words, setWords] = useState<Readonly<Record<number, string>>>({});
  const complete = positions.every((position) => (words[position] ?? "").trim() !== "");
  return (
    <form
      className={panel["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        action.run(async () => {
          await client.request({
            method: "confirm_phrase",
            params: {
              words: positions.map((position) => ({
                position: position + 1,
                word: (words[position] ?? "").trim().toLowerCase(),
              })),
            },
          });
          onChecked();
        });
      }}
    >
      <p className={panel["lead"]}>Type these three words from your paper.</p>
      <div className={panel["two"]}>
        {positions.map((position) => (
          <label key={position} className={controls["field"]}>
            <span className={controls["label"]}>Word {position + 1}</span>
            <input
              className={controls["input"]}
              autoCapitalize="none"
              autoComplete="off"
              autoCorrect="off"
              spellCheck={false}
              value={words[position] ?? ""}
              onChange={(event) => {
                setWords({ ...words, [position]: event.target.value });
              }}
            />
          </label>
        ))}
      </div>
      <ProblemText problem={action.problem} />
      <div className={controls["row"]}>
        <button
          type="submit"
          className={cls(controls["button"], controls["primary"])}
          disabled={!complete || action.busy}
        >
          Check
        </button>
        <button type="button" className={controls["button"]} onClick={onBack}>
          Show the words again
        </button>
      </div>
    </form>
  );
}
