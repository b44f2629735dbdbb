/**
 * @module The page that the miner benches drive: `bench.pow(ms)` and `bench.control(ms)`.
 */
import { createMinerPool } from "../../src/mining/miner-pool.ts";
import { spawnMiner } from "../../workers/spawn-miner.ts";

const SWITCH_MS = 500;

let powWorker;

/** Slices of each variant, interleaved for `ms`, in hashes per second. */
function pow(ms) {
  powWorker ??= new Worker(new URL("./pow.worker.js", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    powWorker.addEventListener("message", ({ data }) => resolve(data), { once: true });
    powWorker.addEventListener("error", ({ message }) => reject(new Error(message)), {
      once: true,
    });
    powWorker.postMessage(ms);
  });
}

/**
 * The real pool at full preset for about `ms`, with a new job twice a second as on a busy chain.
 * Wall time is the page's: from a thread's first report (it is warm then) to its last.
 */
function control(ms) {
  return new Promise((resolve, reject) => {
    const threads = [];
    let jobId = 0;

    function spawn() {
      const port = spawnMiner();
      const thread = { firstMs: undefined, lastMs: 0, busyMs: 0, hashes: 0, reports: 0 };
      threads.push(thread);
      function note(message) {
        if (message.type !== "rate") return;
        const nowMs = performance.now();
        if (thread.firstMs === undefined) {
          thread.firstMs = nowMs;
          return;
        }
        thread.lastMs = nowMs;
        thread.busyMs += message.busyMs;
        thread.hashes += message.hashes;
        thread.reports += 1;
      }
      return {
        ...port,
        listen: ({ onMessage, onLost }) =>
          port.listen({
            onLost,
            onMessage(message) {
              note(message);
              onMessage(message);
            },
          }),
      };
    }

    const pool = createMinerPool({
      spawn,
      cores: navigator.hardwareConcurrency,
      preset: "full",
      now: () => performance.now(),
      onFound: () => reject(new Error("a nonce for an impossible target")),
      onRate: () => undefined,
      onWorkerLost: (reason) => reject(new Error(reason)),
    });
    const offer = () => {
      jobId += 1;
      const coreHash = crypto.getRandomValues(new Uint8Array(32));
      pool.start({ jobId, coreHash, target: new Uint8Array(32) });
    };
    offer();
    const switching = setInterval(offer, SWITCH_MS);
    setTimeout(() => {
      clearInterval(switching);
      const { simd } = pool.rate;
      pool.dispose();
      resolve({ threads, simd, cores: navigator.hardwareConcurrency });
    }, ms);
  });
}

globalThis.bench = { pow, control };
