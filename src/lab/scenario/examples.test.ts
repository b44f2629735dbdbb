import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "./examples.ts";
import { parseScenario } from "./parse-scenario.ts";

describe("the example scenarios", () => {
  it.each(EXAMPLES.slice(1))("$id has no problem, not even read strictly", ({ yaml, title }) => {
    const { scenario, problems } = parseScenario(yaml, { strict: true });
    expect(problems).toEqual([]);
    expect(scenario?.name).toBe(title);
  });

  it("have ids of their own", () => {
    expect(new Set(EXAMPLES.map(({ id }) => id)).size).toBe(EXAMPLES.length);
  });

  it("leave the published one as it was published", () => {
    const hash = createHash("sha256")
      .update(EXAMPLES[0]?.yaml ?? "")
      .digest("hex");
    // sha256sum of the YAML block of the design document's §3, 1535 bytes.
    expect(hash).toBe("7880bcd6c6ece55509b9a1ac052b705528f3377ad980e583705ec4c9d77238d4");
  });
});
