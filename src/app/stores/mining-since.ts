/**
 * Since when this tab has been mining, and how fast it was when it last hashed: an author that rests, or whose
 * writer is at the next paragraph, goes on mining, though it does not hash for the moment.
 *
 * @module
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { StatusView } from "../api-types.ts";
import { useStatus } from "./status-store.ts";

/** Null while it does not mine. */
export interface MiningSince {
  readonly sinceMs: number | null;
  /** Hashes a second; 0 until it was measured. */
  readonly rate: number;
}

/** Not mining. */
export const NOT_MINING_SINCE: MiningSince = { sinceMs: null, rate: 0 };

/** The store. */
export const useMiningSince: UseBoundStore<StoreApi<MiningSince>> = create<MiningSince>()(
  () => NOT_MINING_SINCE,
);

/** Whether mining pauses by itself and goes on by itself. */
function isPause({ consent, reason, writer }: StatusView["mining"]): boolean {
  // Without a reason it is about to begin.
  if (reason === null || reason === "resting") return consent;
  return writer === "builtin" && (reason === "no-paragraph" || reason === "not-synced");
}

/** What follows from a status that was heard at `nowMs`. */
export function withMining(
  since: MiningSince,
  mining: StatusView["mining"],
  nowMs: number,
): MiningSince {
  if (!mining.active && !isPause(mining)) return NOT_MINING_SINCE;
  return {
    sinceMs: since.sinceMs ?? nowMs,
    rate: mining.hashesPerSecond > 0 ? mining.hashesPerSecond : since.rate,
  };
}

/** Follows the status from now on; returns the function that stops. */
export function followMining(now: () => number): () => void {
  return useStatus.subscribe(({ status }) => {
    if (status === null) return;
    useMiningSince.setState((since) => withMining(since, status.mining, now()));
  });
}
