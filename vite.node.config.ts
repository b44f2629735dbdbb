import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The Node programs: Node 20 runs no TypeScript, so the command line is built. npm packages stay outside. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: "dist/node",
    emptyOutDir: true,
    target: "node20",
    minify: false,
    sourcemap: true,
    reportCompressedSize: false,
    rollupOptions: {
      input: {
        cli: pathOf("./src/cli/main.ts"),
        "miner.worker": pathOf("./workers/miner.worker.ts"),
      },
      // All in one folder, so that `new URL("./miner.worker.js", import.meta.url)` holds in every chunk.
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
});
