/**
 * Where each peer stands: asked when it comes, and again every now and then, so that a missed announcement
 * heals.
 *
 * @module
 */
import { STATUS_INTERVAL_MS } from "../limits.ts";
import { ask } from "./ask.ts";
import type { StoryContext } from "./context.ts";
import type { PeerBook } from "./peer-book.ts";
import { ownStatus } from "./serve-requests.ts";
import type { Tracker } from "./tracker.ts";

/** Questions for the status of peers. */
export interface StatusExchange {
  /** Asks one peer, unless it is being asked. */
  askStatus(peer: string): void;
  stop(): void;
}

interface StatusParts {
  readonly book: PeerBook;
  readonly tracker: Tracker;
  /** A peer has said where it stands. */
  readonly onStatus: () => void;
}

/** Starts the regular questions. */
export function createStatusExchange(
  context: StoryContext,
  { book, tracker, onStatus }: StatusParts,
): StatusExchange {
  const { clock } = context.ports;
  const asking = new Set<string>();
  const askStatus = (peer: string): void => {
    if (asking.has(peer)) return;
    asking.add(peer);
    ask(context, peer, { TAG: "status", data: ownStatus(context, tracker) }, ["status"])
      .then((answer) => {
        book.hear(peer, answer.data, clock.now());
        onStatus();
      })
      .catch(() => {
        // `ask` has blamed and logged; the peer stays without a claim until the next round of questions.
      })
      .finally(() => asking.delete(peer));
  };
  let cancel = (): void => {};
  const askAll = (): void => {
    for (const peer of book.connections()) if (peer.path !== "relayed") askStatus(peer.id);
    cancel = clock.after(STATUS_INTERVAL_MS, askAll);
  };
  cancel = clock.after(STATUS_INTERVAL_MS, askAll);
  return { askStatus, stop: () => cancel() };
}
