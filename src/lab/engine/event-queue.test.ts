import { describe, expect, it } from "vitest";
import { createRandom } from "../random/random.ts";
import { createEventQueue, type QueuedEvent } from "./event-queue.ts";

describe("the queue of events", () => {
  it("gives them by time and, at one time, in the order in which they were planned", () => {
    const random = createRandom(3, "queue");
    const queue = createEventQueue();
    const planned = Array.from({ length: 3_000 }, (_, number) => ({
      atMs: random.below(200),
      number,
    }));
    for (const { atMs, number } of planned) queue.add(atMs, number % 7, number, -number);
    const event: QueuedEvent = { atMs: 0, kind: 0, a: 0, b: 0 };
    const taken: (typeof planned)[number][] = [];
    while (queue.take(event)) {
      expect([event.kind, event.b]).toEqual([event.a % 7, 0 - event.a]);
      taken.push({ atMs: event.atMs, number: event.a });
    }
    expect(taken).toEqual(planned.toSorted((x, y) => x.atMs - y.atMs || x.number - y.number));
  });

  it("refuses more than may be planned at once", () => {
    const queue = createEventQueue(1_500);
    for (let number = 0; number < 1_500; number++) queue.add(number, 1, 0, 0);
    expect(() => queue.add(0, 1, 0, 0)).toThrow(
      expect.objectContaining({ code: "run-too-busy", data: { events: 1_501, max: 1_500 } }),
    );
    queue.take({ atMs: 0, kind: 0, a: 0, b: 0 });
    queue.add(0, 1, 0, 0);
    expect(queue.size()).toBe(1_500);
  });
});
