/**
 * @module A day of five peers on a virtual clock and network, with peers that leave and come back and
 * with partitions. `FABULA_SOAK_HOURS` makes it shorter.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { withTypeScript } from "../typescript.mjs";

const MINUTE_MS = 60_000;
const HOURS = Number(process.env.FABULA_SOAK_HOURS ?? 24);

export const name = "soak";
export const description = `${HOURS} h of virtual time, 5 peers, pace 15 s, churn and partitions: growth of memory`;
export const targets = [
  // Two heap snapshots 1,200 blocks apart gave 2,850, all of it by design (src/simulation/soak-slope.ts).
  { key: "bytesPerBlockBeyondStore", atMost: 4_096 },
  { key: "timersAfterStop", atMost: 0 },
  { key: "stoppedPeersHeld", atMost: 0 },
];

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

/** Heap and buffers in use; three rounds, because buffers are freed by another thread after the collection that found them dead. */
async function usedBytes() {
  for (let round = 0; round < 3; round++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Runs the soak; growth is the slope of a line through the checkpoints after 600 blocks, per block and peer. */
export async function run(log) {
  const startedMs = performance.now();
  const { checkpoints, ...figures } = await withTypeScript(async (load) => {
    const { runSoak } = await load("/src/simulation/soak.ts");
    return runSoak({
      seed: 24,
      hours: HOURS,
      peers: 5,
      paceMs: 15_000,
      checkpoints: 32,
      churnEveryMs: 20 * MINUTE_MS,
      awayMs: 3 * MINUTE_MS,
      cutEveryMs: 60 * MINUTE_MS,
      cutMs: 5 * MINUTE_MS,
      settle: () => new Promise((resolve) => setImmediate(resolve)),
      usedBytes,
      log,
    });
  });
  const last = checkpoints.at(-1);
  return {
    ...figures,
    usedBytesAtFullCaches: checkpoints.find(({ blocks }) => blocks >= 600)?.usedBytes,
    usedBytesAtStart: checkpoints[0].usedBytes,
    usedBytesAtEnd: last.usedBytes,
    storeBytesAtEnd: last.storeBytes,
    wallSeconds: (performance.now() - startedMs) / 1_000,
  };
}
