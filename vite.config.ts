import { readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";

const { version }: { version: string } = JSON.parse(readFileSync("package.json", "utf8"));

const SITE = "dist/site";

/**
 * Writes `name.br` beside each script and style: the tightest compression takes seconds, so it is done
 * once here and not while the first visitor waits.
 */
function precompress(): Plugin {
  const brotli = promisify(brotliCompress);
  return {
    name: "fabula-precompress",
    apply: "build",
    enforce: "post",
    async closeBundle() {
      const folder = join(SITE, "assets");
      const names = (await readdir(folder)).filter((name) => /\.(js|css)$/.test(name));
      await Promise.all(
        names.map(async (name) => {
          const plain = await readFile(join(folder, name));
          await writeFile(join(folder, `${name}.br`), await brotli(plain));
        }),
      );
    },
  };
}

/** The site. `base: "./"` lets it live under any sub-path of a static host; routes are in the hash. */
export default defineConfig({
  define: { __FABULA_VERSION__: JSON.stringify(version) },
  base: "./",
  plugins: [
    react(),
    precompress(),
    VitePWA({
      registerType: "prompt",
      manifest: {
        name: "Fabula",
        short_name: "Fabula",
        description: "A story that its readers write, mine and keep.",
        id: "./",
        start_url: "./",
        scope: "./",
        display: "standalone",
        background_color: "#faf7f0",
        theme_color: "#faf7f0",
        icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
        share_target: {
          action: "./",
          method: "GET",
          params: { title: "title", text: "text", url: "url" },
        },
      },
      workbox: {
        // Fonts beyond Latin, the writer's corpus and the lab's worker are fetched when first needed.
        globPatterns: [
          "**/*.{js,css,html,svg,webmanifest}",
          "assets/*-latin-{wght,opsz,standard}-*.woff2",
        ],
        globIgnores: ["corpus/**", "assets/corpus-*", "assets/{lab.worker,controller-run}-*"],
        navigateFallback: "index.html",
        navigateFallbackDenylist: [/\/(rpc|ws|metrics|healthz|fabula\.json)$/],
        runtimeCaching: [
          {
            urlPattern: /\/(corpus\/|assets\/(corpus-|lab\.worker-|controller-run-))|\.woff2$/,
            handler: "CacheFirst",
            options: { cacheName: "fabula-on-demand", expiration: { maxEntries: 40 } },
          },
        ],
        cleanupOutdatedCaches: true,
        maximumFileSizeToCacheInBytes: 4_000_000,
      },
    }),
  ],
  worker: { format: "es" },
  build: {
    outDir: SITE,
    emptyOutDir: true,
    target: "es2022",
    // Read by the size budgets: which files the first paint waits for.
    manifest: true,
    // Fonts as files: an inlined one would weigh on the first paint and break `font-src 'self'`.
    assetsInlineLimit: 0,
  },
});
