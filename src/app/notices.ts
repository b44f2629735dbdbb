/**
 * Which states of the product's table hold now, most urgent first, with their words. Pure: the same
 * facts always give the same sentences. States that belong to a place (the premise alone, resting, a
 * displaced draft, an unknown link, erased data) are said in that place instead.
 *
 * @module
 */
import type { NoticeTone } from "./components/state-notice.tsx";
import { plural } from "./format/numbers.ts";
import type { StatusState } from "./stores/status-store.ts";

/** What the button of a notice does; the shell decides how. */
export type NoticeAction =
  | "retry-connections"
  | "reload"
  | "update"
  | "share"
  | "battery"
  | "copy-link"
  | "network"
  | "wallet"
  | "settings"
  | "start-mining"
  | "dismiss";

/** One state in words. */
export interface Notice {
  readonly id: string;
  readonly tone: NoticeTone;
  readonly title: string;
  readonly text: string;
  readonly action: { readonly kind: NoticeAction; readonly label: string };
  readonly progress?: { readonly done: number; readonly total: number };
  /** May be put away for this tab. */
  readonly dismissible: boolean;
}

/** Facts of the page that the status does not hold. */
export interface PageFacts {
  readonly secureContext: boolean;
  readonly webrtc: boolean;
  /** There is a reward to lose, and nobody has proved yet that the recovery phrase is written down. */
  readonly phraseDue?: boolean;
}

/** Every state that holds now, most urgent first. */
export function currentNotices(
  state: StatusState,
  page: PageFacts,
  nowMs: number,
): readonly Notice[] {
  return [...pageNotices(state, page, nowMs), ...peerNotices(state, page, nowMs)].filter(
    (notice) => !(notice.dismissible && state.dismissed.has(notice.id)),
  );
}

/** Failures that the story view or another notice tells in its own words. */
const TOLD_ELSEWHERE = new Set(["no-story", "unknown-story", "bad-link", "store-newer-schema"]);
const SLOW_START_MS = 10_000;
/** A lighthouse that is back within this time, as when another story is opened, is no news. */
const LOST_MS = 4000;

function pageNotices(state: StatusState, page: PageFacts, nowMs: number): readonly Notice[] {
  const { status } = state;
  const notices: Notice[] = [];
  const reason = status?.readonlyReason ?? null;
  if (reason === "store-newer-schema" || state.failure === "store-newer-schema") {
    notices.push({
      id: "newer-database",
      tone: "bad",
      title: "The data here was written by a newer Fabula",
      text: "This page is older than the data on this device and leaves it untouched. Reload to get the newer version.",
      action: { kind: "reload", label: "Reload" },
      dismissible: false,
    });
  }
  if (!page.secureContext || reason === "insecure-context") {
    notices.push({
      id: "insecure-context",
      tone: "warn",
      title: "This address lets you read only",
      text: "Over plain http from another machine, a browser gives a page no keys and no locks; so nothing can be written or mined here. Open the story over https, or on the machine that runs it.",
      action: { kind: "copy-link", label: "Copy the link" },
      dismissible: false,
    });
  } else if (reason === "no-locks" || reason === "no-free-slot") {
    notices.push({
      id: "no-locks",
      tone: "warn",
      title: "This tab lets you read only",
      text: "The browser gave this tab no place of its own to keep a wallet and a story. Close other tabs of Fabula, then reload.",
      action: { kind: "reload", label: "Reload" },
      dismissible: false,
    });
  }
  if (state.updateWaiting) {
    notices.push({
      id: "update-waiting",
      tone: "good",
      title: "A newer version is ready",
      text: "Your draft and your wallet stay; the page loads once more.",
      action: { kind: "update", label: "Update now" },
      dismissible: true,
    });
  }
  if (state.workerRestart !== null) {
    notices.push({
      id: "worker-restarted",
      tone: "warn",
      title: "The part that keeps the story stopped and was started again",
      text: "Nothing that was announced is lost. Mining goes on by itself if it was on.",
      action: { kind: "dismiss", label: "Good" },
      dismissible: true,
    });
  }
  const failed = state.failure !== null && !TOLD_ELSEWHERE.has(state.failure);
  const slow = state.failure === null && nowMs - state.startedMs > SLOW_START_MS;
  if (status === null && (failed || slow)) {
    notices.push({
      id: "not-answering",
      tone: "warn",
      title: "The story takes long to open",
      text:
        state.failure === null
          ? "The part of this page that keeps the story has not answered yet. Reloading usually helps; nothing on this device is lost."
          : `The part of this page that keeps the story answers with an error (code ${state.failure}). Reloading usually helps; nothing on this device is lost.`,
      action: { kind: "reload", label: "Reload" },
      dismissible: false,
    });
  }
  return notices;
}

function peerNotices(state: StatusState, page: PageFacts, nowMs: number): readonly Notice[] {
  const { status } = state;
  if (status === null) return [];
  const { sync, mining, relay, peerCount } = status;
  const notices: Notice[] = [];
  const others = peerCount.direct + peerCount.relayed;
  if (status.storage.full || mining.reason === "store-full") {
    notices.push({
      id: "storage-full",
      tone: "bad",
      title: "This device has no room left",
      text: "New paragraphs can be read but no longer kept here, so this tab has stopped mining. Free some space, or erase stories you no longer read.",
      action: { kind: "settings", label: "Data and storage" },
      dismissible: false,
    });
  }
  if (!page.webrtc || !status.webrtc) {
    notices.push({
      id: "no-webrtc",
      tone: "warn",
      title: "This browser cannot talk to other tabs",
      text: "WebRTC is missing or switched off, so this tab hears of the story only through a lighthouse. To be a full peer, open the link in another browser or allow WebRTC.",
      action: { kind: "copy-link", label: "Copy the link" },
      dismissible: true,
    });
  }
  if (sync.phase === "headers" || sync.phase === "bodies") {
    const unit = sync.phase === "headers" ? "headers" : "paragraphs";
    notices.push({
      id: "syncing",
      tone: "calm",
      title: `Checking ${unit}: ${sync.done} of ${sync.total}`,
      text: "This tab takes nothing on trust; it verifies the whole story itself. You can read what has arrived.",
      action: { kind: "network", label: "Watch" },
      progress: { done: sync.done, total: sync.total },
      dismissible: true,
    });
  }
  if ((sync.phase === "connecting" || sync.phase === "starting") && sync.slow) {
    notices.push({
      id: "connecting-slow",
      tone: "warn",
      title: "Still looking for other readers",
      text: "No peer has answered for ten seconds. The network here may block WebRTC or the lighthouse may be away. What this tab has can be read meanwhile.",
      action: { kind: "retry-connections", label: "Try again now" },
      dismissible: false,
    });
  }
  if (sync.phase === "alone") {
    notices.push({
      id: "alone",
      tone: "calm",
      title: "You are alone with this story",
      text: "Nobody else is here now. What you write is mined and kept on this device, and joins the others' story when they come.",
      action: { kind: "share", label: "Invite someone" },
      dismissible: true,
    });
  }
  if (relay.state === "lost" && nowMs - relay.sinceMs > LOST_MS) {
    notices.push({
      id: "lighthouse-lost",
      tone: "warn",
      title: "The lighthouse does not answer",
      text:
        others > 0
          ? `${plural(others, "connection")} to other tabs ${others === 1 ? "goes" : "go"} on without it. Newcomers find this story again when it is back; this tab keeps trying.`
          : "New peers cannot be found until it is back. This tab keeps trying, and you can read and write meanwhile.",
      action: { kind: "retry-connections", label: "Try again now" },
      dismissible: true,
    });
  }
  if (mining.reason === "on-battery") {
    notices.push({
      id: "on-battery",
      tone: "calm",
      title: "Mining is paused: this device runs on battery",
      text: "It goes on by itself when the device is plugged in.",
      action: { kind: "battery", label: "Mine on battery too" },
      dismissible: true,
    });
  }
  if (mining.reason === "worker-crashed") {
    notices.push({
      id: "miner-crashed",
      tone: "warn",
      title: "The miner stopped",
      text: "The part that computes stopped unexpectedly. Your paragraph is kept.",
      action: { kind: "start-mining", label: "Start mining again" },
      dismissible: false,
    });
  }
  if (mining.consent && !mining.simd) {
    notices.push({
      id: "no-simd",
      tone: "calm",
      title: "This browser mines slowly",
      text: "It lacks WebAssembly SIMD, so the miner uses a plainer and slower method. Your paragraphs count as much as anyone's; they only win less often.",
      action: { kind: "network", label: "See my rate" },
      dismissible: true,
    });
  }
  if (status.slot > 0) {
    notices.push({
      id: "second-tab",
      tone: "calm",
      title: "This tab is another peer, with its own wallet",
      text: "Another tab of this browser is open already. Each tab writes under its own name; what this one earns stays in this one's wallet.",
      action: { kind: "wallet", label: "See this wallet" },
      dismissible: true,
    });
  }
  if (page.phraseDue === true) {
    notices.push({
      id: "phrase-unchecked",
      tone: "calm",
      title: "Your wallet holds its first reward",
      text: "Only this device has its key. Write down the 24 words that bring it back.",
      action: { kind: "wallet", label: "Write them down" },
      dismissible: true,
    });
  }
  return notices;
}
