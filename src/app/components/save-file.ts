/**
 * Hands a text to the browser as a file.
 *
 * @module
 */

/** The address of a blob is kept this long: some browsers read it only after the click returned. */
const READ_MS = 10_000;

/** Saves `text` as `name`. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, READ_MS);
}
