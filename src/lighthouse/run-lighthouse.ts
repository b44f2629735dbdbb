/**
 * Composition root of the lighthouse: one Node process with the same peer as a tab, on LevelDB, with a
 * relay, behind one public port. Knows every adapter, so that nobody else has to.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { loadBuiltinWriter } from "../authoring/builtin/load-builtin.ts";
import { bytesFromHex } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import { decodeGenesis, encodeGenesis } from "../kernel/genesis.ts";
import { initKernel } from "../kernel/init.ts";
import type { MempoolLimits } from "../mempool/limits.ts";
import {
  createLighthouseNetwork,
  type LighthouseNetwork,
} from "../mesh/create-lighthouse-network.ts";
import type { MinerPort } from "../mining/miner-messages.ts";
import { createPeer, type Peer } from "../peer/create-peer.ts";
import type { LogEntry } from "../peer/log.ts";
import { openLevelKeyValueStore } from "../storage/level-key-value.ts";
import { openLevelStore } from "../storage/level-store.ts";
import { type DataFolder, openDataFolder } from "./data-folder.ts";
import { createDefaultStory, type StoryChoice } from "./default-story.ts";
import { type HttpServer, startHttpServer, type TlsFiles } from "./http-server.ts";
import { createLateEndpoint } from "./late-endpoint.ts";
import { createLighthouseMetrics } from "./lighthouse-metrics.ts";
import { MAX_RATED_ADDRESSES, RPC_BURST, RPC_PER_SECOND } from "./limits.ts";
import { announcedAddresses } from "./public-address.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { createStaticSite } from "./static-site.ts";
import { fieldOf } from "./unknowns.ts";

/** Everything an operator can choose, and what the program brings along. */
export interface LighthouseOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly dataFolder: string;
  /** For a fresh data folder; a pace that differs from the kept story's is refused. */
  readonly story: StoryChoice;
  readonly tls?: TlsFiles | undefined;
  readonly publicUrl?: string | undefined;
  /** Mines with the built-in writer, at the gentle preset. */
  readonly mine: boolean;
  /** Caps of the mempool other than the defaults. */
  readonly mempoolLimits?: Partial<MempoolLimits>;
  readonly version: string;
  /** Folder of the built site. */
  readonly siteFolder: string;
  readonly loadCorpus: () => Promise<Uint8Array>;
  readonly spawnMiner: () => MinerPort;
  readonly onLog: (entry: LogEntry) => void;
}

/** A running lighthouse. */
export interface Lighthouse {
  /** Address to open in a browser on this machine. */
  readonly url: string;
  readonly peerId: string;
  readonly rpcToken: string;
  readonly dataFolder: string;
  stop(): Promise<void>;
}

const MAX_TIMER_MS = 2 ** 31 - 1;

async function storyOf(folder: DataFolder, choice: StoryChoice): Promise<Uint8Array> {
  const kept = await folder.genesis();
  if (kept === undefined) {
    const fresh = encodeGenesis(createDefaultStory(choice, folder.creatorSeed, Date.now()));
    await folder.putGenesis(fresh);
    return fresh;
  }
  const { paceMs, title } = decodeGenesis(kept);
  if (choice.paceMs !== undefined && choice.paceMs !== paceMs) {
    throw new CodedError("other-pace", {
      folder: folder.path,
      title,
      keptMs: paceMs,
      askedMs: choice.paceMs,
    });
  }
  return kept;
}

function after(delayMs: number, task: () => void): () => void {
  const timer = setTimeout(task, Math.min(delayMs, MAX_TIMER_MS));
  return () => clearTimeout(timer);
}

/**
 * The folder follows the peer when an operator opens or creates another story through the RPC. The
 * returned function resolves once the last change is kept.
 */
function keepStory(
  peer: Peer,
  folder: DataFolder,
  onLog: LighthouseOptions["onLog"],
): () => Promise<void> {
  let saving = Promise.resolve();
  const save = async (): Promise<void> => {
    const encoded = fieldOf(await peer.request({ method: "get_genesis" }), "encoded");
    if (typeof encoded === "string") await folder.putGenesis(bytesFromHex(encoded));
  };
  peer.on("status", (data) => {
    if (fieldOf(data, "reason") !== "story") return;
    saving = saving.then(save).catch((error: unknown) => {
      const detail = String(error);
      onLog({ atMs: Date.now(), level: "error", code: "story-not-kept", peer: null, detail });
    });
  });
  return () => saving;
}

async function startPeer(
  options: LighthouseOptions,
  folder: DataFolder,
  mesh: LighthouseNetwork,
  siteUrl: string,
): Promise<Peer> {
  const genesis = await storyOf(folder, options.story);
  const { loadCorpus } = options;
  const keep = await openLevelKeyValueStore({ folder: folder.slotFolder });
  const peer = await createPeer(
    {
      role: "lighthouse",
      version: options.version,
      slot: 0,
      readonlyReason: null,
      webrtc: false,
      clock: { now: () => Date.now(), after },
      randomBytes: (length) => new Uint8Array(randomBytes(length)),
      network: mesh.network,
      keep,
      openStore: (story) => openLevelStore({ folder: folder.storyFolder(story) }),
      mining: { spawn: options.spawnMiner, cores: availableParallelism() },
      loadBuiltin: () => loadBuiltinWriter(loadCorpus),
      deviceCipher: null,
      ...(options.mempoolLimits && { mempoolLimits: options.mempoolLimits }),
      fetchSite: async () => null,
      siteUrl,
      eraseSlot: () => keep.erase(),
    },
    { link: null, genesis },
  );
  peer.onLog(options.onLog);
  // Waits for the story: a lighthouse that cannot keep it must say so and end, not look alive.
  await peer.request({ method: "get_tip" });
  const storyKept = keepStory(peer, folder, options.onLog);
  // Consent of an earlier run does not carry over: only --mine or a call with the token is a yes.
  await peer.request(
    options.mine
      ? { method: "start_mining", params: { writer: "builtin" } }
      : { method: "stop_mining" },
  );
  return {
    ...peer,
    async stop() {
      await storyKept();
      await peer.stop();
    },
  };
}

/** Reads a certificate and its key; rejects with `tls-file-unreadable` {path}. */
export async function readTlsFiles(certPath: string, keyPath: string): Promise<TlsFiles> {
  const read = async (path: string): Promise<Buffer> => {
    try {
      return await readFile(path);
    } catch (cause) {
      throw new CodedError("tls-file-unreadable", { path }, { cause });
    }
  };
  return { cert: await read(certPath), key: await read(keyPath) };
}

/**
 * Starts a lighthouse; resolves when pages can be opened. Rejects with the codes of `openDataFolder`,
 * `startHttpServer`, `createLighthouseNetwork` and the stores, with `other-pace`, or with what is wrong
 * with the story; nothing is left running then.
 */
export async function runLighthouse(options: LighthouseOptions): Promise<Lighthouse> {
  await initKernel();
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    // Each in turn, newest first, whatever happens to the others: the lock comes off last.
    for (const step of undo.splice(0).toReversed()) await step().catch(() => undefined);
  };
  try {
    const folder = await openDataFolder(options.dataFolder);
    undo.push(() => folder.release());
    const late = createLateEndpoint();
    let mesh: LighthouseNetwork | undefined;
    const http: HttpServer = await startHttpServer({
      services: {
        endpoint: late.endpoint,
        site: createStaticSite(options.siteFolder),
        metrics: createLighthouseMetrics(),
        rates: createRateLimiter({
          perSecond: RPC_PER_SECOND,
          burst: RPC_BURST,
          maxKeys: MAX_RATED_ADDRESSES,
          now: () => performance.now(),
        }),
        token: folder.rpcToken,
        peerId: () => mesh?.network.selfId ?? "",
      },
      host: options.host,
      port: options.port,
      ...(options.tls && { tls: options.tls }),
      relayPort: () => mesh?.listenPort,
    });
    undo.push(() => http.stop());
    const { publicUrl } = options;
    mesh = await createLighthouseNetwork({
      seed: folder.identitySeed,
      host: "127.0.0.1",
      port: 0,
      announce: announcedAddresses({
        host: options.host,
        port: http.port,
        tls: options.tls !== undefined,
        publicUrl,
      }),
      now: () => Date.now(),
      random: () => randomBytes(4).readUInt32LE() / 2 ** 32,
    });
    const { network } = mesh;
    undo.push(() => network.stop());
    const peer = await startPeer(options, folder, mesh, publicUrl ?? http.url).catch((reason) => {
      late.fail(reason);
      throw reason;
    });
    // Ends the mesh too; stopping that twice is harmless.
    undo.push(() => peer.stop());
    late.fulfil(peer);
    return {
      url: http.url,
      peerId: network.selfId,
      rpcToken: folder.rpcToken,
      dataFolder: folder.path,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
