/**
 * @module Times the ways to try a nonce, in turns of a few milliseconds, so that whatever else the
 * machine does meets all of them alike.
 */
import { blake3 } from "@noble/hashes/blake3.js";
import { createMinerKernel, WORD_VALUES } from "../../src/mining/kernel.ts";

const SLICE_MS = 3;
const coreHash = crypto.getRandomValues(new Uint8Array(32));
const target = new Uint8Array(32);

function variantOfKernel(kernel) {
  let start = 0;
  return (hashes) => {
    const groups = Math.ceil(hashes / kernel.step);
    if (start + groups * kernel.step > WORD_VALUES) start = 0;
    const done = kernel.search({ coreHash, target, outer: 1, start, groups }).hashes;
    start += done;
    return done;
  };
}

/** What a miner without a kernel of its own would do. */
function variantOfNoble() {
  const input = new Uint8Array(40);
  input.set(coreHash);
  const view = new DataView(input.buffer);
  let nonce = 0;
  let hits = 0;
  return (hashes) => {
    for (let i = 0; i < hashes; i += 1) {
      view.setUint32(36, nonce, true);
      nonce = (nonce + 1) >>> 0;
      const digest = blake3(input);
      if (digest[0] + digest[1] + digest[2] + digest[3] === 0) hits += 1;
    }
    return hashes + Math.min(0, hits);
  };
}

async function createVariants() {
  const best = await createMinerKernel();
  const scalar = await createMinerKernel({ forceScalar: true });
  const variants = [
    { name: "kernel", run: variantOfKernel(best), size: 4_096 },
    { name: "scalar", run: variantOfKernel(scalar), size: 4_096 },
    { name: "noble", run: variantOfNoble(), size: 64 },
  ];
  return { variants, simd: best.simd };
}

// Not awaited here: a module that waits at its top level misses the messages sent meanwhile.
const created = createVariants();

/** One slice; its size follows the measured rate towards `SLICE_MS`. */
function slice(variant) {
  const started = performance.now();
  const hashes = variant.run(variant.size);
  const ms = performance.now() - started;
  const perSecond = (hashes * 1_000) / ms;
  const change = Math.min(4, Math.max(0.25, SLICE_MS / ms));
  variant.size = Math.max(8, Math.round(variant.size * change));
  return ms >= SLICE_MS / 2 ? perSecond : undefined;
}

async function measure(ms) {
  const { variants, simd } = await created;
  const end = performance.now() + ms;
  const rates = Object.fromEntries(variants.map(({ name }) => [name, []]));
  while (performance.now() < end) {
    for (const variant of variants) {
      const rate = slice(variant);
      if (rate !== undefined) rates[variant.name].push(rate);
    }
  }
  postMessage({ rates, simd });
}

addEventListener("message", ({ data: ms }) => {
  // Rethrown outside the promise, so that the page's `error` listener hears of it.
  measure(ms).catch((error) => setTimeout(() => reportError(error)));
});
