/**
 * What is wrong with the scenario, by line; or, when nothing is, what it comes to.
 *
 * @module
 */
import type { ReactNode } from "react";
import { cls } from "../../css.ts";
import { plural } from "../../format/numbers.ts";
import styles from "./lab.module.css";
import { useLab } from "./lab-store.ts";
import { outlineText } from "./strings.ts";

/** The list; `onJump` shows a line in the editor. */
export function ProblemList(props: { readonly onJump: (line: number) => void }): ReactNode {
  const problems = useLab((state) => state.problems);
  const outline = useLab((state) => state.outline);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const counts = [
    errors > 0 ? plural(errors, "error") : "",
    warnings > 0 ? plural(warnings, "warning") : "",
  ].filter((text) => text !== "");
  return (
    <div id="lab-problems" className={styles["problems"]}>
      <p className={styles["outline"]} aria-live="polite">
        {errors > 0
          ? `It cannot run yet: ${counts.join(", ")}.`
          : outline === null
            ? "The scenario is being read…"
            : `${outlineText(outline)}${warnings > 0 ? ` · ${counts.join("")}` : ""}`}
      </p>
      {problems.length === 0 ? null : (
        <ul>
          {problems.map(({ severity, code, line, column, message }) => (
            <li key={`${line}/${column}/${code}/${message}`}>
              <button
                type="button"
                className={cls(styles["problem"], styles[severity])}
                data-code={code}
                onClick={() => {
                  props.onJump(line);
                }}
              >
                <b>
                  <span aria-hidden>{severity === "error" ? "×" : "!"}</span> Line {line}
                </b>
                <span>
                  {severity === "error" ? "" : "Warning: "}
                  {message}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
