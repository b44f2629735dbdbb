/**
 * @module Loads the project's TypeScript for a bench row in Node 20, which runs none: Vite transforms
 * it on the way, as it does for the unit tests.
 */
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Calls `work` with a loader of modules by their path from the root, and ends Vite afterwards. */
export async function withTypeScript(work) {
  const server = await createServer({
    root: ROOT,
    configFile: false,
    appType: "custom",
    logLevel: "error",
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    return await work((path) => server.ssrLoadModule(path));
  } finally {
    await server.close();
  }
}
