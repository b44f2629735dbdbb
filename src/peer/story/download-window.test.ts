import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BlockId } from "../../kernel/brand.ts";
import { MAX_BLOCKS_PER_REQUEST } from "../limits.ts";
import {
  CHUNK_MAX_BYTES,
  type Chunk,
  createDownloadWindow,
  type HeldPlace,
  MAX_AHEAD,
  MAX_HELD_BYTES,
} from "./download-window.ts";

const order = (count: number): BlockId[] =>
  Array.from({ length: count }, (_, index) => index.toString(16).padStart(64, "0") as BlockId);
const places = (count: number, sizeBytes: number): HeldPlace[] =>
  Array.from({ length: count }, () => ({ sizeBytes }));

describe("the window of a download", () => {
  it("[NET-6] gives room to the first chunk only, once as many bytes wait as may", () => {
    const window = createDownloadWindow(order(100 * MAX_BLOCKS_PER_REQUEST));
    const first = window.take(0);
    const taken: (Chunk | undefined)[] = [];
    for (let chunk = window.take(0); chunk !== undefined; chunk = window.take(0)) taken.push(chunk);
    expect(taken).toHaveLength(Math.floor(MAX_HELD_BYTES / CHUNK_MAX_BYTES) - 2);
    for (const chunk of taken) {
      if (chunk) window.settle(chunk, places(chunk.ids.length, CHUNK_MAX_BYTES / 64));
    }
    // The answers are as large as their room: still none, except for the one that all wait for.
    expect(window.take(0)).toBeUndefined();
    if (first) window.settle(first, []);
    expect(window.take(0)).toEqual(first);
    expect(window.heldBytes()).toBeLessThanOrEqual(MAX_HELD_BYTES);
  });

  it("[NET-6] goes no further ahead than so many blocks, however small they are", () => {
    const window = createDownloadWindow(order(2 * MAX_AHEAD));
    let asked = 0;
    for (let chunk = window.take(1); chunk !== undefined; chunk = window.take(1)) {
      window.settle(chunk, places(chunk.ids.length, 1));
      asked += chunk.ids.length;
    }
    expect(asked).toBe(MAX_AHEAD + MAX_BLOCKS_PER_REQUEST);
  });

  it("[NET-6] never holds more than its bytes and always ends (property)", () => {
    const step = fc.record({
      workers: fc.integer({ min: 1, max: 8 }),
      answered: fc.double({ min: 0, max: 1, noNaN: true }),
      fill: fc.double({ min: 0, max: 1, noNaN: true }),
      which: fc.nat(),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_500 }),
        fc.array(step, { minLength: 1, maxLength: 30 }),
        (count, steps) => {
          const window = createDownloadWindow(order(count));
          const open: Chunk[] = [];
          const ready = new Map<number, HeldPlace>();
          let connected = 0;
          for (let turn = 0; connected < count; turn++) {
            const { workers, answered, fill, which } = steps[turn % steps.length] ?? {
              workers: 1,
              answered: 1,
              fill: 1,
              which: 0,
            };
            while (open.length < workers) {
              const chunk = window.take(connected);
              if (chunk === undefined) break;
              open.push(chunk);
            }
            expect(window.heldBytes()).toBeLessThanOrEqual(MAX_HELD_BYTES);
            // Somebody can always go on.
            expect(open.length).toBeGreaterThan(0);
            const [chunk] = open.splice(which % open.length, 1);
            if (chunk === undefined) continue;
            // From time to time everything comes, so that a run of failures ends.
            const got = turn % 7 === 6 ? 1 : answered;
            const held = places(
              Math.ceil(got * chunk.ids.length),
              Math.floor((fill * CHUNK_MAX_BYTES) / chunk.ids.length),
            );
            for (const [index, place] of held.entries()) ready.set(chunk.start + index, place);
            window.settle(chunk, held);
            for (let place = ready.get(connected); place; place = ready.get(connected)) {
              ready.delete(connected++);
              window.release(place.sizeBytes);
            }
          }
          expect(window.heldBytes()).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });
});
