/**
 * What can be taken along from a run: its report as a page, a table or JSON; and the run itself, to compare with.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { ReportFormat } from "../../../../lab/host/protocol.ts";
import controls from "../../../components/controls.module.css";
import { saveFile } from "../../../components/save-file.ts";
import { cls } from "../../../css.ts";
import { failureText } from "../failures.ts";
import styles from "../lab.module.css";
import type { LabSession } from "../lab-session.ts";
import { type ShownRun, useLab } from "../lab-store.ts";

const FORMATS: readonly {
  readonly format: ReportFormat;
  readonly label: string;
  readonly type: string;
}[] = [
  { format: "html", label: "Report (HTML)", type: "text/html" },
  { format: "csv", label: "Blocks (CSV)", type: "text/csv" },
  { format: "json", label: "Figures (JSON)", type: "application/json" },
];

function fileName(run: ShownRun, format: ReportFormat): string {
  const name = run.summaries[0]?.scenario.name ?? "run";
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return `fabula-lab-${plain === "" ? "run" : plain}-${run.summaries[0]?.seed ?? 0}.${format}`;
}

/** The buttons. */
export function ReportActions(props: {
  readonly run: ShownRun;
  readonly session: LabSession;
}): ReactNode {
  const { run, session } = props;
  const isBefore = useLab(
    ({ before, isBeforeChosen }) => isBeforeChosen && before?.number === run.number,
  );
  const { report } = run;
  if (report === null) return null;
  return (
    <div className={controls["row"]}>
      {FORMATS.map(({ format, label, type }) => (
        <button
          key={format}
          type="button"
          className={controls["button"]}
          onClick={() => {
            session.report(report, format).then(
              (text) => {
                saveFile(fileName(run, format), type, text);
              },
              (error: unknown) => {
                useLab.setState({ failure: failureText(error) });
              },
            );
          }}
        >
          {label}
        </button>
      ))}
      <button
        type="button"
        className={cls(controls["button"], styles["keep"])}
        aria-pressed={isBefore}
        onClick={() => {
          useLab.setState({ before: isBefore ? null : run, isBeforeChosen: !isBefore });
        }}
      >
        {isBefore ? "Kept as A" : "Keep as A, to compare"}
      </button>
    </div>
  );
}
