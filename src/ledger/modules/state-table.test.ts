import { expect, it } from "vitest";
import { u32 } from "../../kernel/codec.ts";
import { emptyStateMap, stateSet } from "../state-map.ts";
import { stateTable, u32Key } from "./state-table.ts";

const table = stateTable("example", u32, 4);
const key = u32Key(0x01_02_03_04);

it("[HDR-4] a record is found under its own key, until it is deleted", () => {
  expect(key).toEqual(Uint8Array.of(4, 3, 2, 1));
  const state = table.set(emptyStateMap, key, 7);
  expect(table.get(state, key)).toBe(7);
  expect(table.get(state, u32Key(1))).toBeUndefined();
  expect(table.delete(state, key)).toEqual(emptyStateMap);
});

it("[HDR-4] a value that does not fit the layout is a damaged state", () => {
  for (const size of [0, 3, 5]) {
    const damaged = stateSet(emptyStateMap, table.key(key), new Uint8Array(size));
    expect(() => table.get(damaged, key)).toThrow("bad-state-value");
  }
});
