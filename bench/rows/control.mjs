/**
 * @module How much of the miners' time is lost to control: slicing, messages, switching jobs. The
 * real pool and workers run in Chromium at full preset with a new job twice a second.
 */
import { withMinerPage } from "../miner-page.mjs";

const MEASURE_MS = 8_000;

export const name = "control";
export const description = "share of wall time that miner threads at full preset do not hash";
export const targets = [{ key: "lostShare", atMost: 0.03 }];

/** Measures 1 − Σ busy ÷ Σ wall over all threads. */
export async function run() {
  return withMinerPage(async (page, browser) => {
    const { threads, simd, cores } = await page.evaluate(
      (ms) => globalThis.bench.control(ms),
      MEASURE_MS,
    );
    const sum = (pick) => threads.reduce((total, thread) => total + pick(thread), 0);
    const wallMs = sum(({ firstMs, lastMs }) => lastMs - firstMs);
    if (!(wallMs > MEASURE_MS / 2)) throw new Error("the miner threads did not report");
    return {
      lostShare: 1 - sum(({ busyMs }) => busyMs) / wallMs,
      threads: threads.length,
      mhPerThread: sum(({ hashes }) => hashes) / wallMs / 1_000,
      reports: sum(({ reports }) => reports),
      simd,
      cores,
      browser,
    };
  });
}
