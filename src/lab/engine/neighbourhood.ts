/**
 * Who is linked to whom while peers come and go. A tab that closes takes its links with it; one that opens
 * dials as many others as the topology gives it, and so does one whose neighbours left it with less than
 * half of them, as the mesh does. In a mesh, a star and a ring the links are what the topology is, and stay.
 *
 * @module
 */
import { createRandom } from "../random/random.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { LabPeer } from "./lab-peer.ts";
import type { Links } from "./links.ts";

/** One peer's links: neighbours and their delays in ms, in the same order. */
export interface PeerLinks {
  readonly peers: number[];
  readonly delayMs: number[];
}

/** The links of all peers. */
export interface Neighbourhood {
  of(peer: number): PeerLinks;
  /** The peer went offline; returns those that dialled somebody else for it. */
  left(peer: LabPeer): readonly LabPeer[];
  /** The peer came online. */
  joined(peer: LabPeer): void;
}

/** Draws in search of somebody to dial before a peer stays with fewer links. */
const DIALS = 64;

/** The links that a run begins with. */
export function createNeighbourhood(
  links: Links,
  peers: readonly LabPeer[],
  scenario: Scenario,
  seed: number,
): Neighbourhood {
  const { topology, latency } = scenario;
  const random = createRandom(seed, "dials");
  const isDialled = topology.kind === "random" || topology.kind === "dag";
  const all: PeerLinks[] = peers.map((_, peer) => {
    const [from, to] = [links.first[peer] ?? 0, links.first[peer + 1] ?? 0];
    return {
      peers: [...links.neighbour.subarray(from, to)],
      delayMs: [...links.delayMs.subarray(from, to)],
    };
  });
  const none: PeerLinks = { peers: [], delayMs: [] };
  const of = (peer: number): PeerLinks => all[peer] ?? none;

  const unlink = (from: number, to: number): void => {
    const { peers: others, delayMs } = of(from);
    const at = others.indexOf(to);
    if (at < 0) return;
    others.splice(at, 1);
    delayMs.splice(at, 1);
  };

  const link = (a: number, b: number): void => {
    const delay = latency.minMs + random.below(latency.maxMs - latency.minMs + 1);
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      of(from).peers.push(to);
      of(from).delayMs.push(delay);
    }
  };

  /** Links a peer to others that are online, until it has as many as the topology gives. */
  const dial = (peer: LabPeer): void => {
    const mine = of(peer.index);
    for (let draw = 0; draw < DIALS && mine.peers.length < topology.degree; draw++) {
      const other = peers[random.below(peers.length)];
      if (other === undefined || other === peer || !other.online) continue;
      if (!mine.peers.includes(other.index)) link(peer.index, other.index);
    }
  };

  return {
    of,
    left(peer) {
      if (!isDialled) return [];
      const { peers: others, delayMs } = of(peer.index);
      const lonely: LabPeer[] = [];
      for (const index of others) {
        unlink(index, peer.index);
        const other = peers[index];
        if (other?.online !== true || 2 * of(index).peers.length >= topology.degree) continue;
        dial(other);
        lonely.push(other);
      }
      others.length = 0;
      delayMs.length = 0;
      return lonely;
    },
    joined(peer) {
      if (isDialled) dial(peer);
    },
  };
}
