import { describe, expect, it } from "vitest";
import { SCHEMA_HELP } from "./schema-help.ts";

describe("SCHEMA_HELP", () => {
  it("says of every key what it is, what is written there, and what holds without it", () => {
    for (const { path, type, text, default: fallback } of SCHEMA_HELP) {
      expect(path).toMatch(/^[a-z_]+(?:\[\]|\.<agent>)?(?:\.[a-z_]+(?:\[\]|\.<agent>)?)*$/);
      expect([
        path,
        type !== "",
        text.endsWith("."),
        fallback !== "" || /name|desc|daemon|wallet|script/.test(path),
      ]).toEqual([path, true, true, true]);
    }
  });

  it("has each path once, those of lists and of named agents too", () => {
    const paths = SCHEMA_HELP.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toEqual(
      expect.arrayContaining([
        "general.stop_time",
        "agents.user_agents[].attributes.hashrate",
        "agents.block_controller.arguments",
        "agents.<agent>.hashrate",
        "lab.phases[].online",
        "lab.latency.min",
      ]),
    );
  });

  it("shows defaults as they are written", () => {
    const help = new Map(SCHEMA_HELP.map((entry) => [entry.path, entry]));
    expect(help.get("lab.total_hashrate")?.default).toBe("1 MH/s");
    expect(help.get("lab.success.min_synced")?.default).toBe("90");
    expect(help.get("lab.attackers[].agent")?.default).toBe("required");
  });
});
