/**
 * @module Opens the bench page in a real Chromium: built by Vite as the site is, served by a small
 * HTTP server that isolates the page (a clock of 5 µs instead of 100 µs).
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { build } from "vite";
import { findBrowser } from "../scripts/browser.mjs";

const PAGE = fileURLToPath(new URL("./page/", import.meta.url));
const BUILT = fileURLToPath(new URL("../node_modules/.cache/fabula-bench/", import.meta.url));

const TYPES = { ".html": "text/html", ".js": "text/javascript" };

function buildPage() {
  return build({
    configFile: false,
    root: PAGE,
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: BUILT, emptyOutDir: true, target: "es2022" },
  });
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  const file = join(BUILT, normalize(pathname === "/" ? "/index.html" : pathname));
  try {
    const body = await readFile(file);
    response.writeHead(200, {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

async function serve() {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** Runs `measure(page, browserVersion)` on the opened bench page, and closes everything afterwards. */
export async function withMinerPage(measure) {
  await buildPage();
  const { executablePath, env, args } = await findBrowser();
  const server = await serve();
  const browser = await chromium
    .launch({ executablePath, args, env: { ...process.env, ...env } })
    .catch((error) => {
      server.close();
      throw error;
    });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => globalThis.bench !== undefined);
    return await measure(page, `Chromium ${browser.version()}`);
  } finally {
    await browser.close();
    server.close();
  }
}
