import { describe, expect, it } from "vitest";
import { createChain } from "../chain/create-chain.ts";
import { mineBlock, testAuthor } from "../chain/testing/mine.ts";
import { pay, sealBlock } from "../chain/testing/pay.ts";
import { type Block, encodeBlock } from "../kernel/block.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import { storyIdOf } from "../kernel/genesis.ts";
import { blockIdOf, encodeHeader } from "../kernel/header.ts";
import type { Peer } from "../peer/create-peer.ts";
import type { RoundView } from "../peer/rpc/shapes.ts";
import { decodeQuestion, encodeAnswer } from "../peer/wire/messages.ts";
import { createMemoryStore } from "../storage/memory-store.ts";
import { createSimulatedDisk } from "./simulated-peer.ts";
import { createTestMesh, type TestMesh } from "./testing.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What the events of a peer say, and what was asked once at the start. */
interface Seen {
  readonly peer: Peer;
  readonly address: string;
  round: RoundView;
  consumer: bigint;
  mempool: number;
  readonly transactions: { readonly txid: string; readonly state: string }[];
}

async function watch(peer: Peer): Promise<Seen> {
  const { address, consumer } = await peer.client.request({ method: "get_wallet" });
  const round = await peer.client.request({ method: "get_round" });
  const transactions: Seen["transactions"][number][] = [];
  const seen: Seen = { peer, address, round, consumer: BigInt(consumer), mempool: 0, transactions };
  peer.client.on("tip", (tip) => {
    seen.round = tip.round;
  });
  peer.client.on("wallet", (wallet) => {
    seen.consumer = BigInt(wallet.consumer);
  });
  peer.client.on("mempool", ({ size }) => {
    seen.mempool = size;
  });
  peer.client.on("transaction", (event) => transactions.push(event));
  return seen;
}

/** Two peers that have written some pages and mine no more; `tracker` wrote the last one. */
async function twoAuthors(mesh: TestMesh): Promise<{ tracker: Seen; other: Seen }> {
  const pair = [await watch(await mesh.add("a")), await watch(await mesh.add("b"))];
  for (const { peer } of pair) {
    await peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
  }
  await mesh.until("both earned", 3_600_000, () => pair.every(({ consumer }) => consumer > 0n));
  for (const { peer } of pair) await peer.client.request({ method: "stop_mining" });
  await mesh.run(30_000);
  const tracker = pair.find(({ round }) => round.trackerIsMe);
  const other = pair.find(({ round }) => !round.trackerIsMe);
  if (tracker === undefined || other === undefined) throw new RangeError("no tracker");
  return { tracker, other };
}

const send = (from: Seen, to: string, consumer = "1000000") =>
  from.peer.client.request({ method: "send_tokens", params: { to, consumer } });
const rootOf = async ({ peer }: Seen) =>
  (await peer.client.request({ method: "get_tip" })).stateRoot;

describe("payments on a virtual mesh", () => {
  it("[TRK-2] [NET-1b] a payment is sealed by the tracker and seen by its receiver within two seconds", async () => {
    const mesh = await createTestMesh(101, settle);
    const { tracker, other } = await twoAuthors(mesh);
    const carol = await watch(await mesh.add("c"));
    await mesh.run(10_000);
    const { height } = await carol.peer.client.request({ method: "get_tip" });
    const sentMs = mesh.clock.now();
    const { status, txid } = await send(other, carol.address);
    expect(status).toBe("admitted");
    await mesh.until("received", 5_000, () => carol.consumer === 1_000_000n);
    expect(mesh.clock.now() - sentMs).toBeLessThanOrEqual(2_000);
    await mesh.run(1_000);
    expect((await carol.peer.client.request({ method: "get_tip" })).height).toBe(height);
    expect(
      other.transactions.filter((each) => each.txid === txid).map(({ state }) => state),
    ).toEqual(["pending", "sealed"]);
    expect([tracker.mempool, other.mempool, carol.mempool]).toEqual([0, 0, 0]);
    const roots = await Promise.all([tracker, other, carol].map(rootOf));
    expect(new Set(roots).size).toBe(1);
    await Promise.all([tracker, other, carol].map(({ peer }) => peer.stop()));
  });

  it("[TRK-2] when the tracker is gone, the next key block carries what waits", async () => {
    const mesh = await createTestMesh(102, settle);
    const { tracker, other } = await twoAuthors(mesh);
    await tracker.peer.stop();
    await mesh.run(1_000);
    await send(other, testAuthorAddress);
    await mesh.run(10_000);
    expect(other.mempool).toBe(1);
    await other.peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
    await mesh.until("carried", 600_000, () => other.mempool === 0);
    const { consumer } = await other.peer.client.request({
      method: "balance",
      params: { address: testAuthorAddress },
    });
    expect(consumer).toBe("1000000");
    await other.peer.stop();
  });

  it("[NET-1b] what was signed alone leaves when a peer is found, also after a restart", async () => {
    const mesh = await createTestMesh(103, settle);
    const disk = createSimulatedDisk();
    const { tracker } = await twoAuthors(mesh);
    const dora = await watch(await mesh.add("d", 2, disk));
    await mesh.run(10_000);
    await send(tracker, dora.address, "5000000");
    await mesh.until("funded", 10_000, () => dora.consumer === 5_000_000n);
    mesh.wires.partition([["d"], ["a", "b"]]);
    await mesh.run(1_000);
    const { status, txid } = await send(dora, tracker.address);
    expect(status).toBe("queued");
    await mesh.run(2_000);
    await dora.peer.stop();
    const again = await watch(await mesh.add("d", 2, disk));
    await mesh.run(2_000);
    const waiting = await again.peer.client.request({
      method: "get_transaction",
      params: { txid },
    });
    expect(waiting.transaction.state).toBe("queued");
    mesh.wires.partition(null);
    await mesh.until("sealed", 60_000, () => again.consumer < 5_000_000n);
    const { transaction } = await again.peer.client.request({
      method: "get_transaction",
      params: { txid },
    });
    expect(transaction.state).toBe("sealed");
    await Promise.all([tracker, again].map(({ peer }) => peer.stop()));
  });

  it("[NET-4] a late peer fetches the microblocks between key blocks and of the running round", async () => {
    const mesh = await createTestMesh(104, settle);
    const { tracker, other } = await twoAuthors(mesh);
    for (let round = 0; round < 3; round++) {
      for (const [from, to] of [
        [tracker, other],
        [other, tracker],
      ] as const) {
        await send(from, to.address);
        await mesh.until("sealed", 10_000, () => tracker.mempool + other.mempool === 0);
      }
      const { height } = await other.peer.client.request({ method: "get_tip" });
      for (const { peer } of [tracker, other]) {
        await peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
      }
      await mesh.until("a page", 600_000, () => other.round.height > height + 1);
      for (const { peer } of [tracker, other]) {
        await peer.client.request({ method: "stop_mining" });
      }
      await mesh.run(20_000);
    }
    await send(tracker, other.address);
    await mesh.run(5_000);
    const late = await watch(await mesh.add("late"));
    await mesh.run(30_000);
    const roots = await Promise.all([tracker, other, late].map(rootOf));
    expect(new Set(roots).size).toBe(1);
    await Promise.all([tracker, other, late].map(({ peer }) => peer.stop()));
  });

  it("[FRK-3] a payment of a branch that lost waits again, and is sealed on the other", async () => {
    const mesh = await createTestMesh(105, settle);
    const { tracker, other } = await twoAuthors(mesh);
    const groups = [tracker, other].map(({ peer }) => peer);
    mesh.wires.partition([["a"], ["b"]]);
    await mesh.run(1_000);
    const { txid } = await send(tracker, testAuthorAddress);
    await mesh.run(5_000);
    expect(tracker.transactions.at(-1)).toMatchObject({ txid, state: "sealed" });
    // The other side writes on without it, and so outweighs it.
    await groups[1]?.client.request({ method: "start_mining", params: { writer: "builtin" } });
    await mesh.until("a longer branch", 3_600_000, () => other.round.height > tracker.round.height);
    await groups[1]?.client.request({ method: "stop_mining" });
    mesh.wires.partition(null);
    await mesh.until("healed", 60_000, () => tracker.round.height === other.round.height);
    const balance = async () =>
      (
        await other.peer.client.request({
          method: "balance",
          params: { address: testAuthorAddress },
        })
      ).consumer;
    await mesh.run(20_000);
    expect(await balance()).toBe("1000000");
    const roots = await Promise.all([tracker, other].map(rootOf));
    expect(new Set(roots).size).toBe(1);
    await Promise.all(groups.map((peer) => peer.stop()));
  });

  it("[TRK-2] of a tracker that equivocates two microblocks are heard, and the next key block proves it", async () => {
    const mesh = await createTestMesh(106, settle);
    const honest = await watch(await mesh.add("a", 8));
    const network = mesh.wires.connect("x");
    const served = new Map<string, Block>();
    await network.join(storyIdOf(mesh.genesis), {
      onMessage: async () => "ignore",
      async onRequest(_from, bytes) {
        const question = decodeQuestion(bytes);
        if (question.TAG !== "blocks") return new Promise<Uint8Array>(() => {});
        const blocks = question.data.flatMap((id) => served.get(hexFromBytes(id)) ?? []);
        return encodeAnswer({ TAG: "blocks", data: blocks.map(encodeBlock) });
      },
      onPeers: () => {},
      onLog: () => {},
    });
    await mesh.run(12_000);
    const store = createMemoryStore();
    const { chain } = await createChain({ genesis: mesh.genesis, store });
    const villain = testAuthor(1);
    const tell = async (block: Block): Promise<void> => {
      served.set(blockIdOf(block.header), block);
      await network.publish("announce", encodeHeader(block.header));
      await mesh.run(2_000);
    };
    const key = mineBlock(chain, { author: villain, text: "First.", nowMs: mesh.clock.now() });
    await chain.connectBlock(key, mesh.clock.now());
    await tell(key);
    const line = (to: string): Block =>
      sealBlock(chain, villain, [pay(chain, villain, to, { nonce: 1n })], mesh.clock.now());
    const places = ["11", "22", "33"].map((digits) => line(digits.repeat(32)));
    for (const block of places) await tell(block);
    const { entries } = await honest.peer.client.request({ method: "get_log" });
    expect(entries.filter(({ code }) => code === "microblock-unheard")).toHaveLength(1);
    await honest.peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
    await mesh.until("the next page", 600_000, () => honest.round.height === 3);
    const { header, encodedBody } = await honest.peer.client.request({
      method: "get_block",
      params: { height: 2 },
    });
    expect(header.author).toBe(honest.address);
    // Version 2: the body ends with the two headers.
    expect(encodedBody.startsWith("02")).toBe(true);
    expect(honest.consumer).toBe(BigInt(header.coinbase.consumer));
    await honest.peer.stop();
  });
});

/** An address that nobody in these meshes has. */
const testAuthorAddress = "ab".repeat(32);
