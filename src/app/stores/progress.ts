/**
 * Where the reader stopped in each story. Kept in localStorage, because it belongs to the person at
 * this browser and to nobody else; a browser without it only forgets.
 *
 * @module
 */

const PREFIX = "fabula.app.progress.";

/** The height last read in a story; 0 for none. */
export function readProgress(story: string): number {
  try {
    const height = Number(localStorage.getItem(PREFIX + story));
    return Number.isSafeInteger(height) && height > 0 ? height : 0;
  } catch {
    return 0;
  }
}

/** Keeps the height last read; a full or forbidden store is no reason to disturb the reader. */
export function keepProgress(story: string, height: number): void {
  try {
    localStorage.setItem(PREFIX + story, String(height));
  } catch {
    // Reading goes on without a bookmark.
  }
}

/** Forgets every bookmark. */
export function forgetProgress(): void {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index));
    for (const key of keys) if (key?.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // Nothing kept, nothing to forget.
  }
}
