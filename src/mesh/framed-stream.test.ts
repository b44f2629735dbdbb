import "./polyfills.ts";
import type { Stream } from "@libp2p/interface";
import { streamPair } from "@libp2p/utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FramedStream } from "./framed-stream.ts";
import { encodeFrame } from "./framing.ts";
import { FRAME_TIMEOUT_MS, MAX_REQUEST_BYTES } from "./limits.ts";

let outbound: Stream;
let framed: FramedStream;
let breaches: string[];

beforeEach(async () => {
  const [near, far] = await streamPair();
  outbound = near;
  breaches = [];
  framed = new FramedStream(far, {
    maxFrameBytes: () => MAX_REQUEST_BYTES,
    maxQueuedFrames: 4,
    onBreach: (code) => breaches.push(code),
  });
});
afterEach(() => {
  vi.useRealTimers();
  framed.abort("test-over");
});

const arrived = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Sends and lets it arrive; time stands still. */
async function send(bytes: Uint8Array): Promise<void> {
  outbound.send(bytes);
  for (let turn = 0; turn < 5; turn += 1) await arrived();
}

function stopTime(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
}

test("[NET-6] a frame that began and does not end is cut, however it drips", async () => {
  stopTime();
  const read = framed.read(10 * FRAME_TIMEOUT_MS).catch((error: unknown) => error);
  const frame = encodeFrame(new Uint8Array(100));
  for (let byte = 0; byte < 5; byte += 1) {
    await send(frame.subarray(byte, byte + 1));
    await vi.advanceTimersByTimeAsync(FRAME_TIMEOUT_MS / 5 - 1);
  }
  expect(framed.stream.status).toBe("open");
  await vi.advanceTimersByTimeAsync(5);
  expect(await read).toMatchObject({ code: "frame-timeout" });
  expect(framed.stream.status).not.toBe("open");
  expect(breaches).toEqual([]);
});

test("[NET-6] each frame has its own time", async () => {
  stopTime();
  const frame = encodeFrame(Uint8Array.of(1, 2, 3));
  await send(frame.subarray(0, 2));
  for (let turn = 0; turn < 3; turn += 1) {
    await vi.advanceTimersByTimeAsync(FRAME_TIMEOUT_MS - 1);
    // The rest of one and the beginning of the next.
    await send(Uint8Array.of(...frame.subarray(2), ...frame.subarray(0, 2)));
    expect(await framed.read(1_000)).toEqual(Uint8Array.of(1, 2, 3));
  }
  await send(frame.subarray(2));
  expect(await framed.read(1_000)).toEqual(Uint8Array.of(1, 2, 3));
  // Between frames there is nothing to wait for.
  await vi.advanceTimersByTimeAsync(10 * FRAME_TIMEOUT_MS);
  expect(framed.stream.status).toBe("open");
});

test("[NET-6] an answer that nobody takes does not wait for ever", async () => {
  // A transport that is full and stays so.
  vi.spyOn(framed.stream, "send").mockReturnValue(false);
  vi.spyOn(framed.stream, "onDrain").mockImplementation(
    ({ signal } = {}) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason as Error));
      }),
  );
  await expect(framed.write(Uint8Array.of(1), 20)).rejects.toMatchObject({ code: "frame-timeout" });
});
