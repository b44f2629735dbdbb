/**
 * `fabula run` (what `npm start` calls): a lighthouse until Ctrl-C or SIGTERM. Its one line on stdout
 * says that it is ready; everything else is a log on stderr.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { spawnMinerInNode } from "../../workers/spawn-miner-node.ts";
import { CORPUS_PATH } from "../authoring/builtin/load-builtin.ts";
import { CodedError } from "../kernel/errors.ts";
import {
  type LighthouseOptions,
  readTlsFiles,
  runLighthouse,
} from "../lighthouse/run-lighthouse.ts";
import { EXIT_CODE } from "./exit-codes.ts";

/** Options of the command, as commander reads them. */
export interface RunOptions {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly pace?: number;
  readonly title?: string;
  readonly premise?: string;
  readonly publicUrl?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly mine: boolean;
  readonly mempoolMax?: number;
  readonly logLevel: string;
}

/** A stop that hangs is cut after this. */
const STOP_LIMIT_MS = 15_000;

// Paths relative to the built file, dist/node/cli.js.
const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const SITE_FOLDER: string = pathOf("../site/");

async function loadCorpus(): Promise<Uint8Array> {
  const candidates = [`${SITE_FOLDER}${CORPUS_PATH}`, pathOf(`../../public/${CORPUS_PATH}`)];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new CodedError("no-corpus", { path: CORPUS_PATH });
  return new Uint8Array(await readFile(path));
}

async function tlsOf(options: RunOptions): Promise<LighthouseOptions["tls"]> {
  const { tlsCert, tlsKey } = options;
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new CodedError("tls-needs-both");
  }
  return readTlsFiles(tlsCert, tlsKey);
}

/** The first SIGINT or SIGTERM; a second one ends the process at once. */
function nextSignal(): Promise<string> {
  return new Promise((resolve) => {
    let seen = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        if (seen) process.exit(EXIT_CODE.failed);
        seen = true;
        resolve(signal);
      });
    }
  });
}

/** Runs a lighthouse; resolves to the exit code after a clean stop. */
export async function runCommand(options: RunOptions, version: string): Promise<number> {
  const logger = pino(
    { level: options.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  const signal = nextSignal();
  let exitCode: number = EXIT_CODE.done;
  // One broken connection deep inside a library must not take down the archive of a story.
  process.on("unhandledRejection", (reason) => logger.error({ code: "unhandled" }, String(reason)));
  const crashed = new Promise<string>((resolve) => {
    process.once("uncaughtException", (error) => {
      logger.fatal({ code: "uncaught" }, error.stack ?? error.message);
      exitCode = EXIT_CODE.failed;
      resolve("crash");
    });
  });
  const lighthouse = await runLighthouse({
    host: options.host,
    port: options.port,
    dataFolder: options.data,
    story: { title: options.title, premise: options.premise, paceMs: options.pace },
    tls: await tlsOf(options),
    publicUrl: options.publicUrl,
    mine: options.mine,
    ...(options.mempoolMax !== undefined && {
      mempoolLimits: { maxEntries: options.mempoolMax },
    }),
    version,
    siteFolder: SITE_FOLDER,
    loadCorpus,
    spawnMiner: () => spawnMinerInNode(new URL("./miner.worker.js", import.meta.url)),
    onLog: ({ level, code, peer, detail, facts }) =>
      logger[level]({ code, ...(peer !== null && { peer }), ...(facts && { facts }) }, detail),
  });
  logger.info({ peerId: lighthouse.peerId, data: lighthouse.dataFolder }, "lighthouse started");
  // A person sees the token; a log file that others may read gets only its place.
  if (process.stderr.isTTY) process.stderr.write(`RPC token: ${lighthouse.rpcToken}\n`);
  else logger.info({ file: `${lighthouse.dataFolder}/rpc-token` }, "RPC token");
  process.stdout.write(`Fabula is ready: ${lighthouse.url}\n`);

  const why = await Promise.race([signal, crashed]);
  logger.info({ why }, "stopping");
  const limit = setTimeout(() => {
    logger.error("the stop hangs; ending without it");
    process.exit(EXIT_CODE.failed);
  }, STOP_LIMIT_MS);
  await lighthouse.stop();
  clearTimeout(limit);
  logger.info("stopped");
  return exitCode;
}
