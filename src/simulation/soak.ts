/**
 * A long life on virtual time: peers mine, leave, come back, are cut in two and heal, for hours or a
 * day, while memory and timers are watched. What the chain itself must keep grows with every block and
 * is counted apart; everything else must stay as it was.
 *
 * @module
 */
import type { Peer } from "../peer/create-peer.ts";
import { createSimulatedDisk, type SimulatedDisk } from "./simulated-peer.ts";
import { createTestMesh, seededBytes } from "./testing.ts";

const MINUTE_MS = 60_000;
/** A peer leaves this often, and stays away for `AWAY_MS`. */
const CHURN_EVERY_MS = 20 * MINUTE_MS;
const AWAY_MS = 3 * MINUTE_MS;
/** The mesh is cut in two this often, for `CUT_MS`. */
const CUT_EVERY_MS = 60 * MINUTE_MS;
const CUT_MS = 5 * MINUTE_MS;
/** Time after the last peer has stopped, in which everything on its way must have arrived or been given up. */
const AFTERMATH_MS = 60_000;

/**
 * Bytes that a block may cost each peer beyond its stored bytes: the header entry (366 bytes encoded,
 * two ids, work, place in the tree), its share of checkpoints, and the objects of the memory store.
 */
export const BUDGET_BYTES_PER_BLOCK = 4_096;

/** How a soak runs. */
export interface SoakOptions {
  readonly seed: number;
  readonly hours: number;
  readonly peers: number;
  readonly paceMs: number;
  readonly checkpoints: number;
  /** Lets promises settle (`setImmediate` in Node). */
  readonly settle: () => Promise<void>;
  /** Heap and buffers in use after a forced collection, in bytes. */
  readonly usedBytes: () => number;
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
  /** Growth of memory for each block and peer in the second half, with and without the stores' bytes. */
  readonly bytesPerBlock: number;
  readonly bytesPerBlockBeyondStore: number;
  readonly storeBytesPerBlock: number;
  readonly maxPendingTimers: number;
  /** Timers left after every peer has stopped; anything but 0 is a leak. */
  readonly timersAfterStop: number;
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
  const leave = async (resident: Resident): Promise<void> => {
    await resident.peer?.stop();
    resident.peer = null;
    resident.backMs = clock.now() + AWAY_MS;
    departures++;
  };
  const present = (): readonly Peer[] => residents.flatMap(({ peer }) => (peer ? [peer] : []));
  const heights = async (): Promise<readonly { hash: string; height: number }[]> =>
    Promise.all(present().map((peer) => peer.client.request({ method: "get_tip" })));

  for (const resident of residents) await enter(resident);
  const startMs = clock.now();
  const endMs = startMs + options.hours * 60 * MINUTE_MS;
  let nextChurnMs = startMs + CHURN_EVERY_MS;
  let nextCutMs = startMs + CUT_EVERY_MS / 2;
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
      usedBytes: options.usedBytes(),
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
      nextChurnMs += CHURN_EVERY_MS;
      const resident = residents[(chance(1)[0] ?? 0) % residents.length];
      if (resident?.peer != null) await leave(resident);
    }
    if (nowMs >= healMs) {
      healMs = Number.POSITIVE_INFINITY;
      wires.partition(null);
    }
    if (nowMs >= nextCutMs) {
      nextCutMs += CUT_EVERY_MS;
      healMs = nowMs + CUT_MS;
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
  for (const peer of present()) await peer.client.request({ method: "stop_mining" });
  await mesh.run(2 * MINUTE_MS);
  const tips = await heights();
  for (const resident of residents) await resident.peer?.stop();
  await mesh.run(AFTERMATH_MS);

  const half = checkpoints[Math.floor((checkpoints.length - 1) / 2)];
  const last = checkpoints.at(-1);
  const blocks = Math.max(1, (last?.blocks ?? 0) - (half?.blocks ?? 0)) * residents.length;
  const bytesPerBlock = ((last?.usedBytes ?? 0) - (half?.usedBytes ?? 0)) / blocks;
  const storeBytesPerBlock = ((last?.storeBytes ?? 0) - (half?.storeBytes ?? 0)) / blocks;
  return {
    blocks: Math.max(...tips.map(({ height }) => height)),
    reorganisations,
    departures,
    cuts,
    agreed: new Set(tips.map(({ hash }) => hash)).size === 1,
    checkpoints,
    bytesPerBlock,
    bytesPerBlockBeyondStore: bytesPerBlock - storeBytesPerBlock,
    storeBytesPerBlock,
    maxPendingTimers: Math.max(...checkpoints.map(({ pendingTimers }) => pendingTimers)),
    timersAfterStop: clock.pendingTimers(),
  };
}
