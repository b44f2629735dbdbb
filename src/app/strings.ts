/**
 * Words of the shell: navigation, the consensus chip, the mining pill.
 *
 * @module
 */
import type { StatusView } from "./api-types.ts";
import { formatCount, plural } from "./format/numbers.ts";

/** Words that several parts of the shell use. */
export const SHELL = {
  brand: "Fabula",
  skip: "Skip to the story",
  skipMain: "Skip to the content",
  navigation: "Main",
  more: "More",
  story: "Story",
  write: "Write",
  apocrypha: "Apocrypha",
  codex: "Codex",
  explorer: "Explorer",
  network: "Network",
  lab: "Lab",
  wallet: "Wallet",
  start: "Start a story",
  settings: "Settings",
} as const;

/** Words of the processor presets. */
export const PRESETS = {
  gentle: { name: "Gentle", hint: "a quarter of one core; you will hardly notice it" },
  half: { name: "Half", hint: "about half of the processor’s cores; fans may start" },
  full: { name: "Full", hint: "all cores but one; for a machine that has nothing else to do" },
} as const;

/** Why this tab does not mine, in a few words for the pill and in a sentence for its popover. */
export const NOT_MINING: Readonly<
  Record<NonNullable<StatusView["mining"]["reason"]>, readonly [short: string, long: string]>
> = {
  "no-consent": [
    "Not mining",
    "Not mining because you have not agreed to it. Nothing runs until you do.",
  ],
  stopped: [
    "Mining stopped",
    "Not mining because you stopped it. The story still arrives and is checked.",
  ],
  "not-synced": [
    "Catching up",
    "Not mining yet because this tab is still catching up with the story; it begins by itself.",
  ],
  resting: [
    "Resting",
    "Not mining this round because you wrote the last paragraph. Nobody writes two in a row, unless nobody else comes.",
  ],
  "no-paragraph": [
    "No paragraph offered",
    "Not mining because no paragraph is offered. Write one, or let the built-in writer propose one each round.",
  ],
  "on-battery": [
    "Paused on battery",
    "Not mining because this device runs on battery. It goes on when it is plugged in.",
  ],
  hidden: [
    "Paused while hidden",
    "Not mining because the tab is hidden and your settings say so. The story still arrives.",
  ],
  "wallet-locked": [
    "Wallet locked",
    "Not mining because the wallet is locked; a paragraph must be signed. Unlock it in the wallet.",
  ],
  readonly: ["Reading only", "Not mining because this page can only read."],
  "worker-crashed": [
    "Miner stopped",
    "Not mining because the part that computes stopped unexpectedly.",
  ],
  "store-full": [
    "No room left",
    "Not mining because this device has no room left to keep the story.",
  ],
};

/** The one always-visible consensus chip: its state, its words and what they mean. */
export interface ChipWords {
  readonly state: "connecting" | "syncing" | "agreed" | "alone";
  readonly short: string;
  readonly long: string;
  readonly explanation: string;
}

/** Words of the consensus chip. */
export function chipWords(status: StatusView | null): ChipWords {
  if (status === null) {
    return {
      state: "connecting",
      short: "opening",
      long: "Opening",
      explanation: "The story is being opened on this device.",
    };
  }
  const { phase, done, total } = status.sync;
  const peers = status.peerCount.direct + status.peerCount.relayed + status.peerCount.server;
  // Nobody to agree with is not agreement; `alone` is said only when the peer is sure of it, as in its notice.
  const shown = phase === "synced" && peers === 0 ? "connecting" : phase;
  switch (shown) {
    case "starting":
    case "connecting":
      return {
        state: "connecting",
        short: "connecting",
        long: "Connecting",
        explanation:
          "This tab is looking for other readers of this story. You can read what it has.",
      };
    case "headers":
    case "bodies":
      return {
        state: "syncing",
        short: `${formatCount(done)} / ${formatCount(total)}`,
        long: `Syncing ${formatCount(done)} of ${formatCount(total)}`,
        explanation: "Blocks arrive from peers, and this tab verifies each of them itself.",
      };
    case "alone":
      return {
        state: "alone",
        short: "alone",
        long: "Alone",
        explanation:
          "Nobody else is here now. Reading, writing and mining work; what you write joins the others' story when they come.",
      };
    case "synced":
      return {
        state: "agreed",
        short: plural(peers, "peer"),
        long: `In agreement · ${plural(peers, "peer")}`,
        explanation:
          "This tab and its peers hold the same story, and this tab checked every block of it.",
      };
    default:
      return shown;
  }
}

/** Words of the mining pill. */
export function pillWords(status: StatusView | null): string {
  if (status === null) return "Not mining";
  const { mining } = status;
  if (mining.active) return `Mining · ${mining.preset}`;
  if (mining.reason === null) return mining.consent ? "Mining soon" : "Not mining";
  return NOT_MINING[mining.reason][0];
}
