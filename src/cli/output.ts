/**
 * Where commands write: results to stdout, everything else to stderr. Much of it comes from strangers, so
 * nothing that a terminal would obey gets through.
 *
 * @module
 */

/** Where a command writes; replaced in tests. */
export interface Output {
  result(text: string): void;
  message(text: string): void;
}

/** What a command is handed besides its options. */
export interface CommandContext {
  readonly output: Output;
  /** Sets the exit code; 0 unless it is called. */
  readonly finish: (code: number) => void;
}

/** All but line feed, printable ASCII and what lies above the second block of control characters. */
const CONTROL = /[^\n\u0020-\u007e\u00a0-\u{10ffff}]/gu;

/** The text with a mark in place of each control character. */
export function printable(text: string): string {
  return text.replace(CONTROL, "\ufffd");
}

/** JSON on one line, control characters escaped. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    CONTROL,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Writes a result as JSON, or as text for people. */
export function writeResult(output: Output, json: boolean, value: unknown, text: string): void {
  output.result(json ? jsonLine(value) : printable(text));
}

/** The process' own stdout and stderr. */
export const standardOutput: Output = {
  result: (text) => process.stdout.write(`${text}\n`),
  message: (text) => process.stderr.write(`${printable(text)}\n`),
};
