/**
 * The peers of a run: real ones, with the disks they keep while they are away. What they do is heard by
 * their events, as a page would.
 *
 * @module
 */
import type { Genesis } from "../../kernel/genesis.ts";
import type { Peer } from "../../peer/create-peer.ts";
import type { FabulaEvents } from "../../peer/rpc/events.ts";
import {
  createSimulatedDisk,
  createSimulatedPeer,
  type SimulatedDisk,
} from "../../simulation/simulated-peer.ts";
import type { VirtualClock } from "../../simulation/virtual-clock.ts";
import type { VirtualNetwork } from "../../simulation/virtual-network.ts";
import { createRandom } from "../random/random.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** One peer of a run; agents come first, in the configuration's order, then readers. */
export interface Resident {
  readonly index: number;
  readonly id: string;
  readonly disk: SimulatedDisk;
  readonly randomBytes: (length: number) => Uint8Array;
  /** Null while it is away. */
  peer: Peer | null;
  /** Of its wallet; known once it was started. */
  address: string;
  /** Its best key block. */
  tip: { readonly hash: string; readonly height: number };
  /** Transactions that wait there. */
  pool: number;
  onlineSinceMs: number;
}

/** What is heard of a peer. */
export interface ResidentEvents {
  readonly onTip: (resident: Resident) => void;
  readonly onTransaction: (resident: Resident, event: FabulaEvents["transaction"]) => void;
}

/** A peer hashes only with consent, and none is given here. */
const NO_HASHES = 1;

/** All peers of a run, none of them started. */
export function createResidents(
  scenario: Scenario,
  seed: number,
  genesisId: string,
): readonly Resident[] {
  return Array.from({ length: scenario.peers }, (_, index) => {
    const random = createRandom(seed, `peer ${index}`);
    return {
      index,
      // No agent's id has a space.
      id: scenario.agents[index]?.id ?? `reader ${index - scenario.agents.length + 1}`,
      disk: createSimulatedDisk(),
      randomBytes: (length: number) => random.bytes(length),
      peer: null,
      address: "",
      tip: { hash: genesisId, height: 0 },
      pool: 0,
      onlineSinceMs: 0,
    };
  });
}

/** Starts a peer on its disk. */
export async function startResident(
  resident: Resident,
  world: {
    readonly genesis: Genesis;
    readonly clock: VirtualClock;
    readonly wires: VirtualNetwork;
    readonly events: ResidentEvents;
  },
): Promise<void> {
  const { genesis, clock, wires, events } = world;
  const { id, disk, randomBytes } = resident;
  const peer = await createSimulatedPeer({
    id,
    genesis,
    clock,
    wires,
    hashesPerSecond: NO_HASHES,
    disk,
    randomBytes,
  });
  const { client } = peer;
  resident.peer = peer;
  resident.onlineSinceMs = clock.now();
  resident.address = (await client.request({ method: "get_wallet" })).address;
  resident.tip = await client.request({ method: "get_tip" });
  resident.pool = (await client.request({ method: "get_mempool", params: { limit: 1 } })).size;
  client.on("tip", ({ hash, height }) => {
    resident.tip = { hash, height };
    events.onTip(resident);
  });
  client.on("mempool", ({ size }) => {
    resident.pool = size;
  });
  client.on("transaction", (event) => events.onTransaction(resident, event));
  events.onTip(resident);
}

/** Ends a peer; its disk stays. */
export async function stopResident(resident: Resident): Promise<void> {
  const { peer } = resident;
  resident.peer = null;
  await peer?.stop();
}
