/**
 * NET-3: for one round the author of the newest key block keeps the peer list and publishes it each
 * 5 s; other peers answer that they are not the tracker, and say who is. When no list is heard, the
 * first peer that notices publishes one without authority.
 *
 * @module
 */
import type { Verdict } from "../../chain/ports/network.ts";
import { bytesFromHex, equalBytes, hexFromBytes, utf8Encode } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import {
  MAX_ADDRESS_BYTES,
  MAX_RECORD_ADDRESSES,
  MAX_TRACKER_BYTES,
  MAX_TRACKER_ENTRIES,
  MIN_LIST_GAP_MS,
  RECORD_LIFETIME_MS,
  TRACKER_INTERVAL_MS,
  TRACKER_LOST_MS,
} from "../limits.ts";
import { describeFault } from "../log.ts";
import { consequenceOf } from "../penalties.ts";
import type { Answer, PeersQuestion } from "../wire/messages.ts";
import {
  checkTrackerList,
  decodeTrackerList,
  encodeTrackerList,
  type PeerRecord,
  signList,
  signRecord,
  type TrackerList,
} from "../wire/records.ts";
import { ask, blame } from "./ask.ts";
import type { StoryContext } from "./context.ts";
import type { PeerBook } from "./peer-book.ts";

/** The tracker's part of one story. */
export interface Tracker {
  /** This peer's own signed record; undefined while the wallet is locked. */
  ownRecord(): PeerRecord | undefined;
  hear(from: string, bytes: Uint8Array): Verdict;
  answer(question: PeersQuestion): Answer;
  /** Newest list of this round: the tracker's, or without authority. */
  newest(): TrackerList | null;
  /** Asks the tracker itself where it is connected. */
  refresh(): Promise<TrackerList | null>;
  stop(): void;
}

/** Creates the tracker's part and starts its clock. */
export function createTracker(context: StoryContext, book: PeerBook): Tracker {
  const { chain, ports, wallet, log } = context;
  let newest: TrackerList | null = null;
  // Seconds, so that a restarted tracker goes on above what it sent before; fits u32 until 2106.
  let sequence = Math.floor(ports.clock.now() / 1_000);
  let listHeardMs = ports.clock.now();
  let own: PeerRecord | undefined;
  let cancel = (): void => {};
  // Each peer's own chance, so that one of them notices a lost tracker first and the others hear it.
  const stagger = (ports.randomBytes(1)[0] ?? 0) % 5;

  const trackerKey = (): Uint8Array | null => {
    const author = chain.tip().author;
    return author === null ? null : bytesFromHex(author);
  };
  const isTracker = (): boolean =>
    wallet?.signer() != null && chain.tip().author === wallet.address;

  const ownRecord = (): PeerRecord | undefined => {
    const signer = wallet?.signer();
    const now = ports.clock.now();
    const peerId = ports.network.selfId;
    // Before the mesh has started there is no id to vouch for.
    if (signer == null || peerId === "") return undefined;
    const stillTrue =
      own !== undefined &&
      own.peerId === peerId &&
      equalBytes(own.author, signer.publicKey) &&
      now - own.timestampMs <= RECORD_LIFETIME_MS / 4;
    if (!stillTrue) {
      own = signRecord(
        {
          peerId,
          author: signer.publicKey,
          addresses: ports.network
            .addresses()
            .filter((address) => utf8Encode(address).length <= MAX_ADDRESS_BYTES)
            .slice(0, MAX_RECORD_ADDRESSES),
          timestampMs: now,
        },
        signer.seed,
      );
    }
    return own;
  };

  const freshRecords = (): PeerRecord[] => {
    const now = ports.clock.now();
    const mine = ownRecord();
    return [...(mine === undefined ? [] : [mine]), ...book.records()]
      .filter((record) => Math.abs(now - record.timestampMs) < RECORD_LIFETIME_MS)
      .slice(0, MAX_TRACKER_ENTRIES);
  };

  const makeList = (authoritative: boolean): TrackerList | undefined => {
    for (let entries = freshRecords(); ; entries = entries.slice(0, -8)) {
      const list = signedList(authoritative, entries);
      if (list === undefined || encodeTrackerList(list).length <= MAX_TRACKER_BYTES) return list;
    }
  };
  const signedList = (
    authoritative: boolean,
    entries: readonly PeerRecord[],
  ): TrackerList | undefined => {
    const signer = wallet?.signer();
    if (signer == null) return undefined;
    return signList(
      {
        storyId: bytesFromHex(chain.storyId),
        keyBlock: bytesFromHex(chain.tip().id),
        sequence: sequence++,
        authoritative,
        timestampMs: ports.clock.now(),
        publisher: signer.publicKey,
        entries,
      },
      signer.seed,
    );
  };

  const publish = async (authoritative: boolean): Promise<void> => {
    const list = makeList(authoritative);
    if (list === undefined) return;
    newest = list;
    listHeardMs = ports.clock.now();
    await ports.network.publish("tracker", encodeTrackerList(list));
  };

  const tick = (): void => {
    const silentMs = ports.clock.now() - Math.max(listHeardMs, chain.tip().receivedMs);
    const due =
      isTracker() || (chain.tip().height > 0 && silentMs > TRACKER_LOST_MS + stagger * 1_000);
    if (due && book.connections().length > 0) {
      publish(isTracker()).catch((reason: unknown) => {
        log.add("info", "tracker-publish-failed", describeFault(reason).detail);
      });
    }
    cancel = ports.clock.after(TRACKER_INTERVAL_MS, tick);
  };
  cancel = ports.clock.after(TRACKER_INTERVAL_MS, tick);

  /**
   * Throws unless the list is genuine; false when it is merely of another moment. Cheap questions come
   * first: 65 signatures are checked only for a list that would be kept (NET-6).
   */
  const judge = (list: TrackerList, gossiped: boolean): boolean => {
    if (hexFromBytes(list.storyId) !== chain.storyId) throw new CodedError("wrong-story");
    if (hexFromBytes(list.keyBlock) !== chain.tip().id) return false;
    if (Math.abs(ports.clock.now() - list.timestampMs) > RECORD_LIFETIME_MS) return false;
    const key = trackerKey();
    if (list.authoritative && (key === null || !equalBytes(list.publisher, key))) {
      throw new CodedError("tracker-forged", { publisher: hexFromBytes(list.publisher) });
    }
    if (!isNews(list)) return false;
    if (gossiped && isTooSoon(list)) return false;
    checkTrackerList(list, book.isGenuine);
    return true;
  };

  /** Anyone may sign a list without authority, so those only count while the tracker is silent. */
  const isTooSoon = (list: TrackerList): boolean => {
    const sinceMs = ports.clock.now() - listHeardMs;
    if (newest === null || !equalBytes(newest.keyBlock, list.keyBlock)) return false;
    return sinceMs < MIN_LIST_GAP_MS && (newest.authoritative || !list.authoritative);
  };

  /** False when a better list of this round is known: the tracker's own, or a later one of its publisher. */
  const isNews = (list: TrackerList): boolean => {
    if (newest === null || !equalBytes(newest.keyBlock, list.keyBlock)) return true;
    if (newest.authoritative && !list.authoritative) return false;
    const samePublisher = equalBytes(newest.publisher, list.publisher);
    return !samePublisher || list.sequence > newest.sequence;
  };

  const keep = (list: TrackerList): void => {
    newest = list;
    listHeardMs = ports.clock.now();
  };

  return {
    ownRecord,
    hear(from, bytes) {
      try {
        const list = decodeTrackerList(bytes);
        if (!judge(list, true)) return "ignore";
        keep(list);
        return "accept";
      } catch (reason) {
        const { code, detail } = describeFault(reason);
        blame(context, from, code, detail);
        return consequenceOf(code).verdict;
      }
    },
    answer(question) {
      const list = isTracker() ? makeList(true) : undefined;
      const addressing = {
        timestampMs: ports.clock.now(),
        from: ports.network.selfId,
        to: question.from,
      };
      if (list !== undefined) return { TAG: "peerList", data: { ...addressing, list } };
      return {
        TAG: "these-are-not-the-droids-you-are-looking-for",
        data: {
          ...addressing,
          tracker: trackerKey() ?? new Uint8Array(32),
          entries: freshRecords(),
        },
      };
    },
    newest: () =>
      newest !== null && hexFromBytes(newest.keyBlock) === chain.tip().id ? newest : null,
    async refresh() {
      if (isTracker()) return makeList(true) ?? null;
      const peer = book.views(chain.tip().author).find((view) => view.isTracker);
      if (peer === undefined) return newest;
      const answer = await ask(
        context,
        peer.id,
        {
          TAG: "getPeers",
          data: { timestampMs: ports.clock.now(), from: ports.network.selfId, to: peer.id },
        },
        ["peerList", "these-are-not-the-droids-you-are-looking-for"],
      );
      const { from, to } = answer.data;
      if (from !== peer.id || to !== ports.network.selfId) {
        blame(context, peer.id, "misaddressed", `${from} to ${to}`);
        return newest;
      }
      if (answer.TAG !== "peerList") return newest;
      try {
        if (judge(answer.data.list, false)) keep(answer.data.list);
      } catch (reason) {
        const { code, detail } = describeFault(reason);
        blame(context, peer.id, code, detail);
      }
      return newest;
    },
    stop: () => cancel(),
  };
}
