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

/** The message of any thrown value, for log lines; a browser's WebSocket throws bare events. */
export function errorText(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error !== "object" || error === null) return String(error);
  if ("message" in error && typeof error.message === "string" && error.message !== "")
    return error.message;
  return "type" in error ? `${String(error.type)} event` : "unknown error";
}
