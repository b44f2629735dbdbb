/**
 * Starts the chain worker and starts it again when it dies, so that a crash costs a moment and a
 * message, not the tab. What was announced is on disk; the new worker opens it there.
 *
 * @module
 */
import { type Bridge, createBridge } from "../threads/bridge.ts";
import type { PageApi, WorkerApi, WorkerBooted, WorkerStart } from "../threads/contract.ts";

/** A worker that dies faster than this each time is not started again: something is wrong with the site. */
const RESTART_WINDOW_MS = 60_000;
const MAX_RESTARTS = 3;
const SLOT_KEY = "fabula-slot";

/** The supervised worker. */
export interface SupervisedWorker {
  bridge(): Bridge<WorkerApi>;
  /** Resolves when the slot is claimed; rejects with the reason why the tab cannot start. */
  readonly booted: Promise<WorkerBooted>;
  onRestart(listener: (reason: string) => void): () => void;
}

/** What the page serves to the worker. */
export type PageHandlers = PageApi;

/** Starts the worker; `spawn` makes one. */
export function startWorker(
  spawn: () => Worker,
  options: () => WorkerStart,
  handlers: PageHandlers,
): SupervisedWorker {
  const listeners = new Set<(reason: string) => void>();
  let restarts: number[] = [];
  let current: Bridge<WorkerApi>;

  const boot = async (): Promise<WorkerBooted> => {
    const worker = spawn();
    const bridge = createBridge<WorkerApi>(
      {
        postMessage: (message) => worker.postMessage(message),
        listen: (handler) =>
          worker.addEventListener("message", (event: MessageEvent<unknown>) => handler(event.data)),
      },
      handlers,
    );
    current = bridge;
    const onCrash = (reason: string): void => {
      worker.terminate();
      bridge.fail(reason);
      restarts = restarts.filter((at) => performance.now() - at < RESTART_WINDOW_MS);
      if (restarts.length >= MAX_RESTARTS) return;
      restarts.push(performance.now());
      boot()
        .then(() => {
          for (const listener of listeners) listener(reason);
        })
        .catch(() => {});
    };
    worker.addEventListener("error", (event) =>
      onCrash(event.message || "the worker did not load"),
    );
    worker.addEventListener("messageerror", () => onCrash("a message could not be read"));
    const booted = await bridge.call("start", options());
    if (booted.readonlyReason === null) sessionStorage.setItem(SLOT_KEY, String(booted.slot));
    return booted;
  };

  return {
    booted: boot(),
    bridge: () => current,
    onRestart(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/**
 * The slot that this tab had before a reload. A duplicated tab copies its session storage; it will find
 * the slot taken and claim another.
 */
export function preferredSlot(): number | null {
  const kept = sessionStorage.getItem(SLOT_KEY);
  return kept !== null && /^\d{1,2}$/.test(kept) ? Number(kept) : null;
}
