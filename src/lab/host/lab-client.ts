/**
 * The page's side of the lab: starts the worker when it is first needed and again after it died, so that a
 * crash is an error of one call and not the end of the lab.
 *
 * @module
 */
import { type Bridge, createBridge } from "../../threads/bridge.ts";
import type { LabPageApi, LabWorkerApi } from "./protocol.ts";

/** All that is needed of a `Worker`. */
export interface LabThread {
  postMessage(message: unknown): void;
  addEventListener(
    type: "message" | "error" | "messageerror",
    listener: (event: Event) => void,
  ): void;
  terminate(): void;
}

/** Calls into the worker. */
export type LabClient = Pick<Bridge<LabWorkerApi>, "call" | "notify">;

/** The reason of `thread-gone` when the worker never started. */
export const NOT_LOADED = "it did not load";

function reasonOf(event: Event): string {
  return "message" in event && typeof event.message === "string" && event.message !== ""
    ? event.message
    : NOT_LOADED;
}

/**
 * A client; `spawn` starts a worker. A call whose worker dies rejects with `thread-gone` {reason}; the next
 * call has a new one, which knows nothing of the runs before.
 */
export function createLabClient(spawn: () => LabThread, page: LabPageApi): LabClient {
  let bridge: Bridge<LabWorkerApi> | null = null;

  function start(): Bridge<LabWorkerApi> {
    const thread = spawn();
    const started = createBridge<LabWorkerApi>(
      {
        postMessage: (message) => thread.postMessage(message),
        listen: (handler) =>
          thread.addEventListener("message", (event) => {
            if ("data" in event) handler(event.data);
          }),
      },
      page,
    );
    const onCrash = (reason: string): void => {
      thread.terminate();
      if (bridge === started) bridge = null;
      started.fail(reason);
    };
    thread.addEventListener("error", (event) => onCrash(reasonOf(event)));
    thread.addEventListener("messageerror", () => onCrash("a message could not be read"));
    return started;
  }

  const running = (): Bridge<LabWorkerApi> => {
    bridge ??= start();
    return bridge;
  };
  return {
    call: (name, argument) => running().call(name, argument),
    notify: (name, argument) => running().notify(name, argument),
  };
}
