import { expect, test } from "vitest";
import { createWasmBlake3 } from "./blake3-wasm.ts";
import { differencesFromNoble } from "./testing/compare-blake3.ts";

test("[HASH-1] WebAssembly in this browser gives the hashes of @noble/hashes", () => {
  expect(differencesFromNoble(createWasmBlake3())).toEqual([]);
});
