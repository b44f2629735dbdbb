import { deflateRawSync } from "node:zlib";
import { base64urlnopad } from "@scure/base";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "./examples.ts";
import { SCENARIO_LINK_MAX, SCENARIO_TEXT_MAX } from "./limits.ts";
import { scenarioFromFragment, scenarioToFragment } from "./scenario-link.ts";

describe("a scenario as a link", () => {
  it.each(EXAMPLES)("$id comes back as it went, in letters of an address", async ({ yaml }) => {
    const fragment = await scenarioToFragment(yaml);
    expect(fragment).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(fragment.length).toBeLessThan(yaml.length);
    expect(await scenarioFromFragment(fragment)).toBe(yaml);
  });

  it("carries any text", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom("a", "é", "漢", "👩‍🚀", "\n", " "), maxLength: 200 }),
        async (yaml) => {
          expect(await scenarioFromFragment(await scenarioToFragment(yaml))).toBe(yaml);
        },
      ),
      { numRuns: 50, seed: 20_260_401 },
    );
  });

  it("refuses what is longer than a configuration may be", async () => {
    await expect(scenarioToFragment("#".repeat(SCENARIO_TEXT_MAX + 1))).rejects.toMatchObject({
      code: "scenario-too-long",
    });
  });

  it("refuses what does not fit a link although a configuration may be as long", async () => {
    // Digits of a generator by Lehmer: nothing that compresses to a quarter.
    let state = 1;
    const digits = Array.from({ length: SCENARIO_TEXT_MAX }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return String.fromCharCode(33 + (state % 90));
    });
    await expect(scenarioToFragment(digits.join(""))).rejects.toMatchObject({
      code: "scenario-too-long",
      data: { most: SCENARIO_LINK_MAX },
    });
  });

  it("refuses payloads that are too long before it unpacks them", async () => {
    await expect(scenarioFromFragment("A".repeat(SCENARIO_LINK_MAX + 1))).rejects.toMatchObject({
      code: "scenario-too-long",
    });
  });

  it("stops unpacking a bomb at the cap", async () => {
    const bomb = base64urlnopad.encode(deflateRawSync(Buffer.alloc(30_000_000)));
    expect(bomb.length).toBeLessThan(SCENARIO_LINK_MAX);
    await expect(scenarioFromFragment(bomb)).rejects.toMatchObject({ code: "scenario-too-long" });
  });

  it("refuses one that unpacks to a little too much", async () => {
    const text = "#".repeat(SCENARIO_TEXT_MAX + 1);
    const payload = base64urlnopad.encode(deflateRawSync(text));
    await expect(scenarioFromFragment(payload)).rejects.toMatchObject({
      code: "scenario-too-long",
      data: { characters: text.length },
    });
  });

  it.each([
    ["no base64url", "a+b/"],
    ["no deflate", "____"],
    ["a cut payload", base64urlnopad.encode(deflateRawSync("agents: {}".repeat(9)).subarray(0, 9))],
    ["bytes that are no text", base64urlnopad.encode(deflateRawSync(Buffer.from([0xff])))],
  ])("refuses %s", async (_, payload) => {
    await expect(scenarioFromFragment(payload)).rejects.toMatchObject({
      code: "bad-scenario-link",
    });
  });
});
