/**
 * A small mesh for tests: seeded chance, easy genesis, several peers.
 *
 * @module
 */

import { createGenesis, type Genesis } from "../kernel/genesis.ts";
import { initKernel } from "../kernel/init.ts";
import { compactFromTarget, targetOfWork } from "../kernel/target.ts";
import type { Peer } from "../peer/create-peer.ts";
import { createSimulatedDisk, createSimulatedPeer, type SimulatedDisk } from "./simulated-peer.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";
import { createVirtualNetwork, type VirtualNetwork } from "./virtual-network.ts";

/** Start of simulated time: a fixed date, so that runs repeat. */
export const START_MS = 1_790_000_000_000;

/** Seeded bytes (xorshift128 on two words); for tests, not for keys. */
export function seededBytes(seed: number): (length: number) => Uint8Array {
  let a = (seed * 2_654_435_761) >>> 0 || 1;
  let b = (seed * 40_503 + 17) >>> 0 || 2;
  const next = (): number => {
    let t = a;
    a = b;
    t ^= t << 23;
    t ^= t >>> 17;
    t ^= b ^ (b >>> 26);
    b = t;
    return (a + b) & 0xff;
  };
  return (length) => Uint8Array.from({ length }, next);
}

/** A mesh of simulated peers. */
export interface TestMesh {
  readonly clock: VirtualClock;
  readonly wires: VirtualNetwork;
  readonly genesis: Genesis;
  add(id: string, hashesPerSecond?: number, disk?: SimulatedDisk): Promise<Peer>;
  /** Runs until `done` or `withinMs` of virtual time; throws when it did not come about. */
  until(what: string, withinMs: number, done: () => boolean): Promise<void>;
  run(ms: number): Promise<void>;
}

/** Creates an empty mesh; every chance follows from `seed`. */
export async function createTestMesh(
  seed: number,
  settle: () => Promise<void>,
  options: { readonly paceMs?: number; readonly latencyMs?: number } = {},
): Promise<TestMesh> {
  await initKernel();
  const clock = createVirtualClock(START_MS, settle);
  const wires = createVirtualNetwork({ clock, latencyMs: () => options.latencyMs ?? 50 });
  const genesis = createGenesis(
    {
      network: "test",
      title: "A day on paper",
      premise: "Nobody had wound the clock, and still it went.",
      language: "en",
      paceMs: options.paceMs ?? 15_000,
      maxWords: 140,
      chapterLength: 0,
      contentRating: "everyone",
      rules: "",
      createdMs: START_MS,
      initialTarget: compactFromTarget(targetOfWork(60n)),
      maxTarget: compactFromTarget(targetOfWork(4n)),
    },
    new Uint8Array(32).fill(1),
  );
  let peers = 0;
  const run = async (ms: number): Promise<void> => {
    await clock.runUntil(clock.now() + ms);
  };
  return {
    clock,
    wires,
    genesis,
    run,
    async add(id, hashesPerSecond = 2, disk = createSimulatedDisk()) {
      peers++;
      const starting = createSimulatedPeer({
        id,
        genesis,
        clock,
        wires,
        hashesPerSecond,
        disk,
        randomBytes: seededBytes(seed * 1_000 + peers),
      });
      const peer = await starting;
      await clock.runUntil(clock.now() + 1);
      return peer;
    },
    async until(what, withinMs, done) {
      const met = await clock.runUntil(clock.now() + withinMs, done);
      if (!met)
        throw new RangeError(`not within ${withinMs} ms of virtual time (seed ${seed}): ${what}`);
    },
  };
}
