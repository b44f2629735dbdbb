/**
 * Reports of runs as files: opened before the work, whole or not there after it.
 *
 * @module
 */
import { checkOutputs, type OutputFile, openOutput } from "./lab-files.ts";
import type { Output } from "./output.ts";

/** A report; without a path nobody wants it. */
export interface WantedReport<T> {
  readonly path: string | undefined;
  readonly textOf: (result: T) => string;
}

/** Work that ends in a result and reports of it. */
export interface ReportedWork<T> {
  /** What the work reads, which no report may replace; `-` for standard input. */
  readonly input: string;
  readonly wanted: readonly WantedReport<T>[];
  readonly work: () => Promise<T>;
  /** Prints the result. */
  readonly tell: (result: T) => void;
  readonly output: Output;
}

interface OpenReport<T> {
  readonly path: string;
  readonly file: OutputFile;
  readonly textOf: (result: T) => string;
}

async function openReports<T>(
  wanted: readonly WantedReport<T>[],
): Promise<readonly OpenReport<T>[]> {
  const opened: OpenReport<T>[] = [];
  try {
    for (const { path, textOf } of wanted) {
      if (path !== undefined) opened.push({ path, file: await openOutput(path), textOf });
    }
  } catch (error) {
    for (const { file } of opened) await file.discard();
    throw error;
  }
  return opened;
}

/**
 * Does the work, then writes its reports and tells its result. A path that cannot be written is told before the
 * work and not after it; when the work fails, files stay as they were. Rejects as `checkOutputs`, with
 * `file-unwritable` {path, reason}, and as the work does.
 */
export async function withReports<T>({
  input,
  wanted,
  work,
  tell,
  output,
}: ReportedWork<T>): Promise<void> {
  await checkOutputs(
    input,
    wanted.flatMap(({ path }) => path ?? []),
  );
  const reports = await openReports(wanted);
  try {
    const result = await work();
    // Files first: whoever reads stdout may have enough and end the program, as head does.
    const written = await Promise.allSettled(
      reports.map(({ file, textOf }) => file.write(textOf(result))),
    );
    tell(result);
    for (const [index, outcome] of written.entries()) {
      if (outcome.status === "rejected") throw outcome.reason;
      output.message(`written: ${reports[index]?.path}`);
    }
  } finally {
    for (const { file } of reports) await file.discard();
  }
}
