/**
 * Rules that every migration list must keep, today's and the next issues'.
 *
 * @module
 */
import { describe, expect, it } from "vitest";
import { migrationsAfter, SLOT_SCHEMA, STORY_SCHEMA, schemaVersion } from "./schema.ts";

describe.each([
  ["story", STORY_SCHEMA],
  ["slot", SLOT_SCHEMA],
])("schema of a %s", (_name, schema) => {
  it("[STO-2] its migrations lead from 0 to its version without a gap", () => {
    const versions = schema.migrations.map(({ to }) => to);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
    expect(schemaVersion(schema)).toBe(versions.length);
  });

  it("[STO-2] the steps of one migration touch different tables", () => {
    for (const { steps } of schema.migrations) {
      const tables = steps.map((step) =>
        step.kind === "create-table" ? step.table.name : step.table,
      );
      expect(new Set(tables).size).toBe(tables.length);
    }
  });

  it("[STO-2] only what is missing is run, and a newer version is refused", () => {
    const version = schemaVersion(schema);
    expect(migrationsAfter(schema, 0)).toEqual(schema.migrations);
    expect(migrationsAfter(schema, version)).toEqual([]);
    expect(() => migrationsAfter(schema, version + 1)).toThrow(
      expect.objectContaining({
        code: "store-newer-schema",
        data: { found: version + 1, known: version },
      }),
    );
  });
});
