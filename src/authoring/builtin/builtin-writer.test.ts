import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesFromHex, hexFromBytes } from "../../kernel/bytes.ts";
import { PARAGRAPH_MAX_BYTES } from "../../kernel/limits.ts";
import { checkText, countWords } from "../../kernel/text.ts";
import type { CodexNote, WritingContext } from "../writing-context.ts";
import { createBuiltinWriter } from "./builtin-writer.ts";
import golden from "./golden.json" with { type: "json" };
import { shingles } from "./plain-text.ts";

const corpus = new Uint8Array(
  readFileSync(new URL("../../../public/corpus/builtin-v1.txt", import.meta.url)),
);
const writer = createBuiltinWriter(corpus);

const LAMP = {
  title: "The lamp",
  premise:
    "The lighthouse keeper, Mara, found the letter wedged beneath the lamp on the night the sea went quiet. It was addressed to her brother Tobias, who had been dead for eleven years.",
  codex: [],
};

function expectValid(text: string, maxWords: number): void {
  checkText(text, { what: "paragraph", minBytes: 1, maxBytes: PARAGRAPH_MAX_BYTES });
  expect(countWords(text)).toBeGreaterThanOrEqual(1);
  expect(countWords(text)).toBeLessThanOrEqual(maxWords);
  expect(text).not.toMatch(/^[ \u3000]|[ \u3000]$|\n| {2}|@[mf]|[{}|<>]/);
}

function story(
  context: Pick<WritingContext, "title" | "premise" | "codex">,
  paragraphs: number,
  seed = 1n,
): string[] {
  const canon: string[] = [];
  for (let i = 0; i < paragraphs; i++) {
    canon.push(writer.draft({ ...context, canon: [...canon], maxWords: 140 }, seed + BigInt(i)));
  }
  return canon;
}

describe("the built-in writer", () => {
  test("[PAR-2] golden drafts: the same canon and seed give the same text on every engine", () => {
    expect(hexFromBytes(writer.algorithmHash)).toBe(golden.algorithmHash);
    expect(golden.drafts.length).toBeGreaterThanOrEqual(5);
    for (const { title, premise, canon, codex, maxWords, seed, text } of golden.drafts) {
      const context = { title, premise, canon, codex: codex as CodexNote[], maxWords };
      expect(writer.draft(context, BigInt(seed))).toBe(text);
    }
  });

  test("[PAR-2] another writer instance, and the canon beyond the last pages, change nothing", () => {
    const canon = story(LAMP, 14);
    const again = createBuiltinWriter(corpus.slice());
    const context = { ...LAMP, canon, maxWords: 140 };
    expect(again.draft(context, 7n)).toBe(writer.draft(context, 7n));
    expect(again.draft({ ...context, canon: canon.slice(2) }, 7n)).toBe(writer.draft(context, 7n));
    expect(again.algorithmHash).toEqual(bytesFromHex(golden.algorithmHash));
  });

  test("seed and canon both matter", () => {
    const context = { ...LAMP, canon: [], maxWords: 140 };
    const drafts = new Set(
      Array.from({ length: 20 }, (_, seed) => writer.draft(context, BigInt(seed))),
    );
    expect(drafts.size).toBe(20);
    expect(writer.draft({ ...context, canon: ["Mara slept."] }, 1n)).not.toBe(
      writer.draft(context, 1n),
    );
    // All 64 bits of the seed count.
    expect(writer.draft(context, 1n << 40n)).not.toBe(writer.draft(context, 0n));
  });

  test("[PAR-1] 200 seeds are valid paragraphs of a good length with paired quotation marks", () => {
    for (let seed = 0n; seed < 200n; seed++) {
      const text = writer.draft({ ...LAMP, canon: [], maxWords: 140 }, seed);
      expectValid(text, 140);
      expect(countWords(text)).toBeGreaterThanOrEqual(40);
      expect(countWords(text)).toBeLessThanOrEqual(110);
      expect(text.split("“").length).toBe(text.split("”").length);
      expect(text).not.toMatch(/["']|--/);
      expect(text).toMatch(/Mara|Tobias/);
    }
  });

  test("[PAR-1] odd premises, canons and word limits give valid paragraphs", () => {
    const oddText = fc.oneof(
      fc.constantFrom(
        "",
        "Dawn.",
        "A robot wakes up.",
        "灯台守は手紙を見つけた。",
        "🙂🙃 🫠",
        "?!…—".repeat(100),
        "Aa ".repeat(200),
        "X".repeat(600),
        "“",
        "Ægir Ōkubo Łucja",
        "@m @f {A} |>",
      ),
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.lorem({ mode: "sentences", maxCount: 4 }),
    );
    fc.assert(
      fc.property(
        fc.record({
          title: oddText,
          premise: oddText,
          canon: fc.array(oddText, { maxLength: 5 }),
          codex: fc.array(
            fc.record({
              kind: fc.constantFrom("character", "place", "rule", "thing"),
              name: oddText,
              text: oddText,
            }),
            { maxLength: 4 },
          ),
          maxWords: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constantFrom(60, 140, 800)),
        }),
        fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
        (context: WritingContext, seed) => {
          const text = writer.draft(context, seed);
          expectValid(text, context.maxWords);
          expect(writer.draft(context, seed)).toBe(text);
        },
      ),
      { numRuns: 120 },
    );
  });

  test("[PAR-1] a limit of 20 words still gives a sentence about the story", () => {
    for (let seed = 0n; seed < 50n; seed++) {
      const text = writer.draft({ ...LAMP, canon: [], maxWords: 20 }, seed);
      expectValid(text, 20);
      expect(countWords(text)).toBeGreaterThanOrEqual(2);
      expect(text).toMatch(/[.?!]”?$/);
    }
  });

  test("no five words are said twice within the last pages", () => {
    const canon = story(LAMP, 25, 100n);
    canon.forEach((paragraph, i) => {
      const before = new Set(
        [LAMP.premise, ...canon.slice(Math.max(0, i - 12), i)].flatMap((page) => shingles(page, 5)),
      );
      expect(shingles(paragraph, 5).filter((run) => before.has(run))).toEqual([]);
    });
  });

  test("a story that names nobody gets a cast of its own, and keeps it", () => {
    const canon = story(
      { title: "Rain", premise: "It had rained for a hundred years.", codex: [] },
      6,
    );
    const [name] = [
      "Ilse",
      "Hester",
      "Maud",
      "Sigrid",
      "Elspeth",
      "Isolde",
      "Ingrid",
      "Imogen",
    ].filter((own) => canon[0]?.includes(own));
    expect(name).toBeDefined();
    expect(
      canon.filter((paragraph) => paragraph.includes(name ?? "")).length,
    ).toBeGreaterThanOrEqual(5);
  });

  test("the corpus stays under 600 KB gzipped and holds no slots, markup or slurs where text should be", () => {
    expect(gzipSync(corpus, { level: 9 }).length).toBeLessThanOrEqual(600_000);
    const text = new TextDecoder().decode(corpus);
    expect(text).not.toMatch(
      /gutenberg|copyright|etext|chapter|nigg|negro|savage|heathen|gyps|["_*[\]]/i,
    );
    expect(text.replaceAll(/@[mf]\b/g, "")).not.toContain("@");
  });

  test("other bytes than a corpus are refused", () => {
    expect(() => createBuiltinWriter(new TextEncoder().encode("<!doctype html>"))).toThrow(
      /bad-corpus/,
    );
  });
});
