/** @module Loads a TypeScript module of this project in Node 20, through the bundler. */

import { fileURLToPath } from "node:url";
import { createServer } from "vite";

/** Runs `work` with the exports of `path` (relative to the project's root). */
export async function withModule(path, work) {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL("../", import.meta.url)),
    logLevel: "error",
    server: { middlewareMode: true, watch: null },
    appType: "custom",
  });
  try {
    return await work(await server.ssrLoadModule(path));
  } finally {
    await server.close();
  }
}
