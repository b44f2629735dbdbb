/**
 * @module Proof-of-work hashes per second and thread: our kernel against one call of @noble/hashes
 * for each nonce, both in Chromium, and against the official native library where it is at hand.
 */
import { execFile } from "node:child_process";
import { cpus } from "node:os";
import { promisify } from "node:util";
import { withMinerPage } from "../miner-page.mjs";

const execute = promisify(execFile);

const WARM_UP_MS = 2_000;
const ROUNDS = 12;
const PAGE_MS = 400;
const NATIVE_MS = 150;

export const name = "pow";
export const description =
  "proof-of-work hashes, millions a second and thread (90th percentile of 3 ms slices)";
export const targets = [
  { key: "ratioToNoble", atLeast: 100 },
  { key: "ratioToNativeSse41", atLeast: 1.2 },
];

/** The 90th percentile: what a core does when nothing interrupts it. */
function p90(values) {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length * 0.9)];
}

async function nativeSlices(tool) {
  const { stdout } = await execute(tool, [String(NATIVE_MS)]);
  const slices = stdout.trim().split("\n").map(Number);
  if (slices.some((rate) => !(rate > 0))) {
    throw new Error(`FABULA_NATIVE_BLAKE3 (${tool}) did not print one rate per line`);
  }
  return slices;
}

/** Measures all variants in turns. */
export async function run(log) {
  const tool = process.env.FABULA_NATIVE_BLAKE3;
  if (!tool) {
    log("  native BLAKE3: skipped; set FABULA_NATIVE_BLAKE3 (bench/README.md tells how)");
  }
  return withMinerPage(async (page, browser) => {
    const burst = (ms) => page.evaluate((duration) => globalThis.bench.pow(duration), ms);
    await burst(WARM_UP_MS);
    const all = { kernel: [], scalar: [], noble: [], native: [] };
    let simd = false;
    for (let round = 0; round < ROUNDS; round += 1) {
      const measured = await burst(PAGE_MS);
      simd = measured.simd;
      for (const [variant, rates] of Object.entries(measured.rates)) all[variant].push(...rates);
      if (tool) all.native.push(...(await nativeSlices(tool)));
    }
    const kernel = p90(all.kernel);
    const noble = p90(all.noble);
    const native = tool ? p90(all.native) : undefined;
    return {
      simd,
      mhPerThread: kernel / 1e6,
      mhPerThreadScalar: p90(all.scalar) / 1e6,
      mhPerThreadNoble: noble / 1e6,
      ratioToNoble: kernel / noble,
      ...(native === undefined
        ? {}
        : { mhNativeSse41: native / 1e6, ratioToNativeSse41: kernel / native }),
      browser,
      processor: cpus()[0]?.model ?? "unknown",
    };
  });
}
