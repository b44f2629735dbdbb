/**
 * One kind of error for the whole program: a stable code and a typed payload. Texts for people are
 * made from the code by the app; nothing in the code parses messages.
 *
 * @module
 */

/** Facts that belong to an error; only values that survive JSON and `postMessage`. */
export type ErrorData = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** An expected failure: `code` is kebab-case and never changes its meaning, `data` says what was met. */
export class CodedError<Code extends string = string> extends Error {
  override readonly name: string = "CodedError";
  readonly code: Code;
  readonly data: ErrorData;

  constructor(code: Code, data: ErrorData = {}, options?: { readonly cause?: unknown }) {
    super(`${code} ${JSON.stringify(data)}`, options);
    this.code = code;
    this.data = data;
  }
}

/** True when `error` is a `CodedError`, with the given code if one is named. */
export function isCoded(error: unknown, code?: string): error is CodedError {
  return error instanceof CodedError && (code === undefined || error.code === code);
}
