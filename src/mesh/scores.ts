/**
 * What peers have earned by breaking rules: points fall by code, come back slowly, and at −100 a peer
 * is refused for ten minutes. By peer id: a new id is free, but it must connect and misbehave anew.
 *
 * @module
 */
import {
  DISCONNECT_SCORE,
  FORGIVEN_PER_MINUTE,
  MAX_SCORED_PEERS,
  PROBATION_SCORE,
  REFUSE_MS,
} from "./limits.ts";

interface Entry {
  score: number;
  atMs: number;
  refusedUntilMs: number;
}

/** Scores by peer id; 0 is neutral, nothing is above it. */
export class Scores {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;

  /** `now` is the local clock in ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes points away; true if the peer fell to the limit and must be disconnected now. */
  penalise(peer: string, points: number): boolean {
    if (!(points > 0)) return false;
    const entry = this.#settle(peer) ?? this.#add(peer);
    if (entry.refusedUntilMs > 0) return true;
    entry.score -= points;
    if (entry.score > DISCONNECT_SCORE) return false;
    entry.score = DISCONNECT_SCORE;
    entry.refusedUntilMs = this.#now() + REFUSE_MS;
    return true;
  }

  /** The present score, −100…0. */
  score(peer: string): number {
    return Math.round(this.#settle(peer)?.score ?? 0);
  }

  /** True while the peer may not connect. */
  refused(peer: string): boolean {
    return (this.#settle(peer)?.refusedUntilMs ?? 0) > 0;
  }

  /** Brings an entry up to the present: points forgiven, a refusal that ended. */
  #settle(peer: string): Entry | undefined {
    const entry = this.#entries.get(peer);
    if (entry === undefined) return undefined;
    const nowMs = this.#now();
    if (entry.refusedUntilMs > 0) {
      if (nowMs < entry.refusedUntilMs) return entry;
      entry.score = PROBATION_SCORE;
      entry.atMs = entry.refusedUntilMs;
      entry.refusedUntilMs = 0;
    }
    const minutes = Math.max(0, nowMs - entry.atMs) / 60_000;
    entry.score = Math.min(0, entry.score + minutes * FORGIVEN_PER_MINUTE);
    entry.atMs = nowMs;
    return entry;
  }

  #add(peer: string): Entry {
    if (this.#entries.size >= MAX_SCORED_PEERS) this.#forgetBest();
    const entry = { score: 0, atMs: this.#now(), refusedUntilMs: 0 };
    this.#entries.set(peer, entry);
    return entry;
  }

  #forgetBest(): void {
    let best: string | null = null;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const [peer, entry] of this.#entries) {
      if (entry.score <= bestScore) continue;
      best = peer;
      bestScore = entry.score;
    }
    if (best !== null) this.#entries.delete(best);
  }
}
