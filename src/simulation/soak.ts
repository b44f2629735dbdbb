/**
 * A long life on virtual time: peers mine, leave, come back, are cut in two and heal, for hours or a
 * day, while memory, timers and departed peers are watched. What the chain itself must keep grows with
 * every block and is counted (`soak-slope.ts`); everything else must stay as it was.
 *
 * @module
 */
import type { Peer } from "../peer/create-peer.ts";
import { createSimulatedDisk, type SimulatedDisk } from "./simulated-peer.ts";
import { growthOf } from "./soak-slope.ts";
import { createTestMesh, seededBytes } from "./testing.ts";

const MINUTE_MS = 60_000;
/** Time after the last peer has stopped, in which everything on its way must have arrived or been given up. */
const AFTERMATH_MS = 60_000;

/** How a soak runs. */
export interface SoakOptions {
  readonly seed: number;
  readonly hours: number;
  readonly peers: number;
  readonly paceMs: number;
  readonly checkpoints: number;
  /** A peer leaves this often, and stays away for `awayMs`. */
  readonly churnEveryMs: number;
  readonly awayMs: number;
  /** The mesh is cut in two this often, first after half of it, for `cutMs`. */
  readonly cutEveryMs: number;
  readonly cutMs: number;
  /** Lets promises settle (`setImmediate` in Node). */
  readonly settle: () => Promise<void>;
  /** Heap and buffers in use after a forced collection, in bytes. */
  readonly usedBytes: () => Promise<number>;
  readonly log?: (line: string) => void;
}

/** One look at the running mesh. */
export interface SoakCheckpoint {
  readonly hours: number;
  readonly blocks: number;
  readonly usedBytes: number;
  /** Sum over the peers' memory stores: headers, deltas and bodies. */
  readonly storeBytes: number;
  readonly pendingTimers: number;
}

/** What a soak found. */
export interface SoakReport {
  readonly blocks: number;
  readonly reorganisations: number;
  readonly departures: number;
  readonly cuts: number;
  readonly agreed: boolean;
  readonly checkpoints: readonly SoakCheckpoint[];
  /**
   * Growth of memory for each block and peer, `null` for a run too short to tell: all of it, the bytes of
   * the memory stores (the peers' disks), and the difference.
   */
  readonly bytesPerBlock: number | null;
  readonly storeBytesPerBlock: number | null;
  readonly bytesPerBlockBeyondStore: number | null;
  readonly maxPendingTimers: number;
  /** Timers left after every peer has stopped; anything but 0 is a leak. */
  readonly timersAfterStop: number;
  /** Stopped peers and their chains that something still holds after a collection; anything but 0 is a leak. */
  readonly stoppedPeersHeld: number;
  /** Tip of all at the end: the same for the same seed and options. */
  readonly tip: string;
}

interface Resident {
  readonly id: string;
  readonly disk: SimulatedDisk;
  peer: Peer | null;
  backMs: number;
}

/** Runs a soak and reports. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { settle, log = () => {} } = options;
  const mesh = await createTestMesh(options.seed, settle, { paceMs: options.paceMs });
  const { clock, wires } = mesh;
  const chance = seededBytes(options.seed + 77);
  const residents: Resident[] = Array.from({ length: options.peers }, (_, index) => ({
    id: `peer-${index}`,
    disk: createSimulatedDisk(),
    peer: null,
    backMs: 0,
  }));
  const stopped: WeakRef<Peer>[] = [];
  let reorganisations = 0;
  let departures = 0;
  let cuts = 0;

  const enter = async (resident: Resident): Promise<void> => {
    const peer = await mesh.add(resident.id, 0.4, resident.disk);
    peer.client.on("reorg", () => {
      reorganisations++;
    });
    await peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
    resident.peer = peer;
  };
  const stop = async (resident: Resident): Promise<void> => {
    if (resident.peer === null) return;
    stopped.push(new WeakRef(resident.peer));
    await resident.peer.stop();
    resident.peer = null;
  };
  const leave = async (resident: Resident): Promise<void> => {
    await stop(resident);
    resident.backMs = clock.now() + options.awayMs;
    departures++;
  };
  const present = (): readonly Peer[] => residents.flatMap(({ peer }) => (peer ? [peer] : []));
  const heights = async (): Promise<readonly { hash: string; height: number }[]> =>
    Promise.all(present().map((peer) => peer.client.request({ method: "get_tip" })));

  for (const resident of residents) await enter(resident);
  const startMs = clock.now();
  const endMs = startMs + options.hours * 60 * MINUTE_MS;
  let nextChurnMs = startMs + options.churnEveryMs;
  let nextCutMs = startMs + options.cutEveryMs / 2;
  let healMs = Number.POSITIVE_INFINITY;
  const checkpoints: SoakCheckpoint[] = [];
  const checkEveryMs = (endMs - startMs) / options.checkpoints;
  let nextCheckMs = startMs + checkEveryMs;

  const takeCheckpoint = async (): Promise<void> => {
    for (const resident of residents) if (resident.peer === null) await enter(resident);
    await mesh.run(MINUTE_MS);
    const statuses = await Promise.all(
      present().map((peer) => peer.client.request({ method: "get_status" })),
    );
    const checkpoint: SoakCheckpoint = {
      hours: (clock.now() - startMs) / (60 * MINUTE_MS),
      blocks: Math.max(...statuses.map(({ tip }) => tip.height)),
      storeBytes: statuses.reduce((sum, { storage }) => sum + (storage.usedBytes ?? 0), 0),
      pendingTimers: clock.pendingTimers(),
      usedBytes: await options.usedBytes(),
    };
    checkpoints.push(checkpoint);
    log(JSON.stringify(checkpoint));
  };

  while (clock.now() < endMs) {
    await mesh.run(MINUTE_MS);
    const nowMs = clock.now();
    for (const resident of residents) {
      if (resident.peer === null && nowMs >= resident.backMs) await enter(resident);
    }
    if (nowMs >= nextChurnMs) {
      nextChurnMs += options.churnEveryMs;
      const resident = residents[(chance(1)[0] ?? 0) % residents.length];
      if (resident?.peer != null) await leave(resident);
    }
    if (nowMs >= healMs) {
      healMs = Number.POSITIVE_INFINITY;
      wires.partition(null);
    }
    if (nowMs >= nextCutMs) {
      nextCutMs += options.cutEveryMs;
      healMs = nowMs + options.cutMs;
      cuts++;
      const half = Math.ceil(residents.length / 2);
      const ids = residents.map(({ id }) => id);
      wires.partition([ids.slice(0, half), ids.slice(half)]);
    }
    if (nowMs >= nextCheckMs) {
      nextCheckMs += checkEveryMs;
      await takeCheckpoint();
    }
  }
  wires.partition(null);
  for (const resident of residents) if (resident.peer === null) await enter(resident);
  await Promise.all(present().map((peer) => peer.client.request({ method: "stop_mining" })));
  await mesh.run(2 * MINUTE_MS);
  const tips = await heights();
  for (const resident of residents) await stop(resident);
  await mesh.run(AFTERMATH_MS);
  await options.usedBytes();

  const growth = growthOf(checkpoints, residents.length);
  return {
    blocks: Math.max(...tips.map(({ height }) => height)),
    reorganisations,
    departures,
    cuts,
    agreed: new Set(tips.map(({ hash }) => hash)).size === 1,
    tip: tips[0]?.hash ?? "",
    checkpoints,
    bytesPerBlock: growth?.usedBytes ?? null,
    storeBytesPerBlock: growth?.storeBytes ?? null,
    bytesPerBlockBeyondStore: growth === null ? null : growth.usedBytes - growth.storeBytes,
    maxPendingTimers: Math.max(...checkpoints.map(({ pendingTimers }) => pendingTimers)),
    timersAfterStop: clock.pendingTimers(),
    stoppedPeersHeld: [...stopped, ...residents.flatMap(({ disk }) => disk.opened)].filter(
      (each: WeakRef<object>) => each.deref() !== undefined,
    ).length,
  };
}
