/**
 * The lab's scenario as it was left, kept in localStorage as the bookmark is: it belongs to the person at this
 * browser. A browser without it only forgets.
 *
 * @module
 */

const KEY = "fabula.app.lab";

/** What is kept. */
export interface LabDraft {
  readonly text: string;
  /** The text that was there before another one was opened over it; null for none. */
  readonly aside: string | null;
  /** Payload of the link that was opened last, so that a reload does not open it over changes. */
  readonly link: string | null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** The kept draft, or null. */
export function readLabDraft(): LabDraft | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (typeof kept !== "object" || kept === null || !("text" in kept)) return null;
    if (typeof kept.text !== "string") return null;
    return {
      text: kept.text,
      aside: "aside" in kept ? textOrNull(kept.aside) : null,
      link: "link" in kept ? textOrNull(kept.link) : null,
    };
  } catch {
    return null;
  }
}

/** Keeps the draft; a full or forbidden store is no reason to disturb anybody. */
export function keepLabDraft(draft: LabDraft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // The text stays on screen as long as the page does.
  }
}

/** Forgets it. */
export function forgetLabDraft(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing kept, nothing to forget.
  }
}
