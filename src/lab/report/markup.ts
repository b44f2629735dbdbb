/**
 * Markup by template, in which every value is escaped unless it is markup itself: names and scenarios of
 * strangers stand in reports.
 *
 * @module
 */

/** Text that is markup already. Made by `html` alone. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template may hold; `null` leaves nothing. */
export type Fragment = Markup | string | number | null | readonly Fragment[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** No HTML: control characters but tab and line feed. No UTF-8: lone surrogates. */
const FORBIDDEN = /[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escaped(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd").replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? "");
}

function textOf(fragment: Fragment): string {
  if (fragment === null) return "";
  if (fragment instanceof Markup) return fragment.text;
  if (typeof fragment === "object") return fragment.map(textOf).join("");
  return escaped(String(fragment));
}

/** Template of HTML or SVG. */
export function html(parts: TemplateStringsArray, ...values: readonly Fragment[]): Markup {
  return new Markup(parts.map((part, index) => part + textOf(values[index] ?? null)).join(""));
}
