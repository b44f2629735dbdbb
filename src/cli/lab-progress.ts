/**
 * One line on a terminal that says how far a run has come; nothing where nobody watches.
 *
 * @module
 */
import type { DrivenProgress } from "../lab/drive-run.ts";
import { countText, durationText } from "../lab/report/format.ts";

/** Where the line is drawn: stderr. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  /** Width; a longer line would break and stay. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows progress. */
export interface ProgressLine {
  show(progress: DrivenProgress): void;
  /** Takes the line away. */
  clear(): void;
}

/** Time between two drawings. */
const REDRAW_MS = 100;
const DEFAULT_COLUMNS = 80;
const START_OF_LINE = "\r\u001b[K";

function textOf({ done, height, simulatedMs, etaMs }: DrivenProgress): string {
  const left =
    etaMs === null ? "" : `, about ${durationText(Math.ceil(etaMs / 1_000) * 1_000)} left`;
  return `${Math.floor(done * 100)} %, ${countText(height)} blocks, ${durationText(simulatedMs)} simulated${left}`;
}

/** The line of the run `name`; `now` is a clock in ms. */
export function createProgressLine(
  stream: ProgressStream,
  now: () => number,
  name: string,
): ProgressLine {
  let drawnMs = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  return {
    show(progress) {
      if (stream.isTTY !== true || now() - drawnMs < REDRAW_MS) return;
      drawnMs = now();
      isDrawn = true;
      const width = (stream.columns ?? DEFAULT_COLUMNS) - 1;
      stream.write(`${START_OF_LINE}${`${name}${textOf(progress)}`.slice(0, width)}`);
    },
    clear() {
      if (isDrawn) stream.write(START_OF_LINE);
      isDrawn = false;
    },
  };
}
