import { describe, expect, it } from "vitest";
import { createChain } from "../chain/create-chain.ts";
import { mineBlock, testAuthor } from "../chain/testing/mine.ts";
import { blockIdFromHex } from "../kernel/brand.ts";
import { storyIdOf } from "../kernel/genesis.ts";
import { MAX_FAULTS, type Peer } from "../peer/create-peer.ts";
import { MAX_RESPONSE_BYTES } from "../peer/limits.ts";
import { createMemoryDisk, createMemoryStore } from "../storage/memory-store.ts";
import { createScriptedPeer } from "./scripted-peer.ts";
import { createSimulatedDisk, type SimulatedDisk } from "./simulated-peer.ts";
import { createTestMesh, type TestMesh } from "./testing.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function codes(peer: Peer, of: string): Promise<string[]> {
  const { entries } = await peer.client.request({ method: "get_log", params: { limit: 500 } });
  return entries.filter((entry) => entry.peer === of).map((entry) => entry.code);
}

/** A disk with a story of so many pages, of which the texts are damaged. */
async function damagedDisk(mesh: TestMesh, pages: number): Promise<SimulatedDisk> {
  const kept = createMemoryDisk();
  const { chain } = await createChain({ genesis: mesh.genesis, store: createMemoryStore(kept) });
  for (let page = 0; page < pages; page++) {
    const nowMs = chain.tip().timestampMs + mesh.genesis.paceMs;
    const author = testAuthor(page % 2);
    await chain.connectBlock(mineBlock(chain, { author, text: `Page ${page}.`, nowMs }), nowMs);
  }
  for (const [id, body] of kept.bodies) {
    kept.bodies.set(
      id,
      body.map((byte, at) => (at === 5 ? byte ^ 1 : byte)),
    );
  }
  const disk = createSimulatedDisk();
  disk.stories.set(storyIdOf(mesh.genesis), kept);
  return disk;
}

describe("[NET-6] caps of a peer on the virtual mesh", () => {
  it("[NET-4] an answer beyond its size ends the connection", async () => {
    const mesh = await createTestMesh(71, settle);
    const a = await mesh.add("a");
    const x = await createScriptedPeer(mesh, "x");
    const large = new Uint8Array(MAX_RESPONSE_BYTES / 16);
    x.answer = (question) =>
      question.TAG === "headers"
        ? { TAG: "headers", data: Array.from({ length: 16 }, () => large) }
        : undefined;
    await mesh.run(1_000);
    x.tell("a", { tip: new Uint8Array(32).fill(9), height: 9, totalWork: 1n << 200n });
    await mesh.run(5_000);
    expect(await codes(a, "x")).toContain("response-too-large");
    expect(mesh.wires.scoreOf("x", "a")).toBe(-100);
    await a.stop();
  });

  it("[STO-4] of many faults the newest are shown", async () => {
    const mesh = await createTestMesh(72, settle);
    const pages = MAX_FAULTS + 5;
    const disk = await damagedDisk(mesh, pages);
    const a = await mesh.add("a", 1, disk);
    const { height } = await a.client.request({ method: "get_tip" });
    expect(height).toBe(pages);
    await a.client.request({ method: "get_canon", params: { limit: 500 } });
    const { faults } = await a.client.request({ method: "get_status" });
    expect(faults).toHaveLength(MAX_FAULTS);
    const { hash } = await a.client.request({ method: "get_tip" });
    expect(faults[0]?.code).toBe("body-corrupted");
    expect(faults[0]?.detail).toContain(blockIdFromHex(hash));
    await a.stop();
  });
});
