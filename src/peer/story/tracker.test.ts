import { beforeAll, describe, expect, it } from "vitest";
import { grow, openTestChain } from "../../chain/testing/forge.ts";
import { type TestAuthor, testAuthor, testGenesis } from "../../chain/testing/mine.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { initKernel } from "../../kernel/init.ts";
import {
  MAX_ADDRESS_BYTES,
  MAX_RECORD_ADDRESSES,
  MAX_TRACKER_BYTES,
  MAX_TRACKER_ENTRIES,
  MIN_LIST_GAP_MS,
} from "../limits.ts";
import { encodeAnswer } from "../wire/messages.ts";
import {
  checkTrackerList,
  decodeTrackerList,
  encodeTrackerList,
  signList,
  signRecord,
} from "../wire/records.ts";
import { createPeerBook, type PeerBook } from "./peer-book.ts";
import { storyContext, type TestContext } from "./testing/story-context.ts";
import { createTracker, type Tracker } from "./tracker.ts";

let me: TestAuthor;
let other: TestAuthor;
beforeAll(async () => {
  await initKernel();
  [me, other] = [testAuthor(1), testAuthor(2)];
});

interface Opened extends TestContext {
  readonly tracker: Tracker;
  readonly book: PeerBook;
  readonly storyId: Uint8Array;
  readonly keyBlock: Uint8Array;
  readonly startMs: number;
}

/** A tracker's part in a story of two pages, the second by `author`. */
async function open(author: TestAuthor, addresses: readonly string[] = []): Promise<Opened> {
  const story = await openTestChain({ genesis: testGenesis() });
  await grow(story, 1, [testAuthor(3)]);
  await grow(story, 1, [author]);
  const { chain } = story;
  const test = storyContext(chain, { addresses, signer: me, address: me.address });
  const book = createPeerBook({ state: "none", address: null, sinceMs: 0, lastError: null });
  return {
    ...test,
    book,
    tracker: createTracker(test.context, book),
    storyId: bytesFromHex(chain.storyId),
    keyBlock: bytesFromHex(chain.tip().id),
    startMs: chain.tip().timestampMs,
  };
}

/** So many peers say where they are, each with addresses of this size. */
function crowd({ book, startMs }: Opened, count: number, addressBytes: number): void {
  for (let index = 0; index < count; index++) {
    const peerId = `peer-${index}`;
    const addresses = Array.from({ length: MAX_RECORD_ADDRESSES }, () => "a".repeat(addressBytes));
    const record = signRecord(
      { peerId, author: other.publicKey, addresses, timestampMs: startMs },
      other.seed,
    );
    const id = new Uint8Array(32);
    const status = { tip: id, head: id, microIndex: 0, height: 0, totalWork: 1n, record };
    book.hear(peerId, status, startMs);
  }
}

const question = { timestampMs: 1, from: "asker", to: "self" };

describe("[NET-6] what this peer says of itself and of others", () => {
  it("its record has the first few addresses, and none that is too long", async () => {
    const long = "/".repeat(MAX_ADDRESS_BYTES + 1);
    const good = ["/a", "/b", "/c", "/d", "/e", "/f"];
    const { tracker } = await open(me, [long, ...good]);
    expect(tracker.ownRecord()?.addresses).toEqual(good.slice(0, MAX_RECORD_ADDRESSES));
    tracker.stop();
  });

  it("[NET-3] the tracker's list is cut to its entries", async () => {
    const opened = await open(me);
    crowd(opened, MAX_TRACKER_ENTRIES + 10, 10);
    const answer = opened.tracker.answer(question);
    if (answer.TAG !== "peerList") throw new RangeError(answer.TAG);
    expect(answer.data.list.entries).toHaveLength(MAX_TRACKER_ENTRIES);
    expect(() => checkTrackerList(answer.data.list)).not.toThrow();
    opened.tracker.stop();
  });

  it("[NET-3] the tracker's list is cut to its topic", async () => {
    const opened = await open(me);
    crowd(opened, MAX_TRACKER_ENTRIES, MAX_ADDRESS_BYTES);
    const answer = opened.tracker.answer(question);
    if (answer.TAG !== "peerList") throw new RangeError(answer.TAG);
    const bytes = encodeTrackerList(answer.data.list);
    expect(bytes.length).toBeLessThanOrEqual(MAX_TRACKER_BYTES);
    expect(bytes.length).toBeGreaterThan(MAX_TRACKER_BYTES / 2);
    expect(decodeTrackerList(bytes).entries.length).toBeLessThan(MAX_TRACKER_ENTRIES);
    opened.tracker.stop();
  });

  it("[NET-3] whoever is not the tracker says as much, with no more records", async () => {
    const opened = await open(other);
    crowd(opened, MAX_TRACKER_ENTRIES + 10, 10);
    const answer = opened.tracker.answer(question);
    if (answer.TAG !== "these-are-not-the-droids-you-are-looking-for") {
      throw new RangeError(answer.TAG);
    }
    expect(answer.data.entries).toHaveLength(MAX_TRACKER_ENTRIES);
    expect(() => encodeAnswer(answer)).not.toThrow();
    opened.tracker.stop();
  });
});

describe("[NET-6] lists one after the other", () => {
  it("[NET-3] are not looked at before the gap is over, and cost nothing", async () => {
    const opened = await open(other);
    const { tracker, storyId, keyBlock, startMs, setTime, points } = opened;
    let sequence = 0;
    const hear = (atMs: number): string => {
      setTime(startMs + atMs);
      const list = {
        storyId,
        keyBlock,
        sequence: ++sequence,
        authoritative: true,
        timestampMs: startMs,
        publisher: other.publicKey,
        entries: [],
      };
      return tracker.hear("x", encodeTrackerList(signList(list, other.seed)));
    };
    expect(hear(0)).toBe("accept");
    expect(hear(MIN_LIST_GAP_MS - 1)).toBe("ignore");
    expect(tracker.newest()?.sequence).toBe(1);
    expect(hear(MIN_LIST_GAP_MS)).toBe("accept");
    expect(tracker.newest()?.sequence).toBe(3);
    expect(points.size).toBe(0);
    tracker.stop();
  });
});
