import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

/** Beside `dist/node`, so that what the program finds relative to itself is where it belongs. */
const outDir = fileURLToPath(new URL(`../../dist/cli-test-${process.pid}`, import.meta.url));
const children: ChildProcess[] = [];
let folder: string;

beforeAll(async () => {
  const configFile = fileURLToPath(new URL("../../vite.node.config.ts", import.meta.url));
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

interface Run {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<number | null>;
}

function fabula(...args: string[]): Run {
  const env = { ...process.env, FABULA_DATA: join(folder, "data"), FABULA_PORT: "0" };
  const child = spawn(process.execPath, [join(outDir, "cli.js"), ...args], { env });
  children.push(child);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { child, stdout: () => stdout, stderr: () => stderr, ended };
}

/** Resolves with the address once the one line is there. */
async function readyUrl({ child, stdout, stderr, ended }: Run): Promise<string> {
  const failed = ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${stderr()}`)));
  while (!stdout().includes("\n"))
    await Promise.race([once(child.stdout ?? child, "data"), failed]);
  failed.catch(() => undefined);
  return /^Fabula is ready: (http:\/\/127\.0\.0\.1:\d+\/)\n$/.exec(stdout())?.[1] ?? stdout();
}

describe("fabula", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "run says one line when ready, and %s ends it cleanly with 0",
    async (signal) => {
      const run = fabula("run", "--pace", "2000", "--title", "Dunes");
      const url = await readyUrl(run);
      expect(await (await fetch(`${url}healthz`)).json()).toEqual({ ok: true, height: 0 });

      const asked = fabula("tip", "--url", url, "--json");
      expect(await asked.ended).toBe(0);
      expect(asked.stderr()).toBe("");
      const tip: unknown = JSON.parse(asked.stdout());
      expect(tip).toMatchObject({
        height: 0,
        work: "0",
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });

      const busy = fabula("tip", "--url", "http://127.0.0.1:9/");
      expect(await busy.ended).toBe(1);
      expect([busy.stdout(), busy.stderr()]).toEqual([
        "",
        expect.stringContaining("data-folder-in-use"),
      ]);

      run.child.kill(signal);
      expect(await run.ended).toBe(0);
      expect(run.stdout()).toBe(`Fabula is ready: ${url}\n`);
      for (const line of run.stderr().trim().split("\n"))
        expect(JSON.parse(line)).toHaveProperty("level");

      const stored = fabula("tip", "--url", "http://127.0.0.1:9/", "--json");
      expect(await stored.ended).toBe(0);
      expect(JSON.parse(stored.stdout())).toEqual(tip);
      expect(stored.stderr()).toContain("no lighthouse answers");
    },
    30_000,
  );

  it("tip without lighthouse and data folder says what to do, and ends with 1", async () => {
    const { ended, stdout, stderr } = fabula("tip", "--url", "http://127.0.0.1:9/");
    expect(await ended).toBe(1);
    expect(stdout()).toBe("");
    expect(stderr()).toContain("start a lighthouse with: fabula run --data");
  });

  it.each([
    [["run", "--pace", "abc"], "whole number"],
    [["run", "--port", "70000"], "whole number"],
    [["dance"], "unknown command"],
    [["tip", "--nonsense"], "unknown option"],
  ])("%j is not understood, and ends with 2", async (args, text) => {
    const { ended, stdout, stderr } = fabula(...args);
    expect(await ended).toBe(2);
    expect([stdout(), stderr()]).toEqual(["", expect.stringContaining(text)]);
  });

  it("refuses half of a TLS pair and files that are not there, with 1", async () => {
    const half = fabula("run", "--tls-cert", "cert.pem");
    expect(await half.ended).toBe(1);
    expect(half.stderr()).toContain("--tls-key together");
    const absent = fabula("run", "--tls-cert", join(folder, "a"), "--tls-key", join(folder, "b"));
    expect(await absent.ended).toBe(1);
    expect(absent.stderr()).toContain("tls-file-unreadable");
  });

  it("prints help and version on stdout", async () => {
    const help = fabula("--help");
    expect(await help.ended).toBe(0);
    expect(help.stdout()).toContain("Exit codes: 0 done; 1 could not be done");
    const version = fabula("--version");
    expect(await version.ended).toBe(0);
    expect(version.stdout()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
