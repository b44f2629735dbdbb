/**
 * `window.fabula` and the app's client are one object: methods go to the worker, events come from it,
 * and both survive a restart of the worker.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";
import { EVENT_NAMES } from "../peer/rpc/events.ts";
import type { RpcEndpoint } from "../peer/rpc/schema.ts";
import type { SupervisedWorker } from "./start-worker.ts";

/** The endpoint and the way events enter it. */
export interface PageClient {
  readonly endpoint: RpcEndpoint;
  deliver(event: { readonly name: string; readonly data: unknown }): void;
}

/** Creates the client; `worker` may still be starting. */
export function createPageClient(worker: () => SupervisedWorker): PageClient {
  const listeners = new Map<string, Set<(data: unknown) => void>>();
  return {
    endpoint: {
      async request(call) {
        await worker().booted;
        return worker().bridge().call("request", { method: call.method, params: call.params });
      },
      on(event, listener) {
        if (!EVENT_NAMES.some((name) => name === event)) {
          throw new CodedError("unknown-event", { event, known: EVENT_NAMES.join(", ") });
        }
        const set = listeners.get(event) ?? new Set();
        listeners.set(event, set);
        set.add(listener);
        return () => {
          set.delete(listener);
        };
      },
    },
    deliver({ name, data }) {
      for (const listener of listeners.get(name) ?? []) listener(data);
    },
  };
}
