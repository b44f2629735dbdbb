/**
 * Whether a page's marks are balanced, for tests.
 *
 * @module
 */

const VOIDS: ReadonlySet<string> = new Set(["meta", "!doctype"]);

/** The names of marks that are not closed, or closed at the wrong place; none for a page that is read as it was meant. */
export function unbalanced(text: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, close, name = "", rest = ""] of text.matchAll(/<(\/?)([a-z!][a-z0-9]*)([^>]*)>/g)) {
    if (close === "/") {
      if (open.pop() !== name) wrong.push(name);
    } else if (!VOIDS.has(name) && !rest.endsWith("/")) open.push(name);
  }
  return [...wrong, ...open];
}
