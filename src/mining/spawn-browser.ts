/**
 * A browser's Worker as a miner port. The worker itself is made by the caller: bundlers find worker
 * files only where `new Worker(new URL(…))` is written out, and that place is `workers/`.
 *
 * @module
 */
import type { MinerPort, WorkerMessage } from "./miner-messages.ts";

/** Wraps a running miner worker. */
export function minerPortFromWorker(worker: Worker): MinerPort {
  return {
    listen({ onMessage, onLost }) {
      worker.addEventListener("message", (event: MessageEvent<WorkerMessage>) => {
        onMessage(event.data);
      });
      worker.addEventListener("error", (event) => {
        // A script that cannot be loaded fires a plain Event without a message.
        onLost(event.message ?? "the miner worker could not be loaded");
      });
      worker.addEventListener("messageerror", () => onLost("unreadable message"));
    },
    postMessage: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
  };
}
