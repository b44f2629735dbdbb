/**
 * The peer's one event stream. Listeners are isolated from each other: one that throws is logged and
 * the others still hear.
 *
 * @module
 */
import type { EventName, FabulaEvents } from "./rpc/events.ts";

/** Typed publish and subscribe. */
export interface EventHub {
  on<E extends EventName>(event: E, listener: (data: FabulaEvents[E]) => void): () => void;
  emit<E extends EventName>(event: E, data: FabulaEvents[E]): void;
}

/** Creates a hub; `onFault` hears what a listener threw. */
export function createEventHub(onFault: (event: EventName, reason: unknown) => void): EventHub {
  const listeners = new Map<EventName, Set<(data: never) => void>>();
  return {
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set);
      set.add(listener);
      return () => {
        set.delete(listener);
      };
    },
    emit(event, data) {
      // A copy: who begins to listen while an event goes round hears the next one.
      const hearing = Array.from(listeners.get(event) ?? []);
      for (const listener of hearing) {
        try {
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `on` filed each listener under the name of its own event
          (listener as (value: typeof data) => void)(data);
        } catch (reason) {
          onFault(event, reason);
        }
      }
    },
  };
}
