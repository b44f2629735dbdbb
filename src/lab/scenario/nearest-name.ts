/**
 * "Did you mean": the known name that a mistyped one is nearest to.
 *
 * @module
 */

/** Longer names are nobody's slip of the finger, and comparing takes the product of the lengths. */
const COMPARED_LENGTH_MAX = 40;

/** The name of `names` that `written` becomes by the fewest edits, if those are about a third of its length at most. */
export function nearestName(written: string, names: Iterable<string>): string | null {
  if (written.length > COMPARED_LENGTH_MAX) return null;
  let nearest: string | null = null;
  let fewest = Math.floor((written.length + 1) / 3) + 1;
  for (const name of names) {
    const edits = editDistance(written.toLowerCase(), name.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      nearest = name;
    }
  }
  return nearest;
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
