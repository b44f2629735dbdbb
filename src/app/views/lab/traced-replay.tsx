/**
 * What the live chain asked of each paragraph beside what difficulty rules ask of the same finds.
 *
 * @module
 */
import { type ReactNode, useEffect, useId, useMemo, useState } from "react";
import type { AskedWork } from "../../../lab/host/protocol.ts";
import { compareTrace, type TraceComparison } from "../../../lab/live/trace-comparison.ts";
import { countText, figureText } from "../../../lab/report/format.ts";
import { RETARGET_NAMES, type RetargetName } from "../../../lab/scenario/scenario.ts";
import controls from "../../components/controls.module.css";
import { formatMetric, plural } from "../../format/numbers.ts";
import { failureText } from "./failures.ts";
import styles from "./lab.module.css";
import type { LabSession } from "./lab-session.ts";
import type { LiveStretch } from "./lab-store.ts";
import { Plot } from "./plots/plot.tsx";
import type { PlotContent } from "./plots/plot-options.ts";
import { LAB, RULES } from "./strings.ts";

/** The story's own (DIF-1, DIF-2). */
const OWN: RetargetName = "relief";
const OTHERS: readonly RetargetName[] = RETARGET_NAMES.filter(
  (rule) => rule !== OWN && rule !== "fixed",
);

/** What the rules ask, once the worker has worked it out. */
function useAsked(
  yaml: string,
  session: LabSession,
): { readonly asked: readonly AskedWork[]; readonly failure: string } {
  const [asked, setAsked] = useState<readonly AskedWork[]>([]);
  const [failure, setFailure] = useState("");
  useEffect(() => {
    let over = false;
    session.askedWork(yaml).then(
      (all) => {
        if (!over) setAsked(all);
      },
      (error: unknown) => {
        if (!over) setFailure(failureText(error));
      },
    );
    return () => {
      over = true;
    };
  }, [session, yaml]);
  return { asked, failure };
}

function ownVerdict({ equal, ratio }: TraceComparison, blocks: number): string {
  if (equal === blocks) {
    return `Replayed under the story’s rule, the chain asks of all ${plural(blocks, "paragraph")} exactly what the live chain asked.`;
  }
  const range =
    ratio === null
      ? ""
      : ` Elsewhere it asks ${figureText(ratio.least)} to ${figureText(ratio.most)} times as much, because what came before the first paragraph is not known.`;
  return `Replayed under the story’s rule, the chain asks exactly what the live chain asked of ${countText(equal)} of ${plural(blocks, "paragraph")}.${range}`;
}

function otherVerdict(rule: RetargetName, { ratio }: TraceComparison): string {
  if (ratio === null) return "";
  return `${RULES[rule]} would have asked ${figureText(ratio.least)} to ${figureText(ratio.most)} times as much of a paragraph, and ${figureText(ratio.whole)} times as much of all together.`;
}

/** The section. */
export function TracedReplaySection(props: {
  readonly stretch: LiveStretch;
  readonly session: LabSession;
}): ReactNode {
  const { stretch, session } = props;
  const { blocks } = stretch;
  const { asked, failure } = useAsked(stretch.yaml, session);
  const [rule, setRule] = useState<RetargetName | null>(null);
  const id = useId();
  const comparisons = useMemo(
    () => new Map(asked.map((one) => [one.rule, compareTrace(blocks, one)])),
    [asked, blocks],
  );
  const own = comparisons.get(OWN);
  const other = rule === null ? undefined : comparisons.get(rule);
  const content = useMemo(
    (): PlotContent => ({
      x: {
        name: "height of the paragraph",
        text: countText,
        isWhole: true,
        startsAtData: true,
        values: blocks.map(({ height }) => height),
      },
      y: { name: "tries that a block costs on the average", text: formatMetric },
      series: [
        { name: "live", look: "main", values: blocks.map(({ work }) => work) },
        { name: "replayed, the story’s rule", look: "second", values: own?.asked ?? [] },
        ...(rule === null || other === undefined
          ? []
          : [{ name: RULES[rule], look: "third" as const, values: other.asked }]),
      ],
    }),
    [blocks, own, rule, other],
  );
  return (
    <section className={styles["part"]} aria-labelledby={id} data-part="traced">
      <div className={styles["part-head"]}>
        <h3 id={id}>The real blocks, replayed</h3>
        <span className={styles["live-badge"]}>Live</span>
        <span className={styles["badge"]}>{LAB.simulated}</span>
      </div>
      <p className={controls["hint"]}>
        Live: who wrote each paragraph, when, and the work that the chain asked of it. Simulated: a
        chain that gets the same finds at the same times, and what a difficulty rule asks of it.
      </p>
      {failure === "" ? null : <p className={controls["error"]}>{failure}</p>}
      {own === undefined ? null : (
        <>
          <p className={styles["verdict"]}>{ownVerdict(own, blocks.length)}</p>
          <RuleChoice rule={rule} onChange={setRule} />
          <Plot
            title="Work of each paragraph, live and replayed"
            words={
              rule === null || other === undefined
                ? "Where the two lines lie upon each other, the replay asks what the live chain asked."
                : `${otherVerdict(rule, other)} Under that rule the paragraphs would have come at other times: this shows what it asks of these.`
            }
            content={content}
          />
        </>
      )}
    </section>
  );
}

function RuleChoice(props: {
  readonly rule: RetargetName | null;
  readonly onChange: (rule: RetargetName | null) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className={styles["choose"]}>
      <label className={controls["label"]} htmlFor={id}>
        And what another rule would have asked
      </label>
      <select
        id={id}
        className={controls["input"]}
        value={props.rule ?? ""}
        onChange={(event) => {
          const { value } = event.target;
          props.onChange(OTHERS.find((name) => name === value) ?? null);
        }}
      >
        <option value="">No other rule</option>
        {OTHERS.map((name) => (
          <option key={name} value={name}>
            {RULES[name]}
          </option>
        ))}
      </select>
    </div>
  );
}
