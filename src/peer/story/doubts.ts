/**
 * Claims of peers that led nowhere. Who does not show what it claims is left alone for a while whatever it
 * claims next, or one peer that names a new tip every second would be asked for ever, and nobody else.
 *
 * @module
 */

/** What a peer claims to have. */
export interface Claimed {
  /** Id of the block. */
  readonly id: string;
  readonly totalWork: bigint;
}

/** How long a claim is not followed, from now on. */
export interface DoubtTimes {
  /** Nor is any other of this peer. */
  readonly anyMs: number;
  /** The same claim, or one of less work; at least `anyMs`. */
  readonly sameMs: number;
}

interface Doubt extends Claimed {
  readonly anyUntilMs: number;
  readonly sameUntilMs: number;
}

/** Doubts about the claims of connected peers. */
export interface Doubts {
  add(peer: string, claimed: Claimed, times: DoubtTimes): void;
  /** True while this claim of the peer is not to be followed. */
  has(peer: string, claimed: Claimed): boolean;
  /** Forgets the peers that are gone. */
  keepOnly(present: ReadonlySet<string>): void;
}

/** No doubts. */
export function createDoubts(now: () => number): Doubts {
  const doubts = new Map<string, Doubt>();
  return {
    add(peer, { id, totalWork }, { anyMs, sameMs }) {
      const anyUntilMs = now() + anyMs;
      doubts.set(peer, { id, totalWork, anyUntilMs, sameUntilMs: now() + sameMs });
    },
    has(peer, claimed) {
      const doubt = doubts.get(peer);
      if (doubt === undefined || now() >= doubt.sameUntilMs) return false;
      const isSame = claimed.id === doubt.id || claimed.totalWork < doubt.totalWork;
      return isSame || now() < doubt.anyUntilMs;
    },
    keepOnly(present) {
      for (const peer of doubts.keys()) if (!present.has(peer)) doubts.delete(peer);
    },
  };
}
