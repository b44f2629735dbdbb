import * as fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes } from "./bytes.ts";
import { hash } from "./hash.ts";
import { merklePath, merkleRoot, verifyMerklePath } from "./merkle.ts";

const leaf = fc.uint8Array({ minLength: 32, maxLength: 32 });
const leaves = fc.array(leaf, { minLength: 1, maxLength: 40 });
const leavesAndIndex = leaves.chain((list) =>
  fc.record({ list: fc.constant(list), index: fc.nat({ max: list.length - 1 }) }),
);

test("[HDR-3] the shape is RFC 6962's: left subtrees are full", () => {
  const [a, b, c, d, e] = Array.from({ length: 5 }, (_, index) =>
    new Uint8Array(32).fill(index + 1),
  );
  if (!a || !b || !c || !d || !e) throw new TypeError("five leaves");
  const node = (left: Uint8Array, right: Uint8Array) =>
    hash("merkle-node", concatBytes(left, right));
  expect(merkleRoot([])).toEqual(hash("merkle-node"));
  expect(merkleRoot([a])).toEqual(a);
  expect(merkleRoot([a, b, c])).toEqual(node(node(a, b), c));
  expect(merkleRoot([a, b, c, d, e])).toEqual(node(node(node(a, b), node(c, d)), e));
});

test("[HDR-3] every leaf has a path that proves it", () => {
  fc.assert(
    fc.property(leavesAndIndex, ({ list, index }) => {
      const path = merklePath(list, index);
      const own = list[index] ?? new Uint8Array();
      expect(verifyMerklePath(own, index, list.length, path, merkleRoot(list))).toBe(true);
    }),
  );
});

test("[HDR-3] no path proves another leaf, another place or another shape", () => {
  fc.assert(
    fc.property(leavesAndIndex, leaf, fc.nat({ max: 60 }), ({ list, index }, other, place) => {
      const root = merkleRoot(list);
      const path = merklePath(list, index);
      const own = list[index] ?? new Uint8Array();
      fc.pre(other.some((byte, at) => byte !== own[at]));
      expect(verifyMerklePath(other, index, list.length, path, root)).toBe(false);
      expect(verifyMerklePath(own, index, list.length, [...path, other], root)).toBe(false);
      expect(verifyMerklePath(own, index, list.length, path.slice(1), root)).toBe(
        path.length === 0,
      );
      fc.pre(new Set(list.map(String)).size === list.length);
      expect(verifyMerklePath(own, place, list.length, path, root)).toBe(place === index);
    }),
  );
});

test("[HDR-3] places and counts that are none are refused", () => {
  const own = new Uint8Array(32);
  for (const [index, count] of [
    [0, 0],
    [1, 1],
    [-1, 1],
    [0.5, 1],
    [0, Number.NaN],
  ] as const) {
    expect(verifyMerklePath(own, index, count, [], own)).toBe(false);
    expect(() => merklePath([own], index === 0 ? 1 : index)).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  }
});
