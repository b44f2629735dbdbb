/**
 * From an error's code to a sentence and one thing to do. Nothing here reads an error's message; a
 * code without an entry still gives a sentence that names it, so that no failure is silent.
 *
 * @module
 */
import { type ErrorData, isCoded } from "../kernel/errors.ts";
import { formatTokens } from "./format/amounts.ts";
import { ENTRIES, type ErrorActionKind } from "./message-entries.ts";
import { refusedText } from "./refusals.ts";

export type { ErrorActionKind } from "./message-entries.ts";

/** One sentence and at most one action. */
export interface ErrorMessage {
  readonly code: string;
  readonly text: string;
  readonly action: { readonly kind: ErrorActionKind; readonly label: string } | null;
}

/** True when a code has words of its own. */
export function hasMessage(code: string): boolean {
  return Object.hasOwn(ENTRIES, code);
}

/** The code of anything that was thrown; `unexpected` when it has none. */
export function errorCode(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error) {
    if (typeof error.code === "string") return error.code;
  }
  return "unexpected";
}

/** What an error's payload adds to its sentence; undefined where it adds nothing. */
function detailed(code: string, data: ErrorData): string | undefined {
  if (code === "transaction-refused") return refusalText(data);
  const { position } = data;
  if (typeof position !== "number") return undefined;
  if (code === "phrase-wrong") return `Word ${position} is not right. Look at your copy again.`;
  return code === "phrase-invalid"
    ? `Word ${position} is no word of a recovery phrase. Check its spelling.`
    : undefined;
}

/** The words of a refusal's number; a fee that is too low also says what would do. */
function refusalText({ number, floor }: ErrorData): string | undefined {
  if (typeof number !== "number") return undefined;
  const text = refusedText(number);
  return typeof floor === "string" && /^\d+$/.test(floor)
    ? `${text} The least for this one is ${formatTokens(floor)}.`
    : text;
}

/** The payload of anything that was thrown; empty when it has none. */
function errorData(error: unknown): ErrorData {
  return isCoded(error) ? error.data : {};
}

/** The sentence and action for anything that was thrown. */
export function messageOf(error: unknown): ErrorMessage {
  const message = messageFor(errorCode(error));
  return { ...message, text: detailed(message.code, errorData(error)) ?? message.text };
}

/** The sentence and action for a code. */
export function messageFor(code: string): ErrorMessage {
  const entry = Object.hasOwn(ENTRIES, code) ? ENTRIES[code] : undefined;
  if (entry === undefined) {
    return {
      code,
      text: `That did not work (code ${code}). Nothing of yours was lost; try again, and if it stays, reload the page.`,
      action: { kind: "retry", label: "Try again" },
    };
  }
  const [text, kind, label] = entry;
  return {
    code,
    text,
    action: kind === undefined || label === undefined ? null : { kind, label },
  };
}
