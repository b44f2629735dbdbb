/**
 * @module Writes `src/mining/miner-kernel.generated.ts`: the miner's WebAssembly, as base64.
 *
 * The modules are inlined (13 KB, 3 KB compressed) so that one file serves browser workers and
 * Node alike, without a fetch.
 *
 * Usage: node scripts/generate-miner.mjs [--force]
 */

import { constant, writeGenerated } from "./wasm/generated-file.mjs";

const base64 = (bytes) => JSON.stringify(bytes.toString("base64"));

async function make() {
  const { assemble } = await import("./wasm/assemble.mjs");
  const { buildProofOfWorkGraph } = await import("./miner/blake3-graph.mjs");
  const { emitScalarModule, emitSimdModule, emitSimdProbe, GROUP_SIZE } = await import(
    "./miner/emit-wat.mjs"
  );
  const graph = buildProofOfWorkGraph();
  const simd = assemble("SIMD", emitSimdModule(graph));
  const scalar = assemble("scalar", emitScalarModule(graph));
  // Optimising would remove the one instruction that the probe is about.
  const probe = assemble("SIMD probe", emitSimdProbe(), { verbatim: true });
  return {
    constants: [
      constant("Nonces per group of the SIMD module.", "SIMD_STEP", "number", String(GROUP_SIZE)),
      constant(
        "Nonces per group of the scalar module.",
        "SCALAR_STEP",
        "number",
        String(GROUP_SIZE),
      ),
      constant(
        `SIMD miner, base64 (${simd.length} bytes).`,
        "SIMD_MODULE_BASE64",
        "string",
        base64(simd),
      ),
      constant(
        `Scalar miner, base64 (${scalar.length} bytes).`,
        "SCALAR_MODULE_BASE64",
        "string",
        base64(scalar),
      ),
      constant(
        "A module that validates only where SIMD exists, base64.",
        "SIMD_PROBE_BASE64",
        "string",
        base64(probe),
      ),
    ],
    summary:
      `SIMD ${simd.length} bytes, scalar ${scalar.length} bytes, ` +
      `${graph.perNonce.length} operations per nonce, ${graph.hoisted.length} hoisted values`,
  };
}

await writeGenerated({
  name: "miner kernel",
  what: "The miner's WebAssembly.",
  output: "src/mining/miner-kernel.generated.ts",
  sources: [
    "scripts/generate-miner.mjs",
    "scripts/miner/blake3-graph.mjs",
    "scripts/miner/emit-wat.mjs",
    "scripts/wasm/blake3-tables.mjs",
  ],
  make,
});
