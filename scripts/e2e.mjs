/**
 * @module Runs the end-to-end tests (Playwright Test) in the browser that `browser.mjs` finds.
 *
 * Where the system allows it, everything runs in a network namespace that has loopback and nothing
 * else: a test that would reach for the internet fails, and WebRTC's candidates are 127.0.0.1.
 *
 * Usage: node scripts/e2e.mjs [--no-build] [--no-namespace] [--report=FILE] [Playwright's arguments]
 */
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findBrowser } from "./browser.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const REPORT_FLAG = "--report=";

const given = process.argv.slice(2);
const isOwn = (argument) =>
  argument === "--no-build" || argument === "--no-namespace" || argument.startsWith(REPORT_FLAG);
const flags = given.filter(isOwn);
const rest = given.filter((argument) => !isOwn(argument));
const REPORT =
  flags.find((flag) => flag.startsWith(REPORT_FLAG))?.slice(REPORT_FLAG.length) ??
  "node_modules/.cache/fabula-reports/e2e.json";

const RAISE_LOOPBACK = `
import fcntl, socket, struct
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(s, 0x8914, struct.pack("16sH14s", b"lo", 0x1 | 0x40, b""))
`;

/** A shell line that raises `lo` inside a fresh namespace, or `undefined` where none works. */
function raiseLoopback() {
  const ways = ["ip link set lo up", "ifconfig lo 127.0.0.1 up", `python3 -c '${RAISE_LOOPBACK}'`];
  // Binding proves that 127.0.0.1 is there; a loopback that is down refuses connections.
  const probe = `"$0" -e 'const n=require("node:net");const s=n.createServer().listen(0,"127.0.0.1",()=>n.connect(s.address().port,"127.0.0.1",()=>process.exit(0)).on("error",()=>process.exit(1)))'`;
  return ways.find((way) => {
    const line = `(${way}) >/dev/null 2>&1 && ${probe}`;
    return (
      spawnSync("unshare", ["-rn", "sh", "-c", line, process.execPath], { timeout: 20_000 })
        .status === 0
    );
  });
}

function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: "inherit",
      env: { ...process.env, ...env },
    });
    const forward = (signal) => child.kill(signal);
    process.once("SIGTERM", forward).once("SIGINT", forward);
    child.on("error", () => resolve(1));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

async function main() {
  const browser = await findBrowser().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    return undefined;
  });
  if (!browser) return 1;
  if (!flags.includes("--no-build")) {
    const built = await run("npm", ["run", "-s", "build"]);
    if (built !== 0) return built;
  }
  const env = {
    FABULA_BROWSER: JSON.stringify(browser),
    PLAYWRIGHT_JSON_OUTPUT_NAME: REPORT,
    PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT,
  };
  const playwright = fileURLToPath(
    new URL("../node_modules/@playwright/test/cli.js", import.meta.url),
  );
  const command = [process.execPath, playwright, "test", "--reporter=list,json", ...rest];
  const raise = flags.includes("--no-namespace") ? undefined : raiseLoopback();
  if (raise === undefined) {
    process.stderr.write("e2e: no loopback-only network namespace here; running without one\n");
    return run(command[0], command.slice(1), env);
  }
  return run(
    "unshare",
    ["-rn", "sh", "-c", `(${raise}) >/dev/null 2>&1; exec "$@"`, "sh", ...command],
    env,
  );
}

process.exitCode = await main();
