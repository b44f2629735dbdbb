import { describe, expect, it } from "vitest";
import { type Chain, createChain } from "../chain/create-chain.ts";
import type { Network } from "../chain/ports/network.ts";
import { mineBlock, reseal, type TestAuthor, testAuthor } from "../chain/testing/mine.ts";
import { type Block, encodeBlock } from "../kernel/block.ts";
import { bytesFromHex, hexFromBytes } from "../kernel/bytes.ts";
import { storyIdOf } from "../kernel/genesis.ts";
import { blockIdOf, decodeHeader, encodeHeader, type Header } from "../kernel/header.ts";
import type { Peer } from "../peer/create-peer.ts";
import { MAX_WAITING_FUTURE_PER_PEER, RECORD_LIFETIME_MS } from "../peer/limits.ts";
import { type Answer, decodeQuestion, encodeAnswer, type Question } from "../peer/wire/messages.ts";
import {
  encodeTrackerList,
  type PeerRecord,
  signList,
  signRecord,
  type TrackerList,
} from "../peer/wire/records.ts";
import { createMemoryStore } from "../storage/memory-store.ts";
import { createTestMesh, type TestMesh } from "./testing.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Villain {
  readonly network: Network;
  readonly asked: Question["TAG"][];
  answer: (question: Question) => Answer | Promise<Answer>;
}

async function villain(mesh: TestMesh, id: string): Promise<Villain> {
  const network = mesh.wires.connect(id);
  const self: Villain = {
    network,
    asked: [],
    answer: () => new Promise<Answer>(() => {}),
  };
  await network.join(storyIdOf(mesh.genesis), {
    onMessage: async () => "ignore",
    async onRequest(_from, bytes) {
      const question = decodeQuestion(bytes);
      self.asked.push(question.TAG);
      return encodeAnswer(await self.answer(question));
    },
    onPeers: () => {},
    onLog: () => {},
  });
  return self;
}

async function openForge(mesh: TestMesh): Promise<Chain> {
  const { chain } = await createChain({ genesis: mesh.genesis, store: createMemoryStore() });
  return chain;
}

function forged(
  chain: Chain,
  author: TestAuthor,
  nowMs: number,
  change: (header: Header) => Partial<Header> = () => ({}),
): Block {
  const block = mineBlock(chain, { author, text: "A forged line.", nowMs });
  return { ...block, header: reseal({ ...block.header, ...change(block.header) }, author) };
}

const serving =
  (...blocks: Block[]): Villain["answer"] =>
  (question) => {
    if (question.TAG !== "blocks") return new Promise<Answer>(() => {});
    const wanted = new Set(question.data.map(hexFromBytes));
    const served = blocks.filter(({ header }) => wanted.has(blockIdOf(header)));
    return { TAG: "blocks", data: served.map(encodeBlock) };
  };

async function codes(peer: Peer, of: string): Promise<string[]> {
  const { entries } = await peer.client.request({ method: "get_log", params: { limit: 500 } });
  return entries.filter((entry) => entry.peer === of).map((entry) => entry.code);
}

describe("a hostile peer on the virtual mesh", () => {
  it("[NET-2] [SIG-2] a good header with a bad block costs its server, never the honest forwarders", async () => {
    const mesh = await createTestMesh(11, settle);
    const peers = [await mesh.add("a"), await mesh.add("b"), await mesh.add("c")];
    const x = await villain(mesh, "x");
    // Only `a` meets the villain; `b` and `c` hear of the block from honest peers.
    mesh.wires.partition([
      ["a", "b", "c"],
      ["a", "x"],
    ]);
    await mesh.run(12_000);
    const chain = await openForge(mesh);
    const block = forged(chain, testAuthor(1), mesh.clock.now(), (header) => ({
      coinbase: { ...header.coinbase, consumer: header.coinbase.consumer + 1n },
    }));
    // Slowly, so that `b` and `c` ask `a` while it waits for the body itself.
    const serve = serving(block);
    x.answer = async (question) => {
      await new Promise<void>((resolve) => {
        mesh.clock.after(400, resolve);
      });
      return serve(question);
    };
    await x.network.publish("announce", encodeHeader(block.header));
    await mesh.run(30_000);
    expect(await codes(peers[0] as Peer, "x")).toContain("bad-coinbase");
    expect(mesh.wires.scoreOf("x", "a")).toBeLessThanOrEqual(-100);
    for (const of of ["a", "b", "c"]) {
      for (const by of ["a", "b", "c"]) expect(mesh.wires.scoreOf(of, by)).toBe(0);
    }
    await Promise.all(peers.map((peer) => peer.stop()));
  });

  it("[NET-1] an announcer that never serves holds a block back for a second, not for a timeout", async () => {
    const mesh = await createTestMesh(12, settle);
    const [a, b] = [await mesh.add("a"), await mesh.add("b")];
    const x = await villain(mesh, "x");
    const honest = await villain(mesh, "y");
    const chain = await openForge(mesh);
    const status: Answer = {
      TAG: "status",
      data: {
        tip: bytesFromHex(chain.tip().id),
        head: bytesFromHex(chain.tip().id),
        microIndex: 0,
        height: 0,
        totalWork: 0n,
        record: undefined,
      },
    };
    let serve: Villain["answer"] = () => new Promise<Answer>(() => {});
    honest.answer = (question) => (question.TAG === "status" ? status : serve(question));
    await mesh.run(12_000);
    const block = forged(chain, testAuthor(1), mesh.clock.now());
    serve = serving(block);
    await x.network.publish("announce", encodeHeader(block.header));
    await mesh.run(2_000);
    expect(x.asked).toContain("blocks");
    for (const peer of [a, b]) {
      expect((await peer.client.request({ method: "get_tip" })).hash).toBe(blockIdOf(block.header));
    }
    await Promise.all([a.stop(), b.stop()]);
  });

  it("[NET-6] [HDR-6] blocks of the far future take no place, those of the near future a few", async () => {
    const mesh = await createTestMesh(13, settle);
    const a = await mesh.add("a");
    const x = await villain(mesh, "x");
    await mesh.run(12_000);
    const chain = await openForge(mesh);
    const far = forged(chain, testAuthor(1), mesh.clock.now() + 86_400_000);
    const near = [2, 3, 4, 5, 6, 7].map((index) =>
      forged(chain, testAuthor(index), mesh.clock.now() + 20_000 + index),
    );
    x.answer = serving(far, ...near);
    const timers = mesh.clock.pendingTimers();
    await x.network.publish("announce", encodeHeader(far.header));
    await mesh.run(1_000);
    expect(x.asked).not.toContain("blocks");
    for (const { header } of near) await x.network.publish("announce", encodeHeader(header));
    await mesh.run(1_000);
    expect(mesh.clock.pendingTimers()).toBeLessThanOrEqual(
      timers + MAX_WAITING_FUTURE_PER_PEER + 2,
    );
    expect(mesh.wires.scoreOf("x", "a")).toBe(0);
    await mesh.run(20_000);
    const { height } = await a.client.request({ method: "get_tip" });
    expect(height).toBe(1);
    const { total } = await a.client.request({ method: "get_apocrypha" });
    expect(total).toBe(MAX_WAITING_FUTURE_PER_PEER - 1);
    await a.stop();
  });

  it("[NET-4] [NET-6] a claim of work that is not shown is refuted and ends the connection", async () => {
    const mesh = await createTestMesh(14, settle);
    const a = await mesh.add("a");
    const x = await villain(mesh, "x");
    let claims = 1n;
    x.answer = (question) =>
      question.TAG === "status"
        ? {
            TAG: "status",
            data: {
              tip: new Uint8Array(32).fill(Number(claims)),
              head: new Uint8Array(32).fill(Number(claims)),
              microIndex: 0,
              height: 9,
              totalWork: claims++ << 200n,
              record: undefined,
            },
          }
        : { TAG: "headers", data: [] };
    await mesh.run(60_000);
    expect(await codes(a, "x")).toContain("claim-unproved");
    expect(mesh.wires.scoreOf("x", "a")).toBeLessThanOrEqual(-100);
    await a.stop();
  });

  it("[NET-6] losing branches are taken within a budget and old ones not at all", async () => {
    const mesh = await createTestMesh(15, settle);
    const a = await mesh.add("a", 8);
    const seen = { height: 0 };
    a.on("tip", (tip) => {
      seen.height = (tip as { height: number }).height;
    });
    await a.client.request({ method: "start_mining", params: { writer: "builtin" } });
    await mesh.until("3 paragraphs", 1_200_000, () => seen.height >= 3);
    await a.client.request({ method: "stop_mining" });
    const x = await villain(mesh, "x");
    await mesh.run(1_000);
    const chain = await openForge(mesh);
    const side = Array.from({ length: 60 }, (_, index) =>
      forged(chain, testAuthor(index + 1), mesh.clock.now() - 100_000),
    );
    x.answer = serving(...side);
    for (const { header } of side) {
      await x.network.publish("announce", encodeHeader(decodeHeader(encodeHeader(header))));
      await mesh.run(200);
    }
    await mesh.run(10_000);
    const { total } = await a.client.request({ method: "get_apocrypha" });
    expect(total).toBeGreaterThan(0);
    // 32 at once, and two for each pace of 15 s.
    expect(total).toBeLessThanOrEqual(32 + 4);
    await a.stop();
  });

  it("[NET-3] tracker lists of another round, of another time or out of order change nothing and cost nothing", async () => {
    const mesh = await createTestMesh(16, settle);
    const a = await mesh.add("a");
    const x = await villain(mesh, "x");
    await mesh.run(1_000);
    const publisher = testAuthor(9);
    const story = bytesFromHex(storyIdOf(mesh.genesis));
    const say = async (change: Partial<TrackerList>): Promise<readonly string[]> => {
      const timestampMs = mesh.clock.now();
      const list: Omit<TrackerList, "signature"> = {
        storyId: story,
        keyBlock: story,
        sequence: 10,
        authoritative: false,
        timestampMs,
        publisher: publisher.publicKey,
        entries: [],
        ...change,
      };
      await x.network.publish("tracker", encodeTrackerList(signList(list, publisher.seed)));
      // Beyond the shortest time between two lists.
      await mesh.run(2_000);
      const { peers } = await a.client.request({ method: "get_tracker_list" });
      return peers.map(({ id }) => id);
    };
    const record = (peerId: string, timestampMs = mesh.clock.now()): PeerRecord =>
      signRecord(
        { peerId, author: publisher.publicKey, addresses: [], timestampMs },
        publisher.seed,
      );
    expect(await say({ entries: [record("first")] })).toEqual(["first"]);
    expect(await say({ sequence: 9, entries: [record("earlier")] })).toEqual(["first"]);
    expect(await say({ sequence: 10, entries: [record("again")] })).toEqual(["first"]);
    const old = mesh.clock.now() - RECORD_LIFETIME_MS - 1_000;
    expect(await say({ sequence: 11, timestampMs: old, entries: [record("old")] })).toEqual([
      "first",
    ]);
    const elsewhere = new Uint8Array(32).fill(5);
    expect(
      await say({ sequence: 12, keyBlock: elsewhere, entries: [record("elsewhere")] }),
    ).toEqual(["first"]);
    expect(mesh.wires.scoreOf("x", "a")).toBe(0);
    expect(await say({ sequence: 13, entries: [record("later")] })).toEqual(["later"]);
    await a.stop();
  });

  it("[NET-3] a list that claims the tracker's authority and is not the tracker's ends the connection", async () => {
    const mesh = await createTestMesh(17, settle);
    const a = await mesh.add("a");
    const x = await villain(mesh, "x");
    await mesh.run(1_000);
    const publisher = testAuthor(9);
    const story = bytesFromHex(storyIdOf(mesh.genesis));
    const list = signList(
      {
        storyId: story,
        keyBlock: story,
        sequence: 1,
        authoritative: true,
        timestampMs: mesh.clock.now(),
        publisher: publisher.publicKey,
        entries: [],
      },
      publisher.seed,
    );
    await x.network.publish("tracker", encodeTrackerList(list));
    await mesh.run(1_000);
    expect(await codes(a, "x")).toContain("tracker-forged");
    expect(mesh.wires.scoreOf("x", "a")).toBeLessThanOrEqual(-100);
    await a.stop();
  });
});
