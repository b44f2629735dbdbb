/**
 * @module A real lighthouse and real tabs for the rows that measure the whole thing. The built site and
 * command must be there (`npm run build`); every tab is a fresh profile.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { findBrowser } from "../scripts/browser.mjs";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const READY_MS = 30_000;

async function startLighthouse(data, extra) {
  const args = [join(ROOT, "bin/fabula.mjs"), "run", "--port", "0", "--data", data, ...extra];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors = (errors + chunk).slice(-2_000);
  });
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`lighthouse not ready: ${errors}`)), READY_MS);
    child.once("exit", (code) => reject(new Error(`lighthouse ended with ${code}: ${errors}`)));
    let printed = "";
    child.stdout.on("data", (chunk) => {
      printed += chunk;
      const found = /https?:\/\/\S+/.exec(printed);
      if (found) {
        clearTimeout(timer);
        resolve(found[0]);
      }
    });
  });
  const stop = () =>
    new Promise((resolve) => {
      child.once("exit", resolve);
      child.kill("SIGTERM");
    });
  return { url, stop };
}

/** Calls a method in a tab. */
export function request(page, method, params) {
  return page.evaluate((call) => globalThis.fabula.request(call), { method, params });
}

/** Waits until `check` gives something truthy, and gives it back. */
export async function until(what, timeoutMs, check) {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (performance.now() > endMs) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Runs `measure({url, browser, openTab})` with a lighthouse on `data` (a fresh folder by default). */
export async function withLiveSite({ paceMs, data, prepare }, measure) {
  if (!existsSync(join(ROOT, "dist/site/index.html"))) {
    throw new Error("the site is not built; run `npm run build` first");
  }
  const folder = data ?? (await mkdtemp(join(tmpdir(), "fabula-bench-")));
  let lighthouse;
  let browser;
  try {
    await prepare?.(folder);
    lighthouse = await startLighthouse(
      folder,
      paceMs === undefined ? [] : ["--pace", String(paceMs)],
    );
    const found = await findBrowser();
    browser = await chromium.launch({
      executablePath: found.executablePath,
      args: found.args,
      env: { ...process.env, ...found.env },
    });
    const openTab = async (url = lighthouse.url) => {
      const context = await browser.newContext({ permissions: ["microphone"] });
      const page = await context.newPage();
      await page.goto(url);
      return page;
    };
    return await measure({ url: lighthouse.url, browser, openTab });
  } finally {
    await browser?.close();
    await lighthouse?.stop();
    if (data === undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** The value below which `share` of the sorted values lie. */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
