import { describe, expect, it } from "vitest";
import { type Chain, createChain } from "../chain/create-chain.ts";
import { withHeader } from "../chain/testing/forge.ts";
import { mineBlock, type TestAuthor, testAuthor } from "../chain/testing/mine.ts";
import { pay, resealMicro, sealBlock } from "../chain/testing/pay.ts";
import { type Block, decodeBlock } from "../kernel/block.ts";
import type { BlockId } from "../kernel/brand.ts";
import { bytesFromHex } from "../kernel/bytes.ts";
import { blockIdOf, encodeHeader } from "../kernel/header.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import type { Peer } from "../peer/create-peer.ts";
import { createMemoryStore } from "../storage/memory-store.ts";
import { createScriptedPeer, type ScriptedPeer } from "./scripted-peer.ts";
import { createSimulatedDisk } from "./simulated-peer.ts";
import { createTestMesh, type TestMesh } from "./testing.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const [ANN, BEN, CAT] = [1, 2, 3];
const PACE_MS = 15_000;

async function openChain(mesh: TestMesh, blocks: readonly Block[] = []): Promise<Chain> {
  const { chain } = await createChain({ genesis: mesh.genesis, store: createMemoryStore() });
  await chain.connectBlocks(blocks, mesh.clock.now());
  return chain;
}

/** The author's key block on the chain's head, connected there. */
async function write(mesh: TestMesh, chain: Chain, author: TestAuthor): Promise<Block> {
  const nowMs = mesh.clock.now();
  const block = mineBlock(chain, { author, text: `A line of ${author.address}.`, nowMs });
  await chain.connectBlock(block, nowMs);
  return block;
}

async function tell(mesh: TestMesh, by: ScriptedPeer, block: Block): Promise<Block> {
  await by.announce(block);
  await mesh.run(2_000);
  return block;
}

const mempoolOf = async (peer: Peer): Promise<number> =>
  (await peer.client.request({ method: "get_mempool" })).size;

const unsigned = (transaction: SignedTransaction): SignedTransaction => ({
  ...transaction,
  signature: transaction.signature.with(0, (transaction.signature[0] ?? 0) ^ 1),
});

describe("a hostile payer", () => {
  it("[NET-1b] [NET-2] a batch that one peer cannot judge to its end costs no honest forwarder", async () => {
    const mesh = await createTestMesh(201, settle);
    const [a, b] = [await mesh.add("a"), await mesh.add("b")];
    const x = await createScriptedPeer(mesh, "x");
    const y = await createScriptedPeer(mesh, "y");
    await mesh.run(12_000);
    const chain = await openChain(mesh);
    const [ann, ben, cat] = [ANN, BEN, CAT].map(testAuthor) as [TestAuthor, TestAuthor, TestAuthor];
    for (const author of [ann, ben]) {
      await tell(mesh, x, await write(mesh, chain, author));
      await mesh.run(PACE_MS);
    }
    mesh.wires.partition([
      ["a", "b"],
      ["a", "x"],
      ["b", "y"],
    ]);
    await mesh.run(1_000);
    // At b the bad one is the next of its sender; at a it is behind a gap, and so its signature is not looked at.
    const first = pay(chain, ann, cat.address, { nonce: 1n });
    const bad = unsigned(pay(chain, ann, cat.address, { nonce: 2n }));
    const fresh = pay(chain, ben, cat.address, { nonce: 1n });
    await Promise.all([y.publish([first]), x.publish([fresh, bad])]);
    await mesh.run(2_000);
    expect(mesh.wires.scoreOf("a", "b")).toBe(0);
    expect(mesh.wires.scoreOf("b", "a")).toBe(0);
    expect([await mempoolOf(a), await mempoolOf(b)]).toEqual([2, 2]);
    await Promise.all([a.stop(), b.stop()]);
  });
});

describe("an own payment", () => {
  it("[NET-1b] is told again with each key block that leaves it out", async () => {
    const mesh = await createTestMesh(207, settle);
    const a = await mesh.add("a", 8);
    const seen = { height: 0 };
    a.client.on("tip", ({ height }) => {
      seen.height = height;
    });
    await a.client.request({ method: "start_mining", params: { writer: "builtin" } });
    await mesh.until("a page", 3_600_000, () => seen.height === 1);
    await a.client.request({ method: "stop_mining" });
    const { header, encodedBody } = await a.client.request({
      method: "get_block",
      params: { height: 1 },
    });
    const first = decodeBlock(bytesFromHex(header.encoded + encodedBody));
    const x = await createScriptedPeer(mesh, "x");
    await mesh.run(PACE_MS);
    const chain = await openChain(mesh, [first]);
    await tell(mesh, x, await write(mesh, chain, testAuthor(ANN)));
    for (const consumer of ["1", "2"]) {
      const to = testAuthor(CAT).address;
      await a.client.request({ method: "send_tokens", params: { to, consumer } });
      await mesh.run(PACE_MS);
    }
    expect(x.heard.map(({ payload }) => payload.nonce)).toEqual([1n, 2n]);
    await tell(mesh, x, await write(mesh, chain, testAuthor(BEN)));
    expect(x.heard.map(({ payload }) => payload.nonce)).toEqual([1n, 2n, 1n, 2n]);
    await a.stop();
  });
});

describe("a lost microblock", () => {
  it("[MEM-6] comes back together with what waited behind it", async () => {
    const mesh = await createTestMesh(202, settle);
    const a = await mesh.add("a");
    const x = await createScriptedPeer(mesh, "x");
    await mesh.run(12_000);
    const chain = await openChain(mesh);
    const [ann, ben, cat] = [ANN, BEN, CAT].map(testAuthor) as [TestAuthor, TestAuthor, TestAuthor];
    const key = await tell(mesh, x, await write(mesh, chain, ann));
    const first = pay(chain, ann, cat.address, { nonce: 1n });
    await tell(mesh, x, sealBlock(chain, ann, [first], mesh.clock.now()));
    await x.publish([2n, 3n].map((nonce) => pay(chain, ann, cat.address, { nonce })));
    await mesh.run(PACE_MS);
    expect(await mempoolOf(a)).toBe(2);
    const rival = await openChain(mesh, [key]);
    await tell(mesh, x, await write(mesh, rival, ben));
    expect((await a.client.request({ method: "get_tip" })).height).toBe(2);
    expect(await mempoolOf(a)).toBe(3);
    await a.stop();
  });
});

describe("a hostile tracker", () => {
  const people = (): [TestAuthor, TestAuthor, TestAuthor] =>
    [ANN, BEN, CAT].map(testAuthor) as [TestAuthor, TestAuthor, TestAuthor];
  const id = ({ header }: Block): BlockId => blockIdOf(header);

  /** Ann's key block, known to `a`, and the chain on it. */
  async function ownRound(mesh: TestMesh, x: ScriptedPeer): Promise<{ chain: Chain; key: Block }> {
    const chain = await openChain(mesh);
    const key = await tell(mesh, x, await write(mesh, chain, testAuthor(ANN)));
    return { chain, key };
  }
  const line = async (
    mesh: TestMesh,
    chain: Chain,
    length: number,
    to: string = testAuthor(CAT).address,
  ): Promise<Block[]> => {
    const blocks: Block[] = [];
    for (let nonce = 1; nonce <= length; nonce++) {
      const nowMs = mesh.clock.now() + (nonce - length) * 1_000;
      const payment = pay(chain, testAuthor(ANN), to, { nonce: BigInt(nonce) });
      const block = sealBlock(chain, testAuthor(ANN), [payment], nowMs);
      await chain.connectBlock(block, mesh.clock.now());
      blocks.push(block);
    }
    return blocks;
  };

  it("[NET-2] [SIG-2] a key block on a microblock that is invalid costs its server alone, and the story goes on", async () => {
    const mesh = await createTestMesh(206, settle);
    const [a, b] = [await mesh.add("a"), await mesh.add("b")];
    const x = await createScriptedPeer(mesh, "x");
    await mesh.run(12_000);
    const { chain, key } = await ownRound(mesh, x);
    mesh.wires.partition([
      ["a", "b"],
      ["a", "x"],
    ]);
    await mesh.run(5_000);
    const [good] = await line(mesh, chain, 1);
    if (good === undefined) throw new RangeError("nothing sealed");
    const bad = resealMicro(good, testAuthor(ANN), { stateRoot: new Uint8Array(32) });
    const header = { parent: bytesFromHex(id(bad)) };
    await mesh.run(PACE_MS);
    const onBad = withHeader(await write(mesh, chain, people()[1]), people()[1], header);
    x.serve(bad);
    await tell(mesh, x, onBad);
    await mesh.run(10_000);
    expect(mesh.wires.scoreOf("x", "a")).toBeLessThanOrEqual(-100);
    expect([mesh.wires.scoreOf("a", "b"), mesh.wires.scoreOf("b", "a")]).toEqual([0, 0]);
    mesh.wires.partition(null);
    const y = await createScriptedPeer(mesh, "y");
    const honest = await openChain(mesh, [key]);
    const next = await tell(mesh, y, await write(mesh, honest, people()[2]));
    for (const peer of [a, b]) {
      expect((await peer.client.request({ method: "get_tip" })).hash).toBe(id(next));
    }
    await Promise.all([a.stop(), b.stop()]);
  });

  it("[NET-4] [TRK-2] whoever saw the longer of its two lines follows a key block on the shorter one", async () => {
    const mesh = await createTestMesh(203, settle);
    const a = await mesh.add("a");
    const x = await createScriptedPeer(mesh, "x");
    await mesh.run(12_000);
    const { chain, key } = await ownRound(mesh, x);
    const [, ben] = people();
    await mesh.run(5_000);
    for (const block of await line(mesh, chain, 3)) await tell(mesh, x, block);
    const other = await openChain(mesh, [key]);
    const [short] = await line(mesh, other, 1, ben.address);
    if (short === undefined) throw new RangeError("nothing sealed");
    x.serve(short);
    await mesh.run(PACE_MS);
    const next = await tell(mesh, x, await write(mesh, other, ben));
    expect((await a.client.request({ method: "get_tip" })).hash).toBe(id(next));
    expect(mesh.wires.scoreOf("x", "a")).toBe(0);
    await a.stop();
  });

  it("[NET-4] a head that is named and never shown keeps nobody from catching up", async () => {
    const mesh = await createTestMesh(204, settle);
    const a = await mesh.add("a");
    const x = await createScriptedPeer(mesh, "x");
    const y = await createScriptedPeer(mesh, "y");
    await mesh.run(12_000);
    const { chain, key } = await ownRound(mesh, x);
    x.answer = (question) => (question.TAG === "microblocks" ? new Promise(() => {}) : undefined);
    let heads = 0;
    const lie = (): void => {
      const head = new Uint8Array(32).fill(++heads);
      const status = { tip: bytesFromHex(id(key)), head, microIndex: 1, height: 1 };
      x.tell("a", { ...status, totalWork: chain.tip().totalWork });
      if (heads < 100) mesh.clock.after(2_000, lie);
    };
    lie();
    await mesh.run(PACE_MS);
    const next = await write(mesh, chain, people()[1]);
    y.serve(next);
    y.answer = (question) =>
      question.TAG === "headers"
        ? { TAG: "headers", data: [encodeHeader(next.header)] }
        : undefined;
    const tip = bytesFromHex(id(next));
    y.tell("a", { tip, height: 2, totalWork: chain.tip().totalWork });
    await mesh.run(20_000);
    expect((await a.client.request({ method: "get_tip" })).hash).toBe(id(next));
    await a.stop();
  });

  it("[NET-6] [TRK-2] however it tells them, two microblocks of one place are kept, and none of a round that is over", async () => {
    const mesh = await createTestMesh(205, settle);
    const disk = createSimulatedDisk();
    const a = await mesh.add("a", 2, disk);
    const x = await createScriptedPeer(mesh, "x");
    await mesh.run(12_000);
    const { chain, key } = await ownRound(mesh, x);
    await mesh.run(PACE_MS);
    const lines: Block[][] = [];
    for (let index = 0; index < 9; index++) {
      const own = await openChain(mesh, [key]);
      lines.push(
        await line(mesh, own, 2 + index, (10 + index).toString(16).repeat(64).slice(0, 64)),
      );
    }
    x.serve(...lines.flat());
    // Its first ones as usual, the next as gaps, then as heads, then from the near future.
    for (const [index, blocks] of lines.entries()) {
      const last = blocks.at(-1);
      if (last === undefined) continue;
      if (index < 6) await tell(mesh, x, last);
      else {
        const status = { tip: bytesFromHex(id(key)), head: bytesFromHex(id(last)), height: 1 };
        x.tell("a", {
          ...status,
          microIndex: last.header.microIndex,
          totalWork: chain.tip().totalWork,
        });
        await mesh.run(3_000);
      }
    }
    const stored = (): number =>
      lines.flat().filter((block) => disk.stories.get(chain.storyId)?.records.has(id(block)))
        .length;
    const keptInRound = stored();
    expect(
      lines.filter(([first]) => first && disk.stories.get(chain.storyId)?.records.has(id(first))),
    ).toHaveLength(2);
    await tell(mesh, x, await write(mesh, chain, people()[1]));
    for (const blocks of lines) for (const block of blocks) await tell(mesh, x, block);
    expect(stored()).toBe(keptInRound);
    expect(mesh.wires.scoreOf("x", "a")).toBe(0);
    await a.stop();
  });
});
