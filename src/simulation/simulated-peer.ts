/**
 * Composition root of a simulated peer: the real peer, chain and ledger on a virtual clock, a virtual
 * mesh, a memory store and virtual miners.
 *
 * @module
 */
import type { BuiltinWriter } from "../authoring/builtin/builtin-writer.ts";
import type { Store } from "../chain/ports/store.ts";
import type { StoryId } from "../kernel/brand.ts";
import { CodedError } from "../kernel/errors.ts";
import { encodeGenesis, type Genesis } from "../kernel/genesis.ts";
import { createPeer, type Peer } from "../peer/create-peer.ts";
import type { Clock } from "../peer/ports.ts";
import { createMemoryKeyValueStore } from "../storage/memory-key-value.ts";
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from "../storage/memory-store.ts";
import { createVirtualMiner } from "./virtual-miner.ts";
import type { VirtualNetwork } from "./virtual-network.ts";

/** What a simulated peer keeps when it is switched off. */
export interface SimulatedDisk {
  readonly values: Map<string, unknown>;
  readonly stories: Map<StoryId, MemoryDisk>;
  /** While true nothing more is written: commits are refused with `store-full`. */
  full: boolean;
  /** Every store that was opened on it: whatever still holds a closed one holds a whole chain. */
  readonly opened: WeakRef<Store>[];
}

/** An empty disk. */
export function createSimulatedDisk(): SimulatedDisk {
  return { values: new Map(), stories: new Map(), full: false, opened: [] };
}

/** How a simulated peer starts. */
export interface SimulatedPeerOptions {
  readonly id: string;
  readonly genesis: Genesis;
  readonly clock: Clock;
  readonly wires: VirtualNetwork;
  readonly hashesPerSecond: number;
  readonly disk?: SimulatedDisk;
  /** Seeded bytes, so that keys and drafts repeat. */
  readonly randomBytes: (length: number) => Uint8Array;
}

/** A writer that costs nothing; the text still depends on its seed and page, and is deterministic. */
const TINY_WRITER: BuiltinWriter = {
  algorithmHash: new Uint8Array(32).fill(7),
  algorithmHashWithoutCodex: new Uint8Array(32).fill(6),
  draft: (context, seed) =>
    `The page after ${context.canon.length} others was turned in the hour ${seed.toString(36)}.`,
};

/** Starts a peer. */
export function createSimulatedPeer(options: SimulatedPeerOptions): Promise<Peer> {
  const { clock } = options;
  const disk = options.disk ?? createSimulatedDisk();
  const openStore = async (story: StoryId): Promise<Store> => {
    const kept = disk.stories.get(story) ?? createMemoryDisk();
    disk.stories.set(story, kept);
    const memory = createMemoryStore(kept);
    const store: Store = {
      ...memory,
      async commit(blocks) {
        if (disk.full) throw new CodedError("store-full");
        await memory.commit(blocks);
      },
    };
    disk.opened.push(new WeakRef(store));
    return store;
  };
  return createPeer(
    {
      role: "tab",
      version: "simulation",
      slot: 0,
      readonlyReason: null,
      webrtc: true,
      clock,
      randomBytes: options.randomBytes,
      network: options.wires.connect(options.id),
      keep: createMemoryKeyValueStore(disk.values),
      openStore,
      mining: { spawn: () => createVirtualMiner(clock, options.hashesPerSecond), cores: 2 },
      loadBuiltin: async () => TINY_WRITER,
      deviceCipher: null,
      fetchSite: async () => null,
      siteUrl: "https://fabula.test/",
      eraseSlot: async () => {},
    },
    { link: null, genesis: encodeGenesis(options.genesis) },
  );
}
