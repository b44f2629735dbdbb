/**
 * A real lighthouse for a test: its own process, data folder and port, started as `npm start` would.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MethodName, ParamsOf, ResultOf } from "../../src/peer/rpc/schema.ts";

const COMMAND = fileURLToPath(new URL("../../bin/fabula.mjs", import.meta.url));
const READY_TIMEOUT_MS = 30_000;

/** A running lighthouse. */
export interface TestLighthouse {
  readonly url: string;
  /** Calls a method over HTTP, with the token. */
  request<M extends MethodName>(method: M, params?: ParamsOf<M>): Promise<ResultOf<M>>;
  /** SIGTERM and the end of the process; data stays for `restart`. */
  stop(): Promise<void>;
  /** SIGKILL: what a power cut leaves. */
  kill(): Promise<void>;
  /** Starts again on the same data and port. */
  restart(): Promise<void>;
  /** Stops and deletes the data. */
  dispose(): Promise<void>;
}

/** Starts a lighthouse with a fresh story of this pace. */
export async function startLighthouse(options: {
  readonly paceMs: number;
  readonly extra?: readonly string[];
}): Promise<TestLighthouse> {
  const data = await mkdtemp(join(tmpdir(), "fabula-e2e-"));
  let child: ChildProcess;
  let url = "";
  let port = "0";

  const start = async (): Promise<void> => {
    const args = ["run", "--port", port, "--data", data, "--pace", String(options.paceMs)];
    child = spawn(process.execPath, [COMMAND, ...args, ...(options.extra ?? [])], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let errors = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-4_000);
    });
    url = await new Promise<string>((resolve, reject) => {
      let printed = "";
      const timer = setTimeout(
        () => reject(new Error(`the lighthouse is not ready: ${errors}`)),
        READY_TIMEOUT_MS,
      );
      child.stdout?.on("data", (chunk: Buffer) => {
        printed += chunk.toString();
        const found = /https?:\/\/\S+/.exec(printed);
        if (found === null) return;
        clearTimeout(timer);
        resolve(found[0]);
      });
      child.once("exit", (code) => {
        clearTimeout(timer);
        reject(new Error(`the lighthouse ended with ${code}: ${errors}`));
      });
    });
    port = new URL(url).port;
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };

  await start();
  return {
    get url() {
      return url;
    },
    async request(method, params) {
      const token = (await readFile(join(data, "rpc-token"), "utf8")).trim();
      const response = await fetch(new URL("rpc", url), {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      });
      const answer = (await response.json()) as { result?: unknown; error?: unknown };
      if (answer.error !== undefined) throw new Error(JSON.stringify(answer.error));
      return answer.result as never;
    },
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    restart: start,
    async dispose() {
      await end("SIGTERM");
      await rm(data, { recursive: true, force: true });
    },
  };
}
