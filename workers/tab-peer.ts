/**
 * Composition root of a tab's peer: slot, IndexedDB, device key, miners, the page's mesh.
 *
 * @module
 */
import type { BuiltinWriter } from "../src/authoring/builtin/builtin-writer.ts";
import type { KeyValueStore } from "../src/chain/ports/store.ts";
import { bytesFromHex } from "../src/kernel/bytes.ts";
import { CodedError } from "../src/kernel/errors.ts";
import { createPeer, type Peer } from "../src/peer/create-peer.ts";
import type { Clock, PeerPorts, SiteInfo } from "../src/peer/ports.ts";
import { EVENT_NAMES } from "../src/peer/rpc/events.ts";
import { openIdbKeyValueStore } from "../src/storage/idb-key-value.ts";
import { openIdbStore } from "../src/storage/idb-store.ts";
import { createMemoryKeyValueStore } from "../src/storage/memory-key-value.ts";
import { createMemoryStore } from "../src/storage/memory-store.ts";
import {
  claimSlot,
  eraseSlot,
  MAX_SLOTS,
  slotDatabaseName,
  storyDatabaseName,
} from "../src/storage/slots.ts";
import type { Bridge } from "../src/threads/bridge.ts";
import type { PageApi, WorkerApi, WorkerStart } from "../src/threads/contract.ts";
import { createRemoteNetwork } from "../src/threads/remote-network.ts";
import { openDeviceCipher } from "./device-cipher.ts";
import { spawnMiner } from "./spawn-miner.ts";

/** The site must answer in this time, or the tab goes on without it. */
const SITE_TIMEOUT_MS = 4_000;
const NETWORK_SEED = "network-seed";
const LIBRARY_CACHE = "fabula-library";

const clock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}

async function fetchSite(siteUrl: string): Promise<SiteInfo | null> {
  try {
    const response = await fetch(new URL("fabula.json", siteUrl), {
      signal: AbortSignal.timeout(SITE_TIMEOUT_MS),
      cache: "no-store",
    });
    if (!response.ok) return null;
    const info: unknown = await response.json();
    if (typeof info !== "object" || info === null) return null;
    const { genesis, multiaddrs } = info as { genesis?: unknown; multiaddrs?: unknown };
    if (typeof genesis !== "string" || !Array.isArray(multiaddrs)) return null;
    return {
      genesis: bytesFromHex(genesis),
      multiaddrs: multiaddrs.filter((address) => typeof address === "string"),
    };
  } catch {
    // A static host without a lighthouse, or no network: stories on the shelf open all the same.
    return null;
  }
}

/**
 * Fetches the writer's library, and keeps it for offline: here, because on a first visit no service
 * worker controls this thread yet. Rejects with `corpus-unavailable`.
 */
function libraryLoader(siteUrl: string): (path: string) => Promise<Uint8Array> {
  let mayUseKept = true;
  return async (path) => {
    const { href } = new URL(path, siteUrl);
    const cache = await globalThis.caches?.open(LIBRARY_CACHE).catch(() => undefined);
    const kept = mayUseKept ? await cache?.match(href) : undefined;
    if (kept !== undefined) {
      // Whoever asks again could not use it: the next one comes from the site.
      mayUseKept = false;
      return new Uint8Array(await kept.arrayBuffer());
    }
    const response = await fetch(href).catch((cause: unknown) => {
      throw new CodedError("corpus-unavailable", { status: 0 }, { cause });
    });
    if (!response.ok) throw new CodedError("corpus-unavailable", { status: response.status });
    // A full disk costs no more than the library's absence when there is no network.
    await cache?.put(href, response.clone()).catch(() => undefined);
    return new Uint8Array(await response.arrayBuffer());
  };
}

/** The built-in writer and its corpus come only when somebody asks for a draft. */
function builtinLoader(siteUrl: string): () => Promise<BuiltinWriter> {
  const library = libraryLoader(siteUrl);
  let writer: Promise<BuiltinWriter> | undefined;
  return () => {
    writer ??= import("../src/authoring/builtin/load-builtin.ts").then((builtin) =>
      builtin.loadBuiltinWriter(() => library(builtin.CORPUS_PATH)),
    );
    // A failed load may succeed later, when the network is back.
    writer.catch(() => {
      writer = undefined;
    });
    return writer;
  };
}

async function networkSeed(keep: KeyValueStore): Promise<Uint8Array> {
  const kept = await keep.get(NETWORK_SEED);
  if (kept instanceof Uint8Array && kept.length === 32) return kept;
  const seed = randomBytes(32);
  await keep.put(NETWORK_SEED, seed);
  return seed;
}

/** What differs between a tab that may keep things and one that only reads. */
interface Ground {
  readonly slot: number;
  readonly keep: KeyValueStore;
  readonly readonlyReason: string | null;
}

async function claimGround(options: WorkerStart): Promise<Ground> {
  if (!options.secureContext || navigator.locks === undefined) {
    // Without locks two tabs would share one identity and corrupt it; without WebCrypto no key is safe.
    const readonlyReason = options.secureContext ? "no-locks" : "insecure-context";
    return { slot: 0, keep: createMemoryKeyValueStore(), readonlyReason };
  }
  const { slot } = await claimSlot(navigator.locks, {
    max: MAX_SLOTS,
    preferred: options.preferredSlot ?? undefined,
  });
  const keep = await openIdbKeyValueStore({ name: slotDatabaseName(slot) });
  return { slot, keep, readonlyReason: null };
}

/** Creates the worker's API; the peer starts with `start`. */
export function createTabPeer(bridge: () => Bridge<PageApi>): WorkerApi {
  const mesh = createRemoteNetwork(bridge, Date.now());
  let announcePeer = (_peer: Promise<Peer>): void => {};
  const started = new Promise<Peer>((resolve, reject) => {
    announcePeer = (peer) => {
      peer.then(resolve, reject);
    };
  });
  started.catch(() => {});

  const open = async (options: WorkerStart, ground: Ground): Promise<Peer> => {
    const { slot, keep, readonlyReason } = ground;
    const { siteUrl } = options;
    const full = readonlyReason === null;
    const ports: PeerPorts = {
      role: "tab",
      version: options.version,
      slot,
      readonlyReason,
      webrtc: options.webrtc,
      clock,
      randomBytes,
      network: mesh.network,
      keep,
      openStore: async (story) =>
        full ? openIdbStore({ name: storyDatabaseName(slot, story) }) : createMemoryStore(),
      mining: { spawn: spawnMiner, cores: options.cores },
      loadBuiltin: builtinLoader(siteUrl),
      deviceCipher: full ? await openDeviceCipher(keep) : null,
      fetchSite: () => fetchSite(siteUrl),
      siteUrl,
      eraseSlot: () => eraseSlot(slot),
    };
    const peer = await createPeer(ports, { link: options.link, genesis: null });
    for (const name of EVENT_NAMES) {
      peer.on(name, (data) => bridge().notify("event", { name, data }));
    }
    return peer;
  };

  return {
    ...mesh.api,
    async start(options) {
      const ground = await claimGround(options);
      const seed = await networkSeed(ground.keep);
      announcePeer(open(options, ground));
      return { slot: ground.slot, networkSeed: seed, readonlyReason: ground.readonlyReason };
    },
    request: async (call) => (await started).request(call),
    setEnvironment: (environment) => {
      started.then((peer) => peer.setEnvironment(environment)).catch(() => {});
    },
    stop: async () => (await started).stop(),
  };
}
