/**
 * What will happen, in order of time and, at one time, in the order in which it was planned. Plain
 * arrays: a day of a thousand peers is ten million events.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import { MAX_PLANNED_EVENTS } from "./limits.ts";

/** One event; the queue hands out the same object each time. */
export interface QueuedEvent {
  atMs: number;
  kind: number;
  a: number;
  b: number;
}

/** A queue of events. */
export interface EventQueue {
  /** Throws `run-too-busy` {events, max} when more is planned than may be. */
  add(atMs: number, kind: number, a: number, b: number): void;
  /** Takes the next event into `into`; false when there is none. */
  take(into: QueuedEvent): boolean;
  size(): number;
}

const FIRST_CAPACITY = 1_024;

/** An empty queue of at most `max` events: a binary heap of slots. */
export function createEventQueue(max: number = MAX_PLANNED_EVENTS): EventQueue {
  let capacity = FIRST_CAPACITY;
  let times = new Float64Array(capacity);
  let orders = new Float64Array(capacity);
  let kinds = new Uint8Array(capacity);
  let as = new Int32Array(capacity);
  let bs = new Int32Array(capacity);
  let heap = new Int32Array(capacity);
  let free = Int32Array.from({ length: capacity }, (_, slot) => slot);
  let size = 0;
  let order = 0;

  const grow = (): void => {
    const bigger = capacity * 2;
    const copy = <T extends Float64Array | Uint8Array | Int32Array>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    times = copy(new Float64Array(bigger), times);
    orders = copy(new Float64Array(bigger), orders);
    kinds = copy(new Uint8Array(bigger), kinds);
    as = copy(new Int32Array(bigger), as);
    bs = copy(new Int32Array(bigger), bs);
    heap = copy(new Int32Array(bigger), heap);
    free = copy(new Int32Array(bigger), free);
    for (let slot = capacity; slot < bigger; slot++) free[slot] = slot;
    capacity = bigger;
  };

  const isBefore = (x: number, y: number): boolean => {
    const timeX = times[x] ?? 0;
    const timeY = times[y] ?? 0;
    return timeX < timeY || (timeX === timeY && (orders[x] ?? 0) < (orders[y] ?? 0));
  };

  return {
    add(atMs, kind, a, b) {
      if (size === max) throw new CodedError("run-too-busy", { events: size + 1, max });
      if (size === capacity) grow();
      // Slots from `size` on are free: heap and free list share the count.
      const slot = free[size] ?? 0;
      times[slot] = atMs;
      orders[slot] = order++;
      kinds[slot] = kind;
      as[slot] = a;
      bs[slot] = b;
      let at = size++;
      while (at > 0) {
        const up = (at - 1) >> 1;
        const parent = heap[up] ?? 0;
        if (!isBefore(slot, parent)) break;
        heap[at] = parent;
        at = up;
      }
      heap[at] = slot;
    },
    take(into) {
      if (size === 0) return false;
      const top = heap[0] ?? 0;
      into.atMs = times[top] ?? 0;
      into.kind = kinds[top] ?? 0;
      into.a = as[top] ?? 0;
      into.b = bs[top] ?? 0;
      size--;
      free[size] = top;
      if (size === 0) return true;
      const last = heap[size] ?? 0;
      let at = 0;
      for (;;) {
        let down = 2 * at + 1;
        if (down >= size) break;
        if (down + 1 < size && isBefore(heap[down + 1] ?? 0, heap[down] ?? 0)) down++;
        const child = heap[down] ?? 0;
        if (!isBefore(child, last)) break;
        heap[at] = child;
        at = down;
      }
      heap[at] = last;
      return true;
    },
    size: () => size,
  };
}
