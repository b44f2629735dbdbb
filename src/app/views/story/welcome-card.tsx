/**
 * The first visit's card: one sentence, two ways on. It stands where the composer will stand, so the
 * story stays readable behind it, and it can be opened again from the mining pill.
 *
 * @module
 */
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Preset } from "../../api-types.ts";
import controls from "../../components/controls.module.css";
import { PresetChoice } from "../../components/preset-choice.tsx";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { useEscape } from "../../components/use-escape.ts";
import { cls } from "../../css.ts";
import { cleanText, paragraphProblem } from "../../format/paragraph-text.ts";
import { useClient } from "../../services-context.ts";
import { useDraft } from "../../stores/draft-store.ts";
import { changeSettings, showCard, useSettings } from "../../stores/settings-store.ts";
import { useStatus } from "../../stores/status-store.ts";
import { useStory } from "../../stores/story-store.ts";
import composer from "./composer.module.css";
import { STORY } from "./strings.ts";
import styles from "./welcome-card.module.css";

/** True while the card stands in the composer's place. */
export function useWelcome(): boolean {
  const settings = useSettings((state) => state.settings);
  const cardOpen = useSettings((state) => state.cardOpen);
  return cardOpen || settings?.welcomed === false;
}

/** The card. */
export function WelcomeCard(): ReactNode {
  const client = useClient();
  const status = useStatus((state) => state.status);
  const [step, setStep] = useState<"hello" | "join">("hello");
  const leave = useAction();
  const away = (): void => {
    showCard(false);
    leave.run(() => changeSettings(client, { welcomed: true }));
  };
  useEscape(away);
  return (
    <div className={composer["dock"]}>
      <section className={cls(composer["box"], styles["card"])} aria-label="Welcome to this story">
        {step === "hello" ? (
          <>
            <p className={styles["sentence"]}>
              Everybody who opens this story holds all of it, and may write the next paragraph: a
              small proof of work in the tab decides whose it is.
            </p>
            <div className={controls["row"]}>
              <button
                type="button"
                className={cls(controls["button"], controls["primary"])}
                disabled={status?.mode === "readonly"}
                onClick={() => {
                  setStep("join");
                }}
              >
                Join the writing
              </button>
              <button type="button" className={controls["button"]} onClick={away}>
                Just read
              </button>
              <span className={controls["hint"]}>Nothing is computed unless you join.</span>
            </div>
            <ProblemText problem={leave.problem} onRetry={away} />
          </>
        ) : (
          <JoinStep onAway={away} />
        )}
      </section>
    </div>
  );
}

function JoinStep(props: { readonly onAway: () => void }): ReactNode {
  const client = useClient();
  const maxWords = useStory((state) => state.genesis?.maxWords ?? 140);
  const saved = useSettings((state) => state.settings?.preset ?? "gentle");
  const [chosen, setPreset] = useState<Preset | null>(null);
  const preset = chosen ?? saved;
  const [proposed, setProposed] = useState("");
  const [text, setText] = useState("");
  const propose = useAction();
  const start = useAction();
  const heading = useRef<HTMLHeadingElement>(null);
  const { run } = propose;

  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    run(async () => {
      const answer = await client.request({ method: "draft_paragraph" });
      setProposed(answer.text);
      setText((current) => (current === "" ? answer.text : current));
    });
  }, [client, run]);

  const own = text !== proposed && text.trim() !== "";
  const problem = own ? paragraphProblem(text, maxWords) : null;
  const join = (): void => {
    start.run(async () => {
      if (own) {
        const answer = await client.request({
          method: "submit_paragraph",
          params: { text: cleanText(text) },
        });
        useDraft.setState({ draft: answer.draft, text: answer.draft.text, saving: "saved" });
      }
      await client.request({ method: "start_mining", params: { preset, writer: "builtin" } });
      props.onAway();
    });
  };
  return (
    <>
      <h2 ref={heading} tabIndex={-1} className={styles["title"]}>
        Join the writing
      </h2>
      <label className={controls["field"]}>
        <span className={controls["label"]}>
          {own
            ? "Your paragraph, to be offered first"
            : "A first paragraph, from the built-in writer"}
        </span>
        <textarea
          className={cls(controls["input"], styles["proposal"])}
          rows={4}
          value={text}
          placeholder={propose.busy ? "The built-in writer is thinking…" : "Write your own"}
          aria-invalid={problem !== null}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
        <span className={controls["hint"]}>
          {own
            ? `You changed it, so it counts as typed by hand. At most ${maxWords} words.`
            : "It proposes a fresh one each round until you stop. Change it, and it becomes your own."}
        </span>
      </label>
      <ProblemText
        problem={propose.problem}
        onRetry={() => {
          run(async () => {
            const answer = await client.request({ method: "draft_paragraph" });
            setProposed(answer.text);
            setText(answer.text);
          });
        }}
      />
      <PresetChoice value={preset} name="welcome-preset" onChange={setPreset} />
      <p className={controls["hint"]}>{STORY.battery}</p>
      <ProblemText problem={start.problem} onRetry={join} />
      <div className={controls["row"]}>
        <button
          type="button"
          className={cls(controls["button"], controls["primary"])}
          disabled={start.busy || problem !== null}
          onClick={join}
        >
          {start.busy ? "Starting…" : "Start"}
        </button>
        <button type="button" className={controls["button"]} onClick={props.onAway}>
          Just read
        </button>
      </div>
    </>
  );
}
