import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hash } from "./hash.ts";
import type { History, HistoryLeaf, HistoryNode } from "./history.ts";
import { appendHistory, emptyHistory, historyRoot } from "./history.ts";

const leaf = fc.record({
  blockId: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  work: fc.bigInt({ min: 1n, max: 1n << 200n }),
  timestampMs: fc.nat(),
  target: fc.integer({ min: 0, max: 0xff_ff_ff_ff }),
  author: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});

/** Little-endian bytes, written out by hand: the layout is what is tested. */
function le(value: bigint | number, sizeBytes: number): Uint8Array {
  return Uint8Array.from({ length: sizeBytes }, (_, at) =>
    Number((BigInt(value) >> BigInt(8 * at)) & 0xffn),
  );
}

function bytesOfNode(node: HistoryNode): Uint8Array[] {
  return [
    node.hash,
    le(node.count, 4),
    le(node.work, 32),
    le(node.firstTimestampMs, 8),
    le(node.lastTimestampMs, 8),
    le(node.firstTarget, 4),
    le(node.lastTarget, 4),
  ];
}

/** A full subtree, top down from the leaves it covers. */
function subtreeOf(leaves: readonly HistoryLeaf[]): HistoryNode {
  const first = leaves[0];
  const last = leaves.at(-1);
  if (!first || !last) throw new TypeError("no leaves");
  const half = leaves.length / 2;
  const own =
    leaves.length === 1
      ? hash(
          "history-leaf",
          first.blockId,
          le(first.work, 32),
          le(first.timestampMs, 8),
          le(first.target, 4),
          first.author,
        )
      : hash(
          "history-node",
          ...bytesOfNode(subtreeOf(leaves.slice(0, half))),
          ...bytesOfNode(subtreeOf(leaves.slice(half))),
        );
  return {
    hash: own,
    count: leaves.length,
    work: leaves.reduce((sum, it) => sum + it.work, 0n),
    firstTimestampMs: first.timestampMs,
    lastTimestampMs: last.timestampMs,
    firstTarget: first.target,
    lastTarget: last.target,
  };
}

/** The peaks from scratch: a full subtree for each set bit of the count, greatest first. */
function peaksOf(leaves: readonly HistoryLeaf[]): HistoryNode[] {
  if (leaves.length === 0) return [];
  const size = 2 ** Math.floor(Math.log2(leaves.length));
  return [subtreeOf(leaves.slice(0, size)), ...peaksOf(leaves.slice(size))];
}

test("[HDR-5] appending one by one equals building from scratch", () => {
  fc.assert(
    fc.property(fc.array(leaf, { maxLength: 40 }), (leaves) => {
      let history: History = emptyHistory;
      for (const it of leaves) history = appendHistory(history, it);
      expect(history).toEqual(peaksOf(leaves));
    }),
    { numRuns: 60 },
  );
});

test("[HDR-5] the root covers every peak and what it sums up", () => {
  fc.assert(
    fc.property(
      fc.array(leaf, { minLength: 1, maxLength: 20 }),
      fc.nat(),
      fc.constantFrom(
        "count",
        "work",
        "firstTimestampMs",
        "lastTimestampMs",
        "firstTarget",
        "lastTarget",
      ),
      (leaves, at, field) => {
        const peaks = peaksOf(leaves);
        const lied = peaks.map((peak, index) => {
          if (index !== at % peaks.length) return peak;
          return field === "work"
            ? { ...peak, work: peak.work + 1n }
            : { ...peak, [field]: (peak[field] + 1) % 0x1_00_00_00_00 };
        });
        expect(historyRoot(lied)).not.toEqual(historyRoot(peaks));
      },
    ),
    { numRuns: 60 },
  );
});

test("[HDR-5] an older history is not changed by what is appended later", () => {
  fc.assert(
    fc.property(fc.array(leaf, { minLength: 1, maxLength: 20 }), leaf, (leaves, later) => {
      let history: History = emptyHistory;
      for (const it of leaves) history = appendHistory(history, it);
      const before = historyRoot(history);
      expect(historyRoot(appendHistory(history, later))).not.toEqual(before);
      expect(historyRoot(history)).toEqual(before);
    }),
    { numRuns: 30 },
  );
});

test("[HDR-5] no header has the root of zeros", () => {
  expect(historyRoot(emptyHistory)).toEqual(new Uint8Array(32));
});
