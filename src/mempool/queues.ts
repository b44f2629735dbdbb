/**
 * The waiting transactions: one queue for each sender, its nonces without a gap (MEM-1). A queue is
 * replaced as a whole and everything derived from it is computed anew (it has 16 entries), so a reserved
 * balance cannot drift from what waits.
 *
 * The order of all entries (MEM-3) is the order in which a block would take them: the best entry of
 * those that are first in their queue, again and again. So an entry counts no more than the worst of its
 * sender's before it, its *rank*; the last entry of the order always ends a queue, evicting it leaves no
 * gap, and nobody shelters cheap transactions behind a dear one. What belongs to a sender without an
 * account (an orphan) comes last of all: no block can take it.
 *
 * @module
 */
import type { Address } from "../kernel/brand.ts";
import { CodedError } from "../kernel/errors.ts";
import type { TokenPair } from "../ledger/state.ts";
import { noTokens } from "../ledger/state.ts";
import type { MempoolEntry } from "./entry.ts";
import { compareEntries, debitsOf } from "./entry.ts";

/** An entry in its place of the order. */
export interface Place {
  readonly entry: MempoolEntry;
  /** The worst of the entry itself and those of its sender before it. */
  readonly rank: MempoolEntry;
  /** Its sender has no account at the head. */
  readonly isOrphan: boolean;
}

interface Queue {
  readonly entries: readonly MempoolEntry[];
  readonly places: readonly Place[];
  readonly reserved: TokenPair;
  readonly isOrphan: boolean;
}

/** All queues. */
export interface Queues {
  readonly size: number;
  /** Sum of all `sizeBytes`. */
  readonly bytes: number;
  get(txid: string): MempoolEntry | undefined;
  senders(): readonly Address[];
  /** A sender's entries, by nonce. */
  of(sender: Address): readonly MempoolEntry[];
  /** What a sender's entries will take. */
  reserved(sender: Address): TokenPair;
  isOrphan(sender: Address): boolean;
  /** Replaces a sender's queue; throws `mempool-inconsistent` {sender, at} for another's entry or a gap. */
  set(sender: Address, entries: readonly MempoolEntry[], isOrphan: boolean): void;
  /** Removes an entry and those of its sender behind it; returns them. */
  cut(entry: MempoolEntry): readonly MempoolEntry[];
  /** All entries in the order of MEM-3. */
  inOrder(): readonly Place[];
  /** The last of the order that is not `except`'s. */
  last(except: Address | undefined): Place | undefined;
  /** The rank that an entry would have behind those of its sender with lower nonces. */
  rankOf(newcomer: MempoolEntry): MempoolEntry;
}

const worse = (a: MempoolEntry, b: MempoolEntry): MempoolEntry =>
  compareEntries(a, b) > 0 ? a : b;

function comparePlaces(a: Place, b: Place): number {
  if (a.isOrphan !== b.isOrphan) return a.isOrphan ? 1 : -1;
  const byRank = compareEntries(a.rank, b.rank);
  if (byRank !== 0 || a.entry.nonce === b.entry.nonce) return byRank;
  return a.entry.nonce < b.entry.nonce ? -1 : 1;
}

function queueOf(entries: readonly MempoolEntry[], isOrphan: boolean): Queue {
  const places: Place[] = [];
  for (const entry of entries) {
    const rank = worse(entry, places.at(-1)?.rank ?? entry);
    places.push({ entry, rank, isOrphan });
  }
  return { entries, places, reserved: debitsOf(entries), isOrphan };
}

function checkQueue(sender: Address, entries: readonly MempoolEntry[]): void {
  const first = entries[0]?.nonce ?? 0n;
  entries.forEach((entry, at) => {
    if (entry.sender !== sender || entry.nonce !== first + BigInt(at)) {
      throw new CodedError("mempool-inconsistent", { sender, at });
    }
  });
}

/** No queues. */
export function createQueues(): Queues {
  const queues = new Map<Address, Queue>();
  const byTxid = new Map<string, MempoolEntry>();
  let bytes = 0;

  const of = (sender: Address): readonly MempoolEntry[] => queues.get(sender)?.entries ?? [];

  function set(sender: Address, entries: readonly MempoolEntry[], isOrphan: boolean): void {
    checkQueue(sender, entries);
    for (const { txid, sizeBytes } of of(sender)) {
      byTxid.delete(txid);
      bytes -= sizeBytes;
    }
    for (const entry of entries) {
      byTxid.set(entry.txid, entry);
      bytes += entry.sizeBytes;
    }
    if (entries.length === 0) queues.delete(sender);
    else queues.set(sender, queueOf([...entries], isOrphan));
  }

  return {
    get size(): number {
      return byTxid.size;
    },
    get bytes(): number {
      return bytes;
    },
    get: (txid) => byTxid.get(txid),
    senders: () => [...queues.keys()],
    of,
    reserved: (sender) => queues.get(sender)?.reserved ?? noTokens,
    isOrphan: (sender) => queues.get(sender)?.isOrphan ?? false,
    set,
    cut: ({ sender, nonce }) => {
      const entries = of(sender);
      const kept = entries.filter((entry) => entry.nonce < nonce);
      set(sender, kept, queues.get(sender)?.isOrphan ?? false);
      return entries.slice(kept.length);
    },
    inOrder: () => [...queues.values()].flatMap(({ places }) => places).toSorted(comparePlaces),
    last: (except) => {
      let last: Place | undefined;
      for (const [sender, { places }] of queues) {
        const tail = places.at(-1);
        if (sender === except || tail === undefined) continue;
        if (last === undefined || comparePlaces(tail, last) > 0) last = tail;
      }
      return last;
    },
    rankOf: (newcomer) =>
      of(newcomer.sender)
        .filter(({ nonce }) => nonce < newcomer.nonce)
        .reduce(worse, newcomer),
  };
}
