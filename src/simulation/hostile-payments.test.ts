import { describe, expect, it } from "vitest";
import { type Chain, createChain } from "../chain/create-chain.ts";
import { mineBlock, type TestAuthor, testAuthor } from "../chain/testing/mine.ts";
import { pay, sealBlock } from "../chain/testing/pay.ts";
import type { Block } from "../kernel/block.ts";
import type { SignedTransaction } from "../kernel/transaction.ts";
import type { Peer } from "../peer/create-peer.ts";
import { createMemoryStore } from "../storage/memory-store.ts";
import { createScriptedPeer, type ScriptedPeer } from "./scripted-peer.ts";
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
