import { describe, expect, test } from "vitest";
import { canPlay, recast } from "./pronoun-swap.ts";

const MARA = { name: "Mara", pronoun: "f" } as const;
const TOM = { name: "Tom", pronoun: "m" } as const;
const KEEPER = { name: "the keeper", pronoun: "n" } as const;

describe("recasting a sentence", () => {
  test("names in slots, pronouns after them", () => {
    expect(recast("@m took off his hat; it was his.", "m", MARA, true)).toBe(
      "Mara took off her hat; it was hers.",
    );
  });

  test("the first pronoun becomes a name when the reader could not know", () => {
    expect(recast("He paused with his hand on the handle.", "m", MARA, true)).toBe(
      "Mara paused with her hand on the handle.",
    );
    expect(recast("He paused with his hand on the handle.", "m", MARA, false)).toBe(
      "She paused with her hand on the handle.",
    );
    expect(recast("There was snow on his coat.", "m", TOM, true)).toBe(
      "There was snow on Tom’s coat.",
    );
  });

  test("her is told apart as object and possessive", () => {
    expect(recast("The light followed her to her door.", "f", TOM, false)).toBe(
      "The light followed him to his door.",
    );
  });

  test("a leading name is not said twice", () => {
    expect(recast("@m rose. @m’s hat fell. “Oh,” said @m.", "m", MARA, true)).toBe(
      "Mara rose. Her hat fell. “Oh,” said Mara.",
    );
    expect(recast("@m rose.", "m", MARA, false)).toBe("She rose.");
    expect(recast("@m rose.", "m", KEEPER, false)).toBe("The keeper rose.");
  });

  test("they takes plural verbs", () => {
    expect(recast("@m stopped, for he was tired.", "m", KEEPER, true)).toBe(
      "The keeper stopped, for they were tired.",
    );
  });

  test("what stands in quotation marks is left alone", () => {
    expect(recast("“He knew,” said @m, and he smiled.", "m", MARA, true)).toBe(
      "“He knew,” said Mara, and she smiled.",
    );
  });

  test("a beard is not given to her", () => {
    expect(canPlay("@m stroked his beard.", "m", "f")).toBe(false);
    expect(canPlay("@m stroked his beard.", "m", "m")).toBe(true);
    expect(canPlay("@m stroked the cat.", "m", "f")).toBe(true);
  });
});
