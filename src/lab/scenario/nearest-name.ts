/**
 * "Did you mean": the known name that a mistyped one is nearest to.
 *
 * @module
 */

/** Longer names are nobody's slip of the finger, and comparing takes the product of the lengths. */
const COMPARED_LENGTH_MAX = 40;
/** A hundred mistakes among thousands of agents must not take seconds. */
const COMPARED_NAMES_MAX = 400;

/** The name of `names` that `written` becomes by the fewest edits, if those are about a third of its length at most. */
export function nearestName(written: string, names: Iterable<string>): string | null {
  if (written.length > COMPARED_LENGTH_MAX) return null;
  let nearest: string | null = null;
  let fewest = Math.floor((written.length + 1) / 3) + 1;
  let compared = 0;
  for (const name of names) {
    if (compared++ === COMPARED_NAMES_MAX) break;
    if (Math.abs(written.length - name.length) >= fewest) continue;
    const edits = editDistance(written.toLowerCase(), name.toLowerCase(), fewest);
    if (edits < fewest) {
      fewest = edits;
      nearest = name;
    }
  }
  return nearest;
}

/** Levenshtein's distance, row by row; given up when it is `enough` or more. */
function editDistance(a: string, b: string, enough: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
    // No distance is less than the least one on the way to it.
    if (Math.min(...row) >= enough) return enough;
  }
  return row[b.length] ?? 0;
}
