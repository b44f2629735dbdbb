/**
 * The few text tools of the built-in writer: words, stems, letter case. ASCII ranges are
 * spelt out, so that no engine's Unicode tables or locale can change a result (ENC-4).
 *
 * @module
 */

/** Lower case for A to Z and the Latin-1 capitals, nothing else. */
export function lower(text: string): string {
  return text.replace(/[A-ZÀ-ÖØ-Þ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));
}

/** Upper case for the first letter, if it is one of a to z or of Latin-1. */
export function capitalise(text: string): string {
  return text.replace(/^[a-zà-öø-þ]/, (letter) => String.fromCharCode(letter.charCodeAt(0) - 32));
}

/** The Latin words of a text in lower case, straight or curly apostrophes alike. */
export function wordsOf(text: string): string[] {
  const found = text.match(/[A-Za-zÀ-ÖØ-öø-ſ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ſ]+)*/g) ?? [];
  return found.map((word) => lower(word).replaceAll("’", "'"));
}

/** A crude English stem: enough to match "lamps" with "lamp" and "whispering" with "whispered". */
export function stem(word: string): string {
  let root = word.replace(/'s$/, "").replaceAll("'", "");
  if (root.length > 4) root = root.replace(/ies$/, "y").replace(/sses$/, "ss");
  if (root.length > 3) root = root.replace(/([^s])s$/, "$1");
  if (root.length > 5) root = root.replace(/(?:ing|ed)$/, "");
  return root.length > 3 ? root.replace(/e$/, "") : root;
}

/** The run of `size` words at each place of a text, as comparable strings. */
export function shingles(text: string, size: number): string[] {
  const words = wordsOf(text);
  const found: string[] = [];
  for (let i = 0; i + size <= words.length; i++) found.push(words.slice(i, i + size).join(" "));
  return found;
}
