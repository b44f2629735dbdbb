/**
 * @module Finds the Chromium that tests and benches drive. Playwright cannot download one
 * everywhere, so the first choice after an explicit path is the build that ships inside the npm
 * package `@sparticuz/chromium` (Linux x64): it comes with `npm ci`, guarded by the lockfile.
 *
 * The package's own unpacker reuses any `/tmp/chromium` whatever its version, and its default
 * arguments switch off site isolation; so its archives are unpacked here, and only our arguments used.
 *
 * Usage: node scripts/browser.mjs   (prints which browser would be used; exit 1 when there is none)
 */
import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar-fs";

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const CACHE = fileURLToPath(new URL("../node_modules/.cache/fabula-chromium/", import.meta.url));
/** Files belong to whoever unpacks, also as root. */
const PLAIN = { chown: false };
const SYSTEM_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

/** Arguments of every browser that a script of this project starts. */
export const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
  "--disable-domain-reliability",
  "--disable-default-apps",
  "--metrics-recording-only",
  "--no-pings",
  // With the microphone permission granted, this gives WebRTC candidates on a loopback-only machine.
  "--allow-loopback-in-peer-connection",
];

/** What is said when there is no browser. */
export const REMEDIES = `No usable Chromium was found. One of these helps:
  1. on Linux x64: run \`npm ci\` again; it installs @sparticuz/chromium, which contains one;
  2. install Chromium or Google Chrome from your system's packages;
  3. set PLAYWRIGHT_CHROMIUM_EXECUTABLE=/path/to/chromium (or run \`npx playwright install chromium\`).`;

async function versionOf(executablePath, env) {
  const { stdout } = await run(executablePath, ["--version", "--no-sandbox"], {
    env: { ...process.env, ...env },
    timeout: 60_000,
  });
  return stdout.trim();
}

const unbrotli = (from, to) => pipeline(createReadStream(from), createBrotliDecompress(), to);

async function libraryFolders(root) {
  const folders = [];
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /\.so(\.|$)/.test(entry.name))
      folders.push(entry.parentPath ?? entry.path);
  }
  return [...new Set(folders)];
}

/** Unpacks the bundled browser once; other processes that do the same meanwhile do no harm. */
async function bundled() {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  let home;
  try {
    home = dirname(dirname(dirname(require.resolve("@sparticuz/chromium"))));
    while (!existsSync(join(home, "bin", "chromium.br"))) {
      if (dirname(home) === home) return undefined;
      home = dirname(home);
    }
  } catch {
    return undefined;
  }
  const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const target = join(CACHE, version);
  if (!existsSync(join(target, "verified"))) await unpack(join(home, "bin"), target);
  const folders = await libraryFolders(join(target, "al2023"));
  const env = bundledEnv(target, folders);
  return {
    executablePath: join(target, "chromium"),
    env,
    source: `@sparticuz/chromium ${version}`,
  };
}

function bundledEnv(target, folders) {
  const inherited = process.env["LD_LIBRARY_PATH"];
  return {
    LD_LIBRARY_PATH: [...folders, ...(inherited ? [inherited] : [])].join(":"),
    ...(existsSync("/etc/fonts/fonts.conf") || process.env["FONTCONFIG_PATH"]
      ? {}
      : { FONTCONFIG_PATH: join(target, "fonts") }),
  };
}

async function unpack(archives, target) {
  await mkdir(CACHE, { recursive: true });
  const work = await mkdtemp(join(CACHE, "unpacking-"));
  try {
    await Promise.all([
      unbrotli(join(archives, "chromium.br"), createWriteStream(join(work, "chromium"))),
      unbrotli(join(archives, "al2023.tar.br"), extract(join(work, "al2023"), PLAIN)),
      unbrotli(join(archives, "fonts.tar.br"), extract(work, PLAIN)),
      unbrotli(join(archives, "swiftshader.tar.br"), extract(work, PLAIN)),
    ]);
    await chmod(work, 0o755);
    await chmod(join(work, "chromium"), 0o755);
    const env = bundledEnv(work, await libraryFolders(join(work, "al2023")));
    const version = await versionOf(join(work, "chromium"), env);
    await writeFile(join(work, "verified"), `${version}\n`);
    await rename(work, target).catch(async (error) => {
      // Another process was faster: its verified copy stands.
      if (!existsSync(join(target, "verified"))) {
        await rm(target, { recursive: true, force: true });
        await rename(work, target).catch(() => {
          throw error;
        });
      }
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function playwrightsOwn() {
  const { chromium } = await import("playwright");
  const executablePath = chromium.executablePath();
  return existsSync(executablePath)
    ? { executablePath, env: {}, source: "playwright install" }
    : undefined;
}

/**
 * Finds a browser, in the order: `PLAYWRIGHT_CHROMIUM_EXECUTABLE`, the bundled one, the system's,
 * Playwright's own. `env` holds only what must be added to the environment of the browser.
 * Throws with the remedies when there is none.
 */
export async function findBrowser() {
  const chosen = process.env["PLAYWRIGHT_CHROMIUM_EXECUTABLE"];
  if (chosen) {
    if (!existsSync(chosen)) {
      throw new Error(`PLAYWRIGHT_CHROMIUM_EXECUTABLE names a missing file: ${chosen}`);
    }
    return {
      executablePath: chosen,
      args: BROWSER_ARGS,
      env: {},
      source: "PLAYWRIGHT_CHROMIUM_EXECUTABLE",
    };
  }
  const failures = [];
  const system = async () => {
    const executablePath = SYSTEM_PATHS.find((path) => existsSync(path));
    return executablePath && { executablePath, env: {}, source: executablePath };
  };
  for (const candidate of [bundled, system, playwrightsOwn]) {
    try {
      const found = await candidate();
      if (found) return { args: BROWSER_ARGS, ...found };
    } catch (error) {
      failures.push(`  (tried: ${String(error?.message ?? error).split("\n")[0]})`);
    }
  }
  throw new Error([REMEDIES, ...failures].join("\n"));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const browser = await findBrowser();
    const version = await versionOf(browser.executablePath, browser.env);
    process.stdout.write(`${browser.executablePath}\n${version} (${browser.source})\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
