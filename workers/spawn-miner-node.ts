/**
 * Starts a miner worker in Node. The worker's file is built beside the command line's bundle as
 * `miner.worker.js`; only the caller knows where that is.
 *
 * @module
 */
import { Worker } from "node:worker_threads";
import type { MinerPort, WorkerMessage } from "../src/mining/miner-messages.ts";

/** A new miner thread that runs the built worker at `url`. */
export function spawnMinerInNode(url: URL): MinerPort {
  const worker = new Worker(url);
  return {
    listen({ onMessage, onLost }) {
      worker.on("message", (message: WorkerMessage) => onMessage(message));
      worker.on("error", (error) => onLost(String(error)));
      worker.on("exit", (code) => onLost(`the miner thread ended with code ${code}`));
    },
    postMessage: (message) => worker.postMessage(message),
    terminate: () => void worker.terminate(),
  };
}
