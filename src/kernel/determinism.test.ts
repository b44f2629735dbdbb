/**
 * What the linter cannot see: regular expressions that read the engine's Unicode tables, and the other
 * words of ENC-4 in whatever form. Comments and strings are looked through as well; nobody needs these
 * words there.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const FORBIDDEN: readonly RegExp[] = [
  /\\[pP]\{/,
  /\bIntl\b/,
  /\blocaleCompare\b/,
  /\.normalize\(/,
  /\btoLocale/,
  /\bnew Date\b|\bDate\.(?:now|parse|UTC)\b/,
  /\bperformance\b/,
  /\bMath\.(?:random|log|exp|pow|sqrt|sin|cos|tan)/,
  /\bparseFloat\b/,
  /\.toUpperCase\(|\.toLowerCase\(|\.trim\(/,
];

function sourcesOf(folder: string): string[] {
  const root = fileURLToPath(new URL(`../${folder}/`, import.meta.url));
  return readdirSync(root, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .filter((path) => !path.startsWith("testing"))
    .map((path) => root + path);
}

const PURE_FOLDERS = ["kernel", "ledger", "mempool", "chain"];

test.each(PURE_FOLDERS)(
  "[ENC-4] src/%s asks no clock, locale, Unicode table or floating-point function",
  (folder) => {
    const paths = sourcesOf(folder);
    expect(paths.length).toBeGreaterThan(5);
    const found = paths.flatMap((path) => {
      const text = readFileSync(path, "utf8");
      return FORBIDDEN.filter((word) => word.test(text)).map((word) => `${path}: ${word.source}`);
    });
    expect(found).toEqual([]);
  },
);
