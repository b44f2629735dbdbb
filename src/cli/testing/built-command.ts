/**
 * The built `fabula` command for tests that run it as people do: as a process of its own, with a data
 * folder and a key folder of its own for each test.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";

/** A process that was started. */
export interface Run {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<number | null>;
}

/** What a process that ended left; without the line breaks at the ends. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command of one test file. */
export interface BuiltCommand {
  /** Holds the folders `data` and `keys` of the running test. */
  readonly folder: () => string;
  readonly start: (...args: string[]) => Run;
  /** Runs a command to its end. */
  readonly outcome: (...args: string[]) => Promise<Outcome>;
  /** What a command that succeeds prints. */
  readonly printed: (...args: string[]) => Promise<string>;
}

/** Beside `dist/node`, so that what the program finds relative to itself is where it belongs. */
const outDir: string = fileURLToPath(
  new URL(`../../../dist/cli-test-${process.pid}`, import.meta.url),
);

/** Builds the command before the tests of a file; ends what it started and removes its folder after each. */
export function setUpCommand(): BuiltCommand {
  const children: ChildProcess[] = [];
  let folder = "";

  beforeAll(async () => {
    const configFile = fileURLToPath(new URL("../../../vite.node.config.ts", import.meta.url));
    await build({ configFile, logLevel: "error", build: { outDir, sourcemap: false } });
  }, 60_000);
  afterAll(() => rm(outDir, { recursive: true, force: true }));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "fabula-cli-"));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  function start(...args: string[]): Run {
    const env = {
      ...process.env,
      FABULA_DATA: join(folder, "data"),
      FABULA_KEYS: join(folder, "keys"),
      FABULA_PORT: "0",
    };
    const child = spawn(process.execPath, [join(outDir, "cli.js"), ...args], { env });
    children.push(child);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    const ended = once(child, "close").then(() => child.exitCode);
    return { child, stdout: () => stdout, stderr: () => stderr, ended };
  }

  async function outcome(...args: string[]): Promise<Outcome> {
    const { ended, stdout, stderr } = start(...args);
    return { code: await ended, stdout: stdout().trimEnd(), stderr: stderr().trimEnd() };
  }

  async function printed(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await outcome(...args);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("[")]);
    return stdout;
  }

  return { folder: () => folder, start, outcome, printed };
}

/** Resolves with the address of a lighthouse once its one line is there. */
export async function readyUrl({ child, stdout, stderr, ended }: Run): Promise<string> {
  const failed = ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${stderr()}`)));
  while (!stdout().includes("\n"))
    await Promise.race([once(child.stdout ?? child, "data"), failed]);
  failed.catch(() => undefined);
  return /^Fabula is ready: (http:\/\/127\.0\.0\.1:\d+\/)\n$/.exec(stdout())?.[1] ?? stdout();
}
