import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { PARAGRAPH_MAX_BYTES } from "../../kernel/limits.ts";
import { checkText, countWords } from "../../kernel/text.ts";
import type { CodexNote, WritingContext } from "../writing-context.ts";
import { createBuiltinWriter } from "./builtin-writer.ts";
import golden from "./golden.json" with { type: "json" };

const writer = createBuiltinWriter(
  new Uint8Array(readFileSync(new URL("../../../public/corpus/builtin-v1.txt", import.meta.url))),
);

const LAMP = {
  title: "The lamp",
  premise:
    "The lighthouse keeper, Mara, found the letter wedged beneath the lamp, and told Tobias.",
  canon: [],
  maxWords: 140,
};
const RAIN = { ...LAMP, title: "Rain", premise: "It had rained for a hundred years." };

function note(kind: CodexNote["kind"], name: string, text = "It is so."): CodexNote {
  return { kind, name, text };
}

/** Drafts of seeds 0 to 39 with this codex. */
function drafts(
  codex: readonly CodexNote[],
  story: Omit<WritingContext, "codex"> = LAMP,
): string[] {
  return Array.from({ length: 40 }, (_, seed) => writer.draft({ ...story, codex }, BigInt(seed)));
}

function expectValid(text: string, maxWords: number): void {
  checkText(text, { what: "paragraph", minBytes: 1, maxBytes: PARAGRAPH_MAX_BYTES });
  expect(countWords(text)).toBeGreaterThanOrEqual(1);
  expect(countWords(text)).toBeLessThanOrEqual(maxWords);
  expect(text).not.toMatch(/^[ \u3000]|[ \u3000]$|\n| {2}|@|[{}|<>"]/);
  expect(text.split("“").length).toBe(text.split("”").length);
}

describe("the codex in a draft", () => {
  test("[PAR-2] an empty codex changes nothing: drafts and hash of the version without one still hold", () => {
    expect(writer.algorithmHashWithoutCodex).toEqual(
      bytesFromHex("e41bd21e16230098135706b157d1049877ba0a89ebc806569fefd19e0d41069c"),
    );
    expect(writer.algorithmHash).not.toEqual(writer.algorithmHashWithoutCodex);
    const before = golden.drafts.filter(({ codex }) => codex.length === 0);
    expect(before).toHaveLength(7);
    for (const { seed, text, ...context } of before)
      expect(writer.draft({ ...context, codex: [] }, BigInt(seed))).toBe(text);
  });

  test("[PAR-2] the same codex gives the same text, and its order counts as it stands in the state", () => {
    const codex = [note("character", "Ines"), note("character", "Osric"), note("place", "Veldt")];
    expect(drafts(codex)).toEqual(drafts(structuredClone(codex)));
    expect(drafts(codex)).not.toEqual(drafts(codex.toReversed()));
    expect(drafts(codex)).not.toEqual(drafts([]));
  });

  test("a character comes in by name, and is called what the entry's pronouns say", () => {
    const codex = [note("character", "The Salt Monk", "He sells weather and keeps his word.")];
    const naming = drafts(codex).filter((text) => text.includes("Salt Monk"));
    expect(naming.length).toBeGreaterThanOrEqual(4);
    expect(naming.length).toBeLessThanOrEqual(30);
    // Mid-sentence with a small article.
    expect(naming.join(" ")).toContain("the Salt Monk");
    expect(naming.join(" ")).not.toMatch(/[a-z,] The Salt Monk/);
  });

  test("a story that names nobody is given the codex's people, not the writer's own", () => {
    const codex = [note("character", "Osric"), note("character", "灯台守")];
    for (const text of drafts(codex, RAIN)) {
      expect(text).toMatch(/Osric|灯台守/);
      expect(text).not.toMatch(/Ilse|Hester|Maud|Sigrid|Elspeth|Isolde|Ingrid|Imogen/);
    }
  });

  test("places, things and rules are named, each in a part of the drafts", () => {
    const codex = [
      note("place", "Veldt"),
      note("place", "The Drowned Mill"),
      note("thing", "Brass Key"),
      note("thing", "The Patient Engine"),
      note("rule", "No one speaks after the bells."),
    ];
    const all = drafts(codex);
    for (const name of [
      "Veldt",
      "Drowned Mill",
      "the Brass Key",
      "Patient Engine",
      "No one speaks",
    ]) {
      const naming = all.filter((text) => text.includes(name));
      expect(naming.length, name).toBeGreaterThanOrEqual(1);
      expect(naming.length, name).toBeLessThanOrEqual(30);
    }
    expect(all.join(" ")).not.toMatch(/the Veldt|bells\.\./);
  });

  test("words of names and texts count for what is retrieved", () => {
    const without = drafts([], RAIN);
    const withBoats = drafts(
      [
        note(
          "thing",
          "Oars of the sea",
          "Sailors, boats, waves, ships, the deck, a sail, the tide.",
        ),
      ],
      RAIN,
    );
    const watery = (texts: readonly string[]): number =>
      texts.filter((text) => /\b(?:sea|boat|ship|deck|sail|waves?)\b/.test(text)).length;
    expect(watery(withBoats)).toBeGreaterThan(watery(without));
  });

  test("names of places and things are not read as people when they stand on a page", () => {
    const codex = [note("place", "The Drowned Mill"), note("character", "The Salt Monk")];
    const canon = ["Mara went to the Drowned Mill. Drowned Mill was dark. The Salt Monk laughed."];
    for (const text of drafts(codex, { ...LAMP, canon })) {
      expect(text.replaceAll("Drowned Mill", "")).not.toContain("Drowned");
      expect(text.replaceAll("Salt Monk", "")).not.toMatch(/Salt|Monk/);
    }
  });

  test("a stranger's place cannot take a person of the story away", () => {
    for (const text of drafts([note("place", "Mara"), note("thing", "Tobias")]))
      expect(text).toMatch(/Mara|Tobias/);
  });
});

describe("hostile codices", () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      "A".repeat(60),
      "Aa ".repeat(20).trim(),
      "!?!…—".repeat(4),
      "’’’",
      "- - -",
      "“@m” {A} {place}",
      "<b>Mara</b>|>@f",
      "$1 $& $`",
      "Her",
      "His Hers",
      "It",
      "Heñ",
      "a",
      "The",
      "the the",
      "Mr. Fox.",
      "(?:)+[",
      "ا".repeat(30),
      "灯台守".repeat(6),
      "เ".repeat(20),
      "🙂🙃",
      "e\u0301\u0301\u0301",
      "\u3000x",
      "Mara",
      "mara",
      "Tobias Mara",
    ),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
    fc.string({ unit: "binary", minLength: 1, maxLength: 20 }),
  );

  test("[PAR-1] no name or text of strangers makes an invalid paragraph, or an error", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            kind: fc.constantFrom("character", "place", "rule", "thing"),
            name: hostile,
            text: hostile,
          }),
          { maxLength: 12 },
        ),
        fc.array(hostile, { maxLength: 2 }),
        fc.constantFrom(1, 2, 7, 20, 140),
        fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
        (codex: CodexNote[], odd, maxWords, seed) => {
          // Canon and premise are their authors' own text, and are kept to what a paragraph may hold.
          const canon = odd.map((name) => `Mara met ${name.replaceAll(/["“”@{}|<>]/g, "")}.`);
          const text = writer.draft({ ...LAMP, canon, codex, maxWords }, seed);
          expectValid(text, maxWords);
          expect(writer.draft({ ...LAMP, canon, codex, maxWords }, seed)).toBe(text);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("[PAR-1] a full codex of the longest entries leaves the story its own people and words", () => {
    const kinds = ["character", "place", "rule", "thing"] as const;
    const full = Array.from({ length: 256 }, (_, i) =>
      note(
        kinds[i % 4] ?? "rule",
        `Name${String.fromCharCode(65 + (i % 26))} ${i}`,
        "abcde ".repeat(100),
      ),
    );
    const all = drafts(full);
    for (const text of all) expectValid(text, 140);
    expect(all.filter((text) => /Mara|Tobias/.test(text)).length).toBeGreaterThanOrEqual(36);
    expect(
      all.filter((text) => /\b(?:lamp|letter|lighthouse)\b/.test(text)).length,
    ).toBeGreaterThan(20);
  });
});
