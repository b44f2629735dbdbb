/**
 * @module Hashes of consensus (HASH-1): ours in WebAssembly against @noble/hashes, for two digests and for
 * a header's core, in Node.
 */
import { withTypeScript } from "../typescript.mjs";

const ROUNDS = 200;
const HASHES_PER_SLICE = 1_000;

export const name = "hash";
export const description =
  "consensus hashes, µs each (10th percentile of slices of 1,000): WebAssembly against @noble/hashes";
export const targets = [
  { key: "ratioToNoble", atLeast: 3 },
  { key: "ratioToNobleHeader", atLeast: 3 },
];

/** The 10th percentile: what a core does when nothing interrupts it. */
function p10(values) {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length * 0.1)];
}

function sliceMicroseconds(hash, parts) {
  const started = performance.now();
  for (let count = 0; count < HASHES_PER_SLICE; count += 1) hash(parts);
  return ((performance.now() - started) * 1_000) / HASHES_PER_SLICE;
}

/** Measures both implementations in turns. */
export async function run() {
  return withTypeScript(async (load) => {
    const { nobleBlake3 } = await load("/src/kernel/blake3.ts");
    const { createWasmBlake3 } = await load("/src/kernel/blake3-wasm.ts");
    const { HEADER_CORE_BYTES } = await load("/src/kernel/header.ts");
    const context = new TextEncoder().encode("fabula/1 a bench");
    const ours = createWasmBlake3();
    if (ours === null) throw new Error("this engine compiles no WebAssembly");
    const hashes = {
      ours: ours.deriveKey(context).hash,
      noble: nobleBlake3.deriveKey(context).hash,
    };
    const inputs = {
      pair: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)],
      header: [new Uint8Array(HEADER_CORE_BYTES).fill(3)],
    };
    const slices = { pair: { ours: [], noble: [] }, header: { ours: [], noble: [] } };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [input, parts] of Object.entries(inputs)) {
        for (const [who, hash] of Object.entries(hashes)) {
          slices[input][who].push(sliceMicroseconds(hash, parts));
        }
      }
    }
    const pair = p10(slices.pair.ours);
    const pairNoble = p10(slices.pair.noble);
    const header = p10(slices.header.ours);
    const headerNoble = p10(slices.header.noble);
    return {
      pairMicroseconds: pair,
      pairMicrosecondsNoble: pairNoble,
      headerMicroseconds: header,
      headerMicrosecondsNoble: headerNoble,
      ratioToNoble: pairNoble / pair,
      ratioToNobleHeader: headerNoble / header,
    };
  });
}
