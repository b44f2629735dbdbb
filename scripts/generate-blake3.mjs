/**
 * @module Writes `src/kernel/blake3-kernel.generated.ts`: BLAKE3 of one chunk as WebAssembly, in hex.
 *
 * Hex and not base64, because it keeps bytes whole: it is longer, but compresses better (1.4 instead of
 * 1.5 kB), and the kernel reads hex already.
 *
 * Usage: node scripts/generate-blake3.mjs [--force]
 */

import { constant, writeGenerated } from "./wasm/generated-file.mjs";

/** Above this, Chromium before 115 compiles no module on a page's main thread. */
const MODULE_MAX_BYTES = 4096;

async function make() {
  const { assemble } = await import("./wasm/assemble.mjs");
  const { emitChunkModule, KEYS_AT, MESSAGE_AT } = await import("./blake3/emit-wat.mjs");
  const module = assemble("BLAKE3", emitChunkModule());
  if (module.length > MODULE_MAX_BYTES) throw new Error(`${module.length} bytes are too many`);
  return {
    constants: [
      constant("Address of the message.", "MESSAGE_AT", "number", String(MESSAGE_AT)),
      constant("Address of the keys; the first is the IV.", "KEYS_AT", "number", String(KEYS_AT)),
      constant(
        `The module, hex (${module.length} bytes).`,
        "MODULE_HEX",
        "string",
        JSON.stringify(module.toString("hex")),
      ),
    ],
    summary: `${module.length} bytes`,
  };
}

await writeGenerated({
  name: "BLAKE3 kernel",
  what: "BLAKE3 of one chunk as WebAssembly.",
  output: "src/kernel/blake3-kernel.generated.ts",
  sources: [
    "scripts/generate-blake3.mjs",
    "scripts/blake3/emit-wat.mjs",
    "scripts/wasm/blake3-tables.mjs",
  ],
  make,
});
