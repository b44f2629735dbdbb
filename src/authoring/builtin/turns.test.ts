import { describe, expect, test } from "vitest";
import { ALL_CODEX_TURNS, PLACE_OPENINGS } from "./codex-turns.ts";
import { fillTurn, isWorn } from "./turn-filling.ts";
import {
  ALL_TURNS,
  ARRIVAL_TURNS,
  CLOSING_TURNS,
  MEETING_TURNS,
  OPENING_TURNS,
  SHORT_TURNS,
} from "./turns.ts";

const FILLINGS = {
  first: { name: "the keeper", pronoun: "n" },
  second: { name: "Mara", pronoun: "f" },
  object: "oboe",
  thing: "sundial",
  scene: "quarry",
  place: "the Drowned Fens",
  rule: "No one sings here",
} as const;
const EVERY_TURN = [...ALL_TURNS, ...ALL_CODEX_TURNS];

describe("own turns", () => {
  test("at least 150 opening and closing turns, all different", () => {
    const turns = [...OPENING_TURNS, ...ARRIVAL_TURNS, ...MEETING_TURNS, ...CLOSING_TURNS];
    expect(turns.length).toBeGreaterThanOrEqual(150);
    expect(new Set(EVERY_TURN).size).toBe(EVERY_TURN.length);
  });

  test("each opening and closing names a member of the cast or a noun of the canon", () => {
    for (const turn of [
      ...OPENING_TURNS,
      ...ARRIVAL_TURNS,
      ...MEETING_TURNS,
      ...CLOSING_TURNS,
      ...SHORT_TURNS,
    ]) {
      expect(turn).toMatch(/\{(?:A|B|object|thing|scene)\}/);
    }
  });

  test("every turn can be filled, begins with a capital, ends like a sentence, has paired curly quotes", () => {
    for (const turn of EVERY_TURN) {
      const text = fillTurn(turn, FILLINGS) ?? "";
      expect(text).toMatch(/^“?[A-Z].*[.?!]”?$/);
      expect(text).not.toMatch(/["'{}]|--|\s\s/);
      expect(text.split("“").length).toBe(text.split("”").length);
    }
  });

  test("each turn of the codex names what the codex has, and is not offered without", () => {
    const { place: _place, rule: _rule, ...told } = FILLINGS;
    for (const turn of ALL_CODEX_TURNS) {
      expect(turn).toMatch(/\{(?:place|rule)\}/);
      expect(fillTurn(turn, told)).toBeNull();
    }
    for (const turn of PLACE_OPENINGS) expect(turn).toContain("{place}");
  });

  test("a turn that needs a second person is not offered to one", () => {
    const { second: _second, ...alone } = FILLINGS;
    expect(fillTurn("{B} was already gone.", alone)).toBeNull();
    expect(fillTurn("{A} waited.", alone)).toBe("The keeper waited.");
  });

  test("a noun that the turn already has is no filling for it", () => {
    const turn = "{A} turned the key twice, once for the {thing} and once for luck.";
    expect(fillTurn(turn, { ...FILLINGS, thing: "key" })).toBeNull();
    expect(fillTurn(turn, FILLINGS)).toContain("once for the sundial");
    expect(fillTurn(turn, { ...FILLINGS, thing: "Brass Key" })).toBeNull();
    expect(fillTurn(turn, { ...FILLINGS, thing: "Bell of the Dead" })).toContain("the Bell of");
  });

  test("wording that the canon has is worn, whoever it was about", () => {
    const canon = " behind mara very softly the lamp began to move ";
    expect(isWorn("Behind {A}, very softly, the {thing} began to move.", canon)).toBe(true);
    expect(isWorn("{A} did not answer at once.", canon)).toBe(false);
  });
});
