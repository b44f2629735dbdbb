/**
 * The scenario: examples to open, the editor, what is wrong, how to run it.
 *
 * @module
 */
import { type ReactNode, useRef } from "react";
import { EXAMPLES } from "../../../lab/scenario/examples.ts";
import controls from "../../components/controls.module.css";
import { cls } from "../../css.ts";
import styles from "./lab.module.css";
import { type LabSession, openScenario, takeBackAside, typeScenario } from "./lab-session.ts";
import { useLab } from "./lab-store.ts";
import { ProblemList } from "./problem-list.tsx";
import { RunOptions } from "./run-options.tsx";
import { ScenarioEditor, type ScenarioEditorHandle } from "./scenario-editor.tsx";
import { SchemaHelp } from "./schema-help.tsx";
import { ShareScenario } from "./share-scenario.tsx";
import { LAB } from "./strings.ts";

/** The panel; folded while an experiment is looked at, whose scenario few will want to read first. */
export function ScenarioPanel(props: {
  readonly session: LabSession;
  readonly isFolded: boolean;
}): ReactNode {
  const { session, isFolded } = props;
  return isFolded ? (
    <details className={styles["fold"]}>
      <summary>See and change the scenario</summary>
      <Bench session={session} />
    </details>
  ) : (
    <section className={styles["scenario"]} aria-labelledby="lab-scenario">
      <header>
        <h2 id="lab-scenario">{LAB.scenario}</h2>
        <p className={controls["hint"]}>{LAB.scenarioLead}</p>
      </header>
      <Bench session={session} />
    </section>
  );
}

function Bench(props: { readonly session: LabSession }): ReactNode {
  const { session } = props;
  const text = useLab((state) => state.text);
  const problems = useLab((state) => state.problems);
  const aside = useLab((state) => state.aside);
  const editor = useRef<ScenarioEditorHandle>(null);
  return (
    <div className={styles["stack"]}>
      <ExampleChoice />
      {aside === null ? null : (
        <p className={styles["aside"]}>
          {LAB.aside}{" "}
          <button
            type="button"
            className={cls(controls["button"], controls["quiet"])}
            onClick={takeBackAside}
          >
            {LAB.takeBack}
          </button>
        </p>
      )}
      <ScenarioEditor ref={editor} text={text} problems={problems} onChange={typeScenario} />
      <ProblemList
        onJump={(line) => {
          editor.current?.showLine(line);
        }}
      />
      <RunOptions session={session} />
      <ShareScenario text={text} />
      <SchemaHelp session={session} />
    </div>
  );
}

function ExampleChoice(): ReactNode {
  const text = useLab((state) => state.text);
  const chosen = EXAMPLES.find(({ yaml }) => yaml === text);
  return (
    <div className={controls["field"]}>
      <label className={controls["label"]} htmlFor="lab-example">
        Open an example
      </label>
      <select
        id="lab-example"
        className={controls["input"]}
        aria-describedby="lab-example-note"
        value={chosen?.id ?? ""}
        onChange={(event) => {
          const example = EXAMPLES.find(({ id }) => id === event.target.value);
          if (example !== undefined) openScenario(example.yaml);
        }}
      >
        {chosen === undefined ? <option value="">A scenario of your own</option> : null}
        {EXAMPLES.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <span id="lab-example-note" className={controls["hint"]}>
        {chosen?.summary ?? ""}
      </span>
    </div>
  );
}
