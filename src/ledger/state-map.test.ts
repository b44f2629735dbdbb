import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hexFromBytes } from "../kernel/bytes.ts";
import { hash } from "../kernel/hash.ts";
import type { StateMap } from "./state-map.ts";
import {
  emptyStateMap,
  proveState,
  stateDelete,
  stateEntries,
  stateGet,
  stateKey,
  stateRoot,
  stateSet,
  verifyStateProof,
} from "./state-map.ts";

/** Keys that share long prefixes as well as keys that do not: few first bits, then zeros or ones. */
const keyArbitrary = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 3 }), fc.constantFrom(0, 255))
  .map(([first, last, fill]) => {
    const key = new Uint8Array(32).fill(fill);
    key[0] = first << 4;
    key[31] = last;
    return key;
  });
const valueArbitrary = fc.uint8Array({ minLength: 0, maxLength: 40 });
const changesArbitrary = fc.array(
  fc.record({ key: keyArbitrary, value: fc.option(valueArbitrary, { nil: undefined }) }),
  { maxLength: 60 },
);

type Model = Map<string, { key: Uint8Array; value: Uint8Array }>;

function modelRoot(entries: { key: Uint8Array; value: Uint8Array }[], depth = 0): Uint8Array {
  const [first] = entries;
  if (first === undefined) return new Uint8Array(32);
  if (entries.length === 1) return hash("state-leaf", first.key, hash("state-value", first.value));
  const bit = (key: Uint8Array) => ((key[depth >> 3] ?? 0) >> (7 - (depth % 8))) & 1;
  return hash(
    "state-node",
    modelRoot(
      entries.filter(({ key }) => bit(key) === 0),
      depth + 1,
    ),
    modelRoot(
      entries.filter(({ key }) => bit(key) === 1),
      depth + 1,
    ),
  );
}

function run(changes: readonly { key: Uint8Array; value: Uint8Array | undefined }[]): {
  map: StateMap;
  model: Model;
} {
  let map = emptyStateMap;
  const model: Model = new Map();
  for (const { key, value } of changes) {
    map = value === undefined ? stateDelete(map, key) : stateSet(map, key, value);
    if (value === undefined) model.delete(hexFromBytes(key));
    else model.set(hexFromBytes(key), { key, value });
  }
  return { map, model };
}

describe("state map", () => {
  it("[HDR-4] empty is 32 zero bytes, one entry a leaf H(key ‖ H(value))", () => {
    expect(stateRoot(emptyStateMap)).toEqual(new Uint8Array(32));
    const key = stateKey("account", Uint8Array.of(1));
    const value = Uint8Array.of(7);
    const leaf = hash("state-leaf", key, hash("state-value", value));
    expect(stateRoot(stateSet(emptyStateMap, key, value))).toEqual(leaf);
  });

  it("[HDR-4] splits at the most significant bit first and hoists a lone leaf on deletion", () => {
    const left = new Uint8Array(32);
    const right = new Uint8Array(32);
    right[0] = 0x80;
    const one = stateSet(emptyStateMap, left, Uint8Array.of(1));
    const both = stateSet(one, right, Uint8Array.of(2));
    const leafOf = (key: Uint8Array, value: number) =>
      hash("state-leaf", key, hash("state-value", Uint8Array.of(value)));
    expect(stateRoot(both)).toEqual(hash("state-node", leafOf(left, 1), leafOf(right, 2)));
    expect(stateRoot(stateDelete(both, right))).toEqual(stateRoot(one));
  });

  it("[HDR-4] equals a plain Map and a from-scratch root after any changes (property)", () => {
    fc.assert(
      fc.property(changesArbitrary, (changes) => {
        const { map, model } = run(changes);
        for (const { key } of changes) {
          expect(stateGet(map, key)).toEqual(model.get(hexFromBytes(key))?.value);
        }
        const sorted = [...model.keys()].toSorted();
        expect([...stateEntries(map)].map(([key]) => hexFromBytes(key))).toEqual(sorted);
        expect(stateRoot(map)).toEqual(modelRoot([...model.values()]));
      }),
      { numRuns: 200 },
    );
  });

  it("[HDR-4] the root depends on the entries, not on the order of changes (property)", () => {
    fc.assert(
      fc.property(changesArbitrary, (changes) => {
        const { map, model } = run(changes);
        const reversed = [...model.values()].toReversed();
        const again = reversed.reduce(
          (m, { key, value }) => stateSet(m, key, value),
          emptyStateMap,
        );
        expect(stateRoot(again)).toEqual(stateRoot(map));
      }),
    );
  });

  it("[HDR-4] old versions stay as they were, whether hashed before or after (property)", () => {
    fc.assert(
      fc.property(changesArbitrary, changesArbitrary, (first, second) => {
        const { map, model } = run(first);
        for (const { key, value } of second) {
          if (value === undefined) stateDelete(map, key);
          else stateRoot(stateSet(map, key, value));
        }
        expect(stateRoot(map)).toEqual(modelRoot([...model.values()]));
      }),
    );
  });

  it("[HDR-4] proves what is there and what is not, and nothing else (property)", () => {
    fc.assert(
      fc.property(changesArbitrary, keyArbitrary, valueArbitrary, (changes, key, other) => {
        const { map } = run(changes);
        const root = stateRoot(map);
        const value = stateGet(map, key);
        const proof = proveState(map, key);
        expect(verifyStateProof(root, key, value, proof)).toBe(true);
        expect(verifyStateProof(root, key, undefined, proof)).toBe(value === undefined);
        const isSame = value !== undefined && hexFromBytes(value) === hexFromBytes(other);
        expect(verifyStateProof(root, key, other, proof)).toBe(isSame);
        const wrongRoot = root.slice();
        wrongRoot[0] = (wrongRoot[0] ?? 0) ^ 1;
        expect(verifyStateProof(wrongRoot, key, value, proof)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it("[HDR-4] a proof of one key is no proof of absence of another that stands elsewhere", () => {
    const near = new Uint8Array(32);
    const far = new Uint8Array(32).fill(255);
    const map = stateSet(stateSet(emptyStateMap, near, Uint8Array.of(1)), far, Uint8Array.of(2));
    const proof = proveState(map, near);
    expect(verifyStateProof(stateRoot(map), far, undefined, proof)).toBe(false);
    const { terminal, siblings } = proof;
    expect(verifyStateProof(stateRoot(map), far, undefined, { terminal, siblings })).toBe(false);
    expect(verifyStateProof(stateRoot(map), near, undefined, { siblings, terminal: null })).toBe(
      false,
    );
  });

  it("[HDR-4] a leaf that stands where its key does not lead proves no absence", () => {
    const near = new Uint8Array(32);
    const far = new Uint8Array(32).fill(255);
    const sibling = new Uint8Array(32).fill(1);
    const valueHash = hash("state-value", Uint8Array.of(2));
    const misplaced = hash("state-node", hash("state-leaf", far, valueHash), sibling);
    const proof = { siblings: [sibling], terminal: { key: far, valueHash } };
    expect(verifyStateProof(misplaced, near, undefined, proof)).toBe(false);
  });

  it("refuses keys that are not 32 bytes, and proofs of wild shape", () => {
    expect(() => stateGet(emptyStateMap, new Uint8Array(31))).toThrow("bad-state-key");
    const key = new Uint8Array(32);
    const siblings = Array.from({ length: 257 }, () => new Uint8Array(32));
    const root = new Uint8Array(32);
    expect(verifyStateProof(root, key, undefined, { siblings, terminal: null })).toBe(false);
    expect(
      verifyStateProof(root, key, undefined, { siblings: [new Uint8Array(31)], terminal: null }),
    ).toBe(false);
  });

  it("keeps modules apart even where module ‖ key would be the same bytes", () => {
    const text = (s: string) => Uint8Array.from(s, (c) => c.charCodeAt(0));
    expect(stateKey("ab", text("c"))).not.toEqual(stateKey("a", text("bc")));
  });
});
