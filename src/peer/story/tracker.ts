/**
 * NET-3: for one round the author of the newest key block keeps the peer list and publishes it each
 * 5 s; other peers answer that they are not the tracker, and say who is. When no list is heard, the
 * first peer that notices publishes one without authority.
 *
 * @module
 */
import type { Verdict } from "../../chain/ports/network.ts";
import { bytesFromHex, equalBytes, hexFromBytes } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import {
  MAX_ADDRESS_BYTES,
  MAX_RECORD_ADDRESSES,
  MAX_TRACKER_ENTRIES,
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
  let sequence = 0;
  let listHeardMs = ports.clock.now();
  let own: PeerRecord | undefined;
  let cancel = (): void => {};

  const trackerKey = (): Uint8Array | null => {
    const author = chain.tip().author;
    return author === null ? null : bytesFromHex(author);
  };
  const isTracker = (): boolean =>
    wallet?.signer() != null && chain.tip().author === wallet.address;

  const ownRecord = (): PeerRecord | undefined => {
    const signer = wallet?.signer();
    const now = ports.clock.now();
    if (signer == null) return undefined;
    if (own === undefined || now - own.timestampMs > RECORD_LIFETIME_MS / 4) {
      own = signRecord(
        {
          peerId: ports.network.selfId,
          author: signer.publicKey,
          addresses: ports.network
            .addresses()
            .filter((address) => address.length <= MAX_ADDRESS_BYTES)
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
        entries: freshRecords(),
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
    // A part of the id staggers the peers, so that one of them is first and the others hear it.
    const stagger = (bytesFromHex(chain.tip().id)[0] ?? 0) % 5;
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

  /** Throws unless the list is genuine; false when it is merely of another moment. */
  const judge = (list: TrackerList): boolean => {
    if (hexFromBytes(list.storyId) !== chain.storyId) throw new CodedError("wrong-story");
    checkTrackerList(list);
    if (hexFromBytes(list.keyBlock) !== chain.tip().id) return false;
    if (Math.abs(ports.clock.now() - list.timestampMs) > RECORD_LIFETIME_MS) return false;
    const key = trackerKey();
    if (list.authoritative && (key === null || !equalBytes(list.publisher, key))) {
      throw new CodedError("tracker-forged", { publisher: hexFromBytes(list.publisher) });
    }
    return true;
  };

  const keep = (list: TrackerList): void => {
    const sameRound = newest !== null && equalBytes(newest.keyBlock, list.keyBlock);
    if (sameRound && newest?.authoritative === true && !list.authoritative) return;
    newest = list;
    listHeardMs = ports.clock.now();
  };

  return {
    ownRecord,
    hear(from, bytes) {
      try {
        const list = decodeTrackerList(bytes);
        if (!judge(list)) return "ignore";
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
      if (list !== undefined) return { TAG: "peerList", data: list };
      return {
        TAG: "these-are-not-the-droids-you-are-looking-for",
        data: {
          timestampMs: ports.clock.now(),
          from: ports.network.selfId,
          to: question.from,
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
      if (answer.TAG === "peerList" && judge(answer.data)) keep(answer.data);
      return newest;
    },
    stop: () => cancel(),
  };
}
