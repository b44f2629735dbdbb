import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkText } from "../../kernel/text.ts";
import { namesPattern, spokenName, spokenPerson, spokenRule } from "./codex-names.ts";

describe("names that the writer says", () => {
  test.each([
    ["Mara", "Mara"],
    ["The Salt Monk", "the Salt Monk"],
    ["a ruined mill", "the ruined mill"],
    ["Mr. J.R.  Fox", "Mr JR Fox"],
    ["Devil's Bridge", "Devil’s Bridge"],
    ["Jean-Luc", "Jean-Luc"],
    ["Unit 7", "Unit 7"],
    ["Zoë Łucja", "Zoë Łucja"],
    ["Наталья", "Наталья"],
    ["灯台守", "灯台守"],
    ["دنیا", "دنیا"],
    ["مريم", "مريم"],
    ["मीरा", "मीरा"],
  ])("%s", (name, inProse) => {
    expect(spokenName(name)?.inProse ?? null).toBe(inProse);
  });

  test.each([
    "",
    "It",
    "The",
    "7 of them",
    "!!!",
    "’tis",
    "“Mara”",
    "<b>",
    "@m",
    "{A}",
    "a|b",
    "🙂",
    "x\u0301y",
    "A".repeat(33),
    "one two three four five",
    "Mara\u3000Voss",
  ])("not said: %s", (name) => {
    expect(spokenName(name)).toBeNull();
  });

  test("a person is not called by a pronoun, which would be taken for one", () => {
    for (const name of ["Her Majesty", "Who Is He", "heñ", "HIS"])
      expect(spokenPerson(name)).toBeNull();
    expect(spokenPerson("Hester")?.bare).toBe("Hester");
    expect(spokenName("Her Landing")?.bare).toBe("Her Landing");
  });

  test("a rule is quoted without its full stop, or not at all", () => {
    expect(spokenRule("When it rains, nobody speaks.")).toBe("When it rains, nobody speaks");
    expect(spokenRule("“Never.”")).toBeNull();
    expect(spokenRule(", and so")).toBeNull();
    expect(spokenRule("word ".repeat(13))).toBeNull();
  });

  test("[ENC-5] what is said holds only letters, digits, spaces, hyphens, apostrophes and commas", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (name) => {
        for (const said of [
          spokenName(name)?.inProse,
          spokenPerson(name)?.bare,
          spokenRule(name),
        ]) {
          if (said == null) continue;
          checkText(said, { what: "name", minBytes: 1, maxBytes: 200 });
          // Of ASCII and the Latin-1 signs nothing else, and no space that nobody sees.
          expect(said.replaceAll(/[\u00c0-\uffff]/g, "")).toMatch(/^[A-Za-z0-9 ,-]*$/);
          expect(said).not.toMatch(/ {2}|^ | $/);
        }
      }),
    );
  });

  test("the pattern finds whole words only, the longest name first", () => {
    const names = ["The Mill", "The Mill Pond", "灯"].flatMap((name) => spokenName(name) ?? []);
    const text = "Mill, Mill Pond Mill Miller 灯 灯台".replace(namesPattern(names), "$1_");
    expect(text).toBe("_, _ _ Miller _ 灯台");
  });
});
