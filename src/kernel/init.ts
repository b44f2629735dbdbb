/**
 * One door for what must be awaited before the kernel's functions may be called: entry points await it
 * once, and nothing below them has to be asynchronous.
 *
 * @module
 */
import { initSignatures } from "./signature.ts";

/** Resolves when every kernel function can be called; safe to call often. */
export async function initKernel(): Promise<void> {
  await initSignatures();
}
