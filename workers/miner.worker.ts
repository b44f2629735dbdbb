/**
 * A miner thread: connects the mining loop to the worker's port, in a browser and in Node alike.
 *
 * @module
 */
import { createMinerKernel } from "../src/mining/kernel.ts";
import { createMessageYield } from "../src/mining/message-yield.ts";
import { createMinerLoop, type MinerLoop } from "../src/mining/miner-loop.ts";
import type { PoolMessage, WorkerMessage } from "../src/mining/miner-messages.ts";

// A Node thread has no global port; asked for this way, no bundler tries to resolve the module.
const parent = globalThis.process?.getBuiltinModule?.("node:worker_threads").parentPort;
const post = (message: WorkerMessage): void =>
  parent ? parent.postMessage(message) : globalThis.postMessage(message);

// The pool sends jobs only after `ready`; listening from now on keeps a Node thread alive.
let loop: MinerLoop | undefined;
const handle = (message: PoolMessage): void => loop?.handle(message);
if (parent) parent.on("message", handle);
else addEventListener("message", (event: MessageEvent<PoolMessage>) => handle(event.data));

createMinerKernel().then(
  (kernel) => {
    loop = createMinerLoop({
      kernel,
      now: () => performance.now(),
      yieldToMessages: createMessageYield(),
      sleep(ms, wake) {
        const timer = setTimeout(wake, ms);
        return () => clearTimeout(timer);
      },
      post,
    });
  },
  (error: unknown) => post({ type: "failed", reason: String(error) }),
);
