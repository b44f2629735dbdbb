/**
 * Starts a miner worker in a browser. Here and not in `src/mining`, because the bundler finds the
 * worker's file by this very expression, relative to this file.
 *
 * @module
 */
import type { MinerPort } from "../src/mining/miner-messages.ts";
import { minerPortFromWorker } from "../src/mining/spawn-browser.ts";

/** A new miner thread of this page. */
export function spawnMiner(): MinerPort {
  return minerPortFromWorker(
    new Worker(new URL("./miner.worker.ts", import.meta.url), { type: "module", name: "miner" }),
  );
}
