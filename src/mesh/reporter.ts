/**
 * What the parts of the mesh tell each other about peers: blame, signs of life and log lines. One
 * small interface keeps the parts from knowing the network that owns them all.
 *
 * @module
 */

/** Told by every part of the mesh. */
export interface Reporter {
  /** Takes points from a peer; at the limit it is disconnected. */
  penalise(peer: string, points: number, code: string): void;
  /** A gossip message, request or answer of a peer arrived. */
  heard(peer: string): void;
  log(level: "info" | "warn", code: string, peer?: string, detail?: string): void;
}

/** The message of any thrown value, for log lines. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
