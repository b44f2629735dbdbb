import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyDelta, decodeDelta, deltaBetween, encodeDelta, undoDelta } from "./state-delta.ts";
import type { StateMap } from "./state-map.ts";
import { emptyStateMap, stateDelete, stateRoot, stateSet } from "./state-map.ts";

const keyArbitrary = fc.uint8Array({ minLength: 32, maxLength: 32 });
const valueArbitrary = fc.option(fc.uint8Array({ maxLength: 50 }), { nil: undefined });
const changesArbitrary = fc.array(fc.tuple(keyArbitrary, valueArbitrary), { maxLength: 12 });

function change(map: StateMap, changes: readonly [Uint8Array, Uint8Array | undefined][]): StateMap {
  return changes.reduce(
    (m, [key, value]) => (value === undefined ? stateDelete(m, key) : stateSet(m, key, value)),
    map,
  );
}

describe("state delta", () => {
  it("leads forward and back, also through its bytes (property)", () => {
    fc.assert(
      fc.property(changesArbitrary, changesArbitrary, (first, second) => {
        const before = change(emptyStateMap, first);
        const after = change(before, [
          ...second,
          ...first.slice(0, 2).map(([k]) => [k, undefined] as [Uint8Array, undefined]),
        ]);
        const keys = [...first, ...second].map(([key]) => key);
        const delta = decodeDelta(encodeDelta(deltaBetween(before, after, keys)));
        expect(stateRoot(applyDelta(before, delta))).toEqual(stateRoot(after));
        expect(stateRoot(undoDelta(after, delta))).toEqual(stateRoot(before));
        expect(encodeDelta(delta)).toEqual(encodeDelta(deltaBetween(before, after, keys)));
      }),
    );
  });

  it("tells an empty value from no entry", () => {
    const key = new Uint8Array(32);
    const map = stateSet(emptyStateMap, key, new Uint8Array(0));
    const delta = decodeDelta(encodeDelta(deltaBetween(emptyStateMap, map, [key])));
    expect(delta).toEqual([{ key, before: undefined, after: new Uint8Array(0) }]);
  });

  it("refuses a state on which it does not stand", () => {
    const key = new Uint8Array(32);
    const one = stateSet(emptyStateMap, key, Uint8Array.of(1));
    const two = stateSet(one, key, Uint8Array.of(2));
    const delta = deltaBetween(one, two, [key]);
    expect(() => applyDelta(emptyStateMap, delta)).toThrow("delta-mismatch");
    expect(() => applyDelta(two, delta)).toThrow("delta-mismatch");
    expect(() => undoDelta(one, delta)).toThrow("delta-mismatch");
  });

  it("[ENC-2] refuses bytes cut short, left over, out of order or of another version", () => {
    const keys = [new Uint8Array(32), new Uint8Array(32).fill(1)];
    const map = keys.reduce((m, key) => stateSet(m, key, Uint8Array.of(9)), emptyStateMap);
    const bytes = encodeDelta(deltaBetween(emptyStateMap, map, keys));
    for (let size = 0; size < bytes.length; size++) {
      expect(() => decodeDelta(bytes.subarray(0, size))).toThrow("bad-encoding");
    }
    expect(() => decodeDelta(Uint8Array.of(...bytes, 0))).toThrow("bad-encoding");
    const swapped = bytes.slice();
    swapped.set(keys[1] ?? [], 5);
    expect(() => decodeDelta(swapped)).toThrow("bad-encoding");
    const newer = bytes.slice();
    newer[0] = 2;
    expect(() => decodeDelta(newer)).toThrow("bad-encoding");
  });
});
