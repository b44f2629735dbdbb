import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isCoded } from "../kernel/errors.ts";
import { encodeFrame, FrameDecoder } from "./framing.ts";

const CAP = 300;
const frames = fc.array(fc.uint8Array({ maxLength: CAP }), { maxLength: 20 });

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

test("[NET-6] frames survive any way of cutting the stream", () => {
  fc.assert(
    fc.property(
      frames,
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
      (sent, cuts) => {
        const wire = concat(sent.map(encodeFrame));
        const decoder = new FrameDecoder(() => CAP);
        const got: Uint8Array[] = [];
        for (let at = 0, i = 0; at < wire.byteLength; i += 1) {
          const size = cuts[i % cuts.length] ?? 1;
          got.push(...decoder.push(wire.subarray(at, at + size)));
          at += size;
        }
        expect(got).toEqual(sent);
        expect(decoder.unfinished).toBe(false);
      },
    ),
  );
});

/** Sizes of the frames in some bytes, up to the first that is refused for its size. */
function sizes(decoder: FrameDecoder, chunks: readonly Uint8Array[]): number[] {
  const found: number[] = [];
  try {
    for (const chunk of chunks) found.push(...decoder.push(chunk).map((each) => each.byteLength));
  } catch (error) {
    if (!isCoded(error, "frame-too-large")) throw error;
  }
  return found;
}

test("[NET-6] any bytes give frames within the cap or `frame-too-large`, never more", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 10 }), (chunks) => {
      const decoder = new FrameDecoder(() => CAP);
      expect(sizes(decoder, chunks).every((size) => size <= CAP)).toBe(true);
    }),
  );
});

test("[NET-6] a header beyond the cap is refused before its body comes", () => {
  const decoder = new FrameDecoder(() => CAP);
  expect(() => decoder.push(encodeFrame(new Uint8Array(CAP + 1)).subarray(0, 4))).toThrow(
    "frame-too-large",
  );
});

test("a frame does not change with the transport's buffer", () => {
  const decoder = new FrameDecoder(() => CAP);
  const wire = encodeFrame(Uint8Array.of(1, 2, 3));
  decoder.push(wire.subarray(0, 6));
  const last = wire.slice(6);
  wire.fill(9);
  expect(decoder.push(last)).toEqual([Uint8Array.of(1, 2, 3)]);
});
