/**
 * A text area for YAML with its line numbers. Tab leaves it, as it leaves every field; Enter keeps the indent.
 *
 * @module
 */
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useMemo,
  useRef,
} from "react";
import { SCENARIO_TEXT_MAX } from "../../../lab/scenario/limits.ts";
import type { Problem } from "../../../lab/scenario/problems.ts";
import { cls } from "../../css.ts";
import styles from "./editor.module.css";

/** In pixels, as in the style sheet. */
const LINE_HEIGHT = 20;
/** Lines that stay in sight above one that is jumped to. */
const LINES_ABOVE = 3;

/** What others may ask of the editor. */
export interface ScenarioEditorHandle {
  /** Selects a line, from 1, and brings it into sight. */
  showLine(line: number): void;
}

function lineBounds(text: string, line: number): readonly [from: number, to: number] {
  const lines = text.split("\n");
  const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [from, from + (lines[line - 1]?.length ?? 0)];
}

/** As high as its lines and one more, within reason; from there on it scrolls. */
function heightOf(lines: number): string {
  return `clamp(10rem, ${(lines + 1) * LINE_HEIGHT + 16}px, max(16rem, 46vh))`;
}

/** The editor. */
export function ScenarioEditor(props: {
  readonly ref: Ref<ScenarioEditorHandle>;
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly onChange: (text: string) => void;
}): ReactNode {
  const { ref, text, problems, onChange } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  useImperativeHandle(
    ref,
    () => ({
      showLine(line) {
        const field = area.current;
        if (field === null) return;
        field.focus();
        field.setSelectionRange(...lineBounds(field.value, line));
        field.scrollTop = (line - 1 - LINES_ABOVE) * LINE_HEIGHT;
      },
    }),
    [],
  );
  const count = useMemo(() => text.split("\n").length, [text]);
  const numbers = useMemo(
    () => Array.from({ length: count }, (_, index) => index + 1).join("\n"),
    [count],
  );
  const marks = new Map<number, Problem["severity"]>();
  for (const { line, severity } of problems) {
    if (marks.get(line) !== "error") marks.set(line, severity);
  }
  return (
    <div className={styles["editor"]} style={{ height: heightOf(count) }}>
      <div className={styles["gutter"]} aria-hidden>
        <div ref={gutter} className={styles["numbers"]}>
          {numbers}
          {[...marks].map(([line, severity]) => (
            <span
              key={line}
              className={cls(styles["mark"], styles[severity])}
              style={{ top: (line - 1) * LINE_HEIGHT }}
            >
              {severity === "error" ? "×" : "!"}
            </span>
          ))}
        </div>
      </div>
      <textarea
        ref={area}
        className={styles["text"]}
        aria-label="Scenario in YAML"
        aria-describedby="lab-problems"
        aria-invalid={problems.some(({ severity }) => severity === "error")}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        maxLength={SCENARIO_TEXT_MAX}
        spellCheck={false}
        wrap="off"
        value={text}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        onKeyDown={keepIndent}
        onScroll={(event) => {
          const { scrollTop } = event.currentTarget;
          if (gutter.current !== null) gutter.current.style.translate = `0 ${-scrollTop}px`;
        }}
      />
    </div>
  );
}

/** Enter begins the next line as far in as this one; through the browser, so that undo knows of it. */
function keepIndent(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
  const { value, selectionStart } = event.currentTarget;
  const line = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
  const indent = /^ */.exec(line)?.[0] ?? "";
  if (indent === "") return;
  event.preventDefault();
  document.execCommand("insertText", false, `\n${indent}`);
}
