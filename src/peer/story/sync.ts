/**
 * NET-4: catching up. Key headers first, from the peer that claims most work; bodies only once that
 * header chain is proved heavier than ours, in parallel from several peers; a peer that stalls is
 * replaced. Everything goes through `connectBlock`; a crash loses nothing but the unconnected rest.
 *
 * @module
 */
import { isBetterKeyBlock } from "../../chain/fork-choice.ts";
import type { HeaderBranch } from "../../chain/header-branch.ts";
import { blockIdFromHex } from "../../kernel/brand.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { decodeHeader } from "../../kernel/header.ts";
import {
  ALONE_AFTER_MS,
  MAX_HEADERS_PER_REQUEST,
  REQUEST_TIMEOUT_MS,
  SLOW_CONNECT_MS,
} from "../limits.ts";
import { describeFault } from "../log.ts";
import type { SyncView } from "../rpc/shapes.ts";
import { ask, blame } from "./ask.ts";
import { downloadBodies } from "./body-download.ts";
import type { StoryContext } from "./context.ts";
import { type Claimed, createDoubts, type DoubtTimes } from "./doubts.ts";
import { fetchMicroblocks } from "./fetch-microblocks.ts";
import type { Intake } from "./intake.ts";
import { hasRoom, thatHaveRoom } from "./microblock-places.ts";
import type { PeerBook, PeerClaim } from "./peer-book.ts";

/** A gap this small, once in sync, is closed without leaving the phase `synced`. */
const QUIET_GAP = 16;
/** Peers that are connected and say nothing for this long do not keep a tab from mining. */
const SILENT_AFTER_MS = 3 * REQUEST_TIMEOUT_MS;
/** After a failed attempt, before the next. */
const RETRY_MS = 1_000;
/** A claim that could not be followed for want of an answer; nor is another of that peer for this long. */
const UNANSWERED: DoubtTimes = { anyMs: 5_000, sameMs: 5_000 };
/** A claim that was followed and was not better. */
const EXAGGERATED: DoubtTimes = { anyMs: 0, sameMs: 60_000 };
/** A microblock that was asked for and did not come, or did not fit. */
const HEAD_NOT_SHOWN: DoubtTimes = { anyMs: 5_000, sameMs: 60_000 };

/** The synchroniser of one story. */
export interface Sync {
  state(): SyncView;
  /** The tab is in step with its peers, or knows that it is alone. */
  ready(): boolean;
  /** Looks whether somebody claims more work than we have. */
  consider(): void;
  /** Peers came or went. */
  peersChanged(count: number): void;
  onChange(listener: () => void): void;
  stop(): void;
}

/** Creates the synchroniser; nothing runs before the first `consider` or `peersChanged`. */
export function createSync(context: StoryContext, intake: Intake, book: PeerBook): Sync {
  const { chain, ports, log, hub } = context;
  const doubts = createDoubts(() => ports.clock.now());
  const headDoubts = createDoubts(() => ports.clock.now());
  const listeners: (() => void)[] = [];
  let view: SyncView = { phase: "connecting", slow: false, done: 0, total: 0, from: null };
  let running = false;
  let again = false;
  let stopped = false;

  const show = (next: Partial<SyncView>): void => {
    const before = view;
    view = { ...view, ...next };
    if (JSON.stringify(before) === JSON.stringify(view)) return;
    hub.emit("sync", view);
    if (before.phase !== view.phase) for (const listener of listeners) listener();
  };
  const settled = (): boolean => view.phase === "synced" || view.phase === "alone";

  const cancelSlow = ports.clock.after(SLOW_CONNECT_MS, () => {
    if (view.phase === "connecting") show({ slow: true });
  });
  let cancelRetry = (): void => {};
  let cancelLonely = (): void => {};
  let lonelyArmed = false;
  let usable = 0;
  let silentSinceMs = ports.clock.now();
  /** Being alone must last; a reload of the other tab, or a slow first answer, is not loneliness. */
  const watchLoneliness = (): void => {
    // Not armed anew while it waits: a flapping relay must not postpone it for ever.
    if (stopped || lonelyArmed) return;
    lonelyArmed = true;
    cancelLonely = ports.clock.after(ALONE_AFTER_MS, () => {
      lonelyArmed = false;
      if (running || book.byWork().length > 0) return;
      // Over relayed connections only signalling travels: such a peer is not company yet.
      const company = book.connections().some((peer) => peer.path !== "relayed");
      const silentMs = ports.clock.now() - silentSinceMs;
      if (company && silentMs < SILENT_AFTER_MS) watchLoneliness();
      else show({ phase: "alone", slow: false, done: 0, total: 0, from: null });
    });
  };
  watchLoneliness();

  const tipOf = ({ tip, totalWork }: PeerClaim): Claimed => ({ id: tip, totalWork });
  const headOf = ({ head, totalWork }: PeerClaim): Claimed => ({ id: head, totalWork });
  const retryAfter = (delayMs: number): void => {
    if (stopped) return;
    cancelRetry();
    cancelRetry = ports.clock.after(delayMs, consider);
  };
  const doubt = (peer: string, claim: PeerClaim | undefined, times: DoubtTimes): void => {
    if (claim === undefined) return;
    doubts.add(peer, tipOf(claim), times);
    retryAfter(times.sameMs);
  };

  /**
   * Better by fork choice (FRK-1), the tie of equal work included: a peer that missed the announcement
   * of a sibling block would else stay on the other one until somebody writes again.
   */
  const better = (): string | undefined =>
    book
      .byWork()
      .find(
        ({ peer, claim }) =>
          isBetterKeyBlock(
            { id: blockIdFromHex(claim.tip), totalWork: claim.totalWork },
            chain.tip(),
          ) && !doubts.has(peer, tipOf(claim)),
      )?.peer;

  /** Adds one page to the branch; a bad one is blamed here, because `ask` has blamed all that went wrong before. */
  const pushHeaders = (
    peer: string,
    branch: HeaderBranch,
    page: readonly Uint8Array[],
  ): ReturnType<HeaderBranch["push"]> => {
    try {
      const pushed = branch.push(
        page.map((bytes) => decodeHeader(bytes)),
        ports.clock.now(),
      );
      if (pushed.kind === "invalid") throw new CodedError(pushed.code, pushed.data);
      return pushed;
    } catch (reason) {
      const { code, detail } = describeFault(reason);
      blame(context, peer, code, detail);
      throw reason;
    }
  };

  const fetchHeaders = async (peer: string): Promise<HeaderBranch | undefined> => {
    const branch = chain.headerBranch();
    const claimed = book.claim(peer)?.totalWork ?? 0n;
    let ahead = false;
    for (;;) {
      const last = branch.ids.at(-1);
      const locator = last === undefined ? chain.locator() : [last];
      const answer = await ask(
        context,
        peer,
        {
          TAG: "headers",
          data: { locator: locator.map(bytesFromHex), limit: MAX_HEADERS_PER_REQUEST },
        },
        ["headers"],
      );
      if (answer.data.length === 0) break;
      const pushed = pushHeaders(peer, branch, answer.data);
      if (!settled()) show({ phase: "headers", done: branch.ids.length, from: peer });
      ahead = pushed.kind === "future";
      // Nothing added: a gap or a future header; another page would begin at the same place.
      if (pushed.kind !== "accepted" || pushed.added === 0) break;
      if (answer.data.length < MAX_HEADERS_PER_REQUEST || branch.totalWork >= claimed) break;
    }
    // Work never shrinks: what was claimed before the question must be shown, unless our clock hides it.
    const shown =
      branch.totalWork > chain.tip().totalWork ? branch.totalWork : chain.tip().totalWork;
    if (claimed > shown && !ahead) blame(context, peer, "claim-unproved", String(claimed));
    return branch.wins ? branch : undefined;
  };

  const syncFrom = async (peer: string): Promise<void> => {
    const claim = book.claim(peer);
    const claimed = claim?.totalWork ?? 0n;
    let branch: HeaderBranch | undefined;
    try {
      branch = await fetchHeaders(peer);
    } catch (reason) {
      doubt(peer, claim, UNANSWERED);
      log.add("info", "sync-peer-dropped", describeFault(reason).detail, peer);
      return;
    }
    if (branch === undefined) {
      // Not better after all: perhaps it moved on, perhaps it lied. The same claim is not followed again soon.
      doubt(peer, claim, EXAGGERATED);
      return;
    }
    const wanted = branch.ids.filter((id) => chain.entry(id) === undefined);
    const loud = !settled() || wanted.length > QUIET_GAP;
    if (loud) show({ phase: "bodies", done: 0, total: wanted.length, from: peer });
    const complete = await downloadBodies(context, intake, {
      ids: wanted,
      peers: [
        peer,
        ...book
          .byWork()
          .filter((other) => other.peer !== peer && other.claim.totalWork >= claimed)
          .map((other) => other.peer),
      ],
      onProgress: (done) => {
        if (loud) show({ done });
      },
    });
    if (!complete) doubt(peer, claim, UNANSWERED);
  };

  /** A peer on our page that knows microblocks of the running round which we do not. */
  const ahead = (): { readonly peer: string; readonly claim: PeerClaim } | undefined =>
    book.byWork().find(
      ({ peer, claim }) =>
        claim.tip === chain.tip().id &&
        claim.microIndex > 0 &&
        chain.entry(blockIdFromHex(claim.head)) === undefined &&
        hasRoom(context, {
          keyParent: bytesFromHex(claim.tip),
          microIndex: claim.microIndex,
        }) &&
        !headDoubts.has(peer, headOf(claim)),
    );

  const catchUpRound = async (peer: string, claim: PeerClaim): Promise<void> => {
    const round = { keyBlock: blockIdFromHex(claim.tip), last: blockIdFromHex(claim.head) };
    const found = await fetchMicroblocks(context, peer, [round]).catch(() => undefined);
    const blocks = thatHaveRoom(context, found?.get(round.last)?.blocks ?? []);
    if (blocks.length > 0) await intake.connectMany(blocks, peer);
    if (chain.entry(round.last) !== undefined) return;
    headDoubts.add(peer, headOf(claim), HEAD_NOT_SHOWN);
    retryAfter(HEAD_NOT_SHOWN.anyMs);
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      const peer = better();
      const next = peer === undefined ? ahead() : undefined;
      if (peer !== undefined) await syncFrom(peer);
      else if (next !== undefined) await catchUpRound(next.peer, next.claim);
      else break;
    }
    const anyClaim = book.byWork().length > 0;
    if (anyClaim && !stopped) show({ phase: "synced", slow: false, done: 0, total: 0, from: null });
    // The last peer may have gone in the middle: then nobody else would say that this tab is alone.
    if (!anyClaim) watchLoneliness();
  };

  function consider(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    run()
      .catch((reason: unknown) => {
        const { code, detail } = describeFault(reason);
        log.add("error", code, detail);
        retryAfter(RETRY_MS);
      })
      .finally(() => {
        running = false;
        if (again) {
          again = false;
          consider();
        }
      });
  }

  return {
    state: () => view,
    ready: settled,
    consider,
    peersChanged(count) {
      const present = new Set(book.connections().map((peer) => peer.id));
      doubts.keepOnly(present);
      headDoubts.keepOnly(present);
      if (count === 0 || book.byWork().length > 0) silentSinceMs = ports.clock.now();
      if (count === 0 && usable > 0) {
        cancelLonely();
        lonelyArmed = false;
      }
      usable = count;
      watchLoneliness();
    },
    onChange(listener) {
      listeners.push(listener);
    },
    stop() {
      stopped = true;
      cancelSlow();
      cancelRetry();
      cancelLonely();
    },
  };
}
