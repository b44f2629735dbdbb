/**
 * What the command's exit code tells a script.
 *
 * @module
 */

/**
 * 0 done · 1 could not be done, the reason is on stderr · 2 not understood (unknown option or value) ·
 * 3 done, and the answer is no (a signature that does not hold, a handle that nobody has).
 */
export const EXIT_CODE = { done: 0, failed: 1, usage: 2, no: 3 } as const;

/** The same for `--help`; `no` is left out for commands that answer no question. */
export function exitCodeHelp({ no }: { readonly no: boolean }): string {
  const end = no
    ? ";\n3 the answer is no (a signature that does not hold, a handle that nobody has)."
    : ".";
  return `
Exit codes: 0 done; 1 could not be done, the reason is on stderr; 2 not understood${end}
Results go to stdout, logs and messages to stderr.`;
}
