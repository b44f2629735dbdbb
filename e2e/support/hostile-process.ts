/**
 * Builds and runs the hostile peer (TypeScript) as a Node process of its own, and talks to it by lines.
 *
 * @module
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import type { HostileCommand, HostileReport } from "./hostile-peer.ts";

const ENTRY = fileURLToPath(new URL("./hostile-peer.ts", import.meta.url));
// Below node_modules, so that the packages it imports are found.
const FOLDER = fileURLToPath(new URL("../../node_modules/.cache/fabula-hostile", import.meta.url));

/** A running hostile program. */
export interface HostileProcess {
  /** Attacks with a fresh identity; several may run at once if their kinds differ. */
  attack(command: HostileCommand): Promise<HostileReport>;
  stop(): Promise<void>;
}

/** Bundles the program and starts it. */
export async function startHostile(input: {
  readonly genesis: string;
  readonly lighthouse: string;
}): Promise<HostileProcess> {
  await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    build: {
      ssr: ENTRY,
      outDir: FOLDER,
      target: "node20",
      minify: false,
      reportCompressedSize: false,
      rollupOptions: { output: { entryFileNames: "hostile-peer.mjs" } },
    },
  });
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(
    process.execPath,
    [join(FOLDER, "hostile-peer.mjs"), input.genesis, input.lighthouse],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
  // An attacker has a machine of its own; here it gets what the honest ones leave, so that its mining is not
  // taken for what its attacks do to them.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const waiting = new Map<string, (report: HostileReport) => void>();
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4_000);
  });
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const message = JSON.parse(line) as { readonly ready?: boolean } & HostileReport;
      if (message.ready === true) resolve();
      else waiting.get(message.kind)?.(message);
    });
    child.once("exit", (code) => {
      reject(new Error(`the hostile peer ended with ${code}: ${errors}`));
      for (const [kind, settle] of waiting) {
        const error = `the hostile peer ended with ${code}: ${errors}`;
        settle({ kind, peer: "", blocks: {}, sawDisconnect: false, error });
      }
    });
  });
  await ready;
  return {
    attack: (command) =>
      new Promise((resolve) => {
        waiting.set(command.kind, (report) => {
          waiting.delete(command.kind);
          resolve(report);
        });
        child.stdin.write(`${JSON.stringify(command)}\n`);
      }),
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.stdin.end();
      await ended;
    },
  };
}
