/**
 * Words of the network view.
 *
 * @module
 */
import type { PeerView, RelayView } from "../../../peer/rpc/shapes.ts";

/** How a peer is reached, in a word and in a sentence. */
export const PATHS: Readonly<Record<PeerView["path"], readonly [word: string, sign: string]>> = {
  direct: ["direct", "tab to tab"],
  relayed: ["relayed", "through a lighthouse"],
  server: ["server", "a lighthouse"],
};

/** The relay's state. */
export const RELAY: Readonly<Record<RelayView["state"], string>> = {
  none: "No lighthouse is known. Tabs that are connected already go on; newcomers cannot find them.",
  connecting: "A lighthouse is being reached. It only introduces tabs to each other.",
  connected: "Connected. It introduces newcomers; the story itself passes from tab to tab.",
  lost: "The lighthouse does not answer. Open connections go on without it, and this tab keeps trying.",
};

/** Fixed words. */
export const NETWORK = {
  title: "Network",
  lead: "Who keeps this story now, and how well they agree.",
  noPeers: "No other peer is connected.",
  log: "What was refused and what happened, newest first",
  noLog: "Nothing has happened yet.",
} as const;
