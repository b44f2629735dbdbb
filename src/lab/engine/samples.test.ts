import { describe, expect, it } from "vitest";
import { createSeriesRows } from "./samples.ts";

/** Numbers of the rows that are kept of `count`. */
function keptOfAll(count: number, max: number): readonly number[] {
  const rows = createSeriesRows(1, max);
  for (let row = 0; row < count; row++) rows.add([row]);
  return [...rows.column(0)];
}

describe("rows of a series", () => {
  it.each([2, 7, 8])("are the same when those that are not kept are never made: %i", (max) => {
    const rows = createSeriesRows(1, max);
    let made = 0;
    for (let row = 0; row < 1_000; row += rows.skipToKept()) {
      rows.add([row]);
      made++;
    }
    expect([...rows.column(0)]).toEqual(keptOfAll(1_000, max));
    expect(made).toBeLessThan(max * 10);
  });
});
