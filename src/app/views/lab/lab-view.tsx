/**
 * The lab: guided experiments, a scenario in an editor, its run and results, and this tab beside the live chain.
 *
 * @module
 */
import { type ReactNode, useEffect, useState } from "react";
import { EXPERIMENTS } from "../../../lab/experiments/experiments.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { cls } from "../../css.ts";
import { useServices } from "../../services-context.ts";
import { ExperimentPanel } from "./experiment-panel.tsx";
import { ExperimentShelf } from "./experiment-shelf.tsx";
import styles from "./lab.module.css";
import { labSession, openLink, restoreScenario } from "./lab-session.ts";
import { useLab } from "./lab-store.ts";
import { LivePanel } from "./live-panel.tsx";
import { ResultsPanel } from "./results-panel.tsx";
import { ScenarioPanel } from "./scenario-panel.tsx";
import { LAB } from "./strings.ts";

/** The view; `scenario` is the payload of a link that was opened. */
export function LabView(props: { readonly scenario: string | null }): ReactNode {
  const { scenario } = props;
  const { spawnLab } = useServices();
  const session = labSession(spawnLab);
  const id = useLab((state) => state.experiment);
  const experiment = EXPERIMENTS.find((one) => one.id === id) ?? null;
  const text = useLab((state) => state.text);
  const strict = useLab((state) => state.strict);
  const [brokenLink, setBrokenLink] = useState<string | null>(null);
  useEffect(() => {
    restoreScenario();
    const reading = scenario === null ? Promise.resolve(null) : openLink(scenario);
    void reading.then(setBrokenLink);
  }, [scenario]);
  useEffect(() => {
    session.read(text, strict);
  }, [session, text, strict]);
  return (
    <div className={cls(panel["page"], styles["page"])}>
      <header>
        <h1 className={panel["heading"]}>{LAB.title}</h1>
        <p className={panel["lead"]}>{LAB.lead}</p>
        {brokenLink === null ? null : (
          <p role="alert" className={controls["error"]}>
            {brokenLink} {LAB.notOfTheLink}
          </p>
        )}
      </header>
      <ExperimentShelf chosen={experiment} />
      <div className={styles["bench"]}>
        <div className={styles["side"]}>
          {experiment === null ? null : (
            <ExperimentPanel key={experiment.id} experiment={experiment} session={session} />
          )}
          <ScenarioPanel session={session} isFolded={experiment !== null} />
        </div>
        <ResultsPanel session={session} experiment={experiment} />
      </div>
      <LivePanel session={session} />
    </div>
  );
}
