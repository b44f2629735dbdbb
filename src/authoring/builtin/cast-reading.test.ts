import { describe, expect, test } from "vitest";
import { readCast } from "./cast-reading.ts";

const COMMON = new Set("behind nobody snow rose outside the".split(" "));
const cast = (...pages: string[]): string[] =>
  readCast(pages, (word) => COMMON.has(word)).map(({ name, pronoun }) => `${name}:${pronoun}`);

describe("reading the cast", () => {
  test("names, kin and pronouns", () => {
    expect(
      cast(
        "The lighthouse keeper, Mara, found the letter. It was addressed to her brother Tobias, who was dead.",
      ),
    ).toEqual(["Mara:f", "Tobias:m"]);
  });

  test("a role beside a name is that person; a place is nobody", () => {
    expect(
      cast(
        "At the bottom of the market in Veldt, an old clockmaker named Orrin sold hours until the girl Pell came in.",
      ),
    ).toEqual(["Orrin:m", "Pell:f"]);
  });

  test("a title and two names are one person", () => {
    const found = cast(
      "Captain Ines Okoro heard it first, and told only Dario, the engineer. Okoro laughed.",
    );
    expect(found.toSorted()).toEqual(["Dario:m", "Ines:f"]);
  });

  test("someone named by role only stays as they are", () => {
    expect(cast("The cartographer kept two maps.")).toEqual(["the cartographer:n"]);
  });

  test("nothing to find", () => {
    expect(cast("")).toEqual([]);
    expect(cast("Nobody came. Behind it snow fell. “Outside!” It was Monday.")).toEqual([]);
    expect(cast("灯台守は手紙を見つけた。", "🙂🙂 🙂", "!?!? ...")).toEqual([]);
  });

  test("later pages can settle a pronoun", () => {
    expect(cast("Only Quill came.", "Quill smiled. She waved.", "Quill put down her cup.")).toEqual(
      ["Quill:f"],
    );
  });
});
