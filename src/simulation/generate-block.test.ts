import { afterEach, describe, expect, it } from "vitest";
import type { Peer } from "../peer/create-peer.ts";
import { MAX_GENERATED_WORK } from "../peer/limits.ts";
import type { TipView } from "../peer/rpc/shapes.ts";
import { createTestMesh, START_MS, type TestMesh } from "./testing.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const PACE_MS = 15_000;
const running: Peer[] = [];
afterEach(async () => {
  for (const peer of running.splice(0)) await peer.stop();
});

interface Seen {
  readonly peer: Peer;
  tip: TipView;
}

async function watched(mesh: TestMesh, id: string): Promise<Seen> {
  const peer = await mesh.add(id);
  running.push(peer);
  const seen: Seen = { peer, tip: await peer.client.request({ method: "get_tip" }) };
  peer.client.on("tip", (next) => {
    seen.tip = next;
  });
  return seen;
}

async function pair(seed: number): Promise<{ mesh: TestMesh; a: Seen; b: Seen }> {
  const mesh = await createTestMesh(seed, settle);
  const [a, b] = [await watched(mesh, "a"), await watched(mesh, "b")];
  // Past the first quarter of the pace, and in step with each other.
  await mesh.run(PACE_MS);
  return { mesh, a, b };
}

describe("generate_block", () => {
  it("[HDR-1] [NET-1] makes one key block that everybody takes, with the text given", async () => {
    const { mesh, a, b } = await pair(71);
    const made = await a.peer.client.request({
      method: "generate_block",
      params: { text: "  A bell was rung for nobody.  " },
    });
    expect(made).toMatchObject({ height: 1, canon: true, timestampMs: mesh.clock.now() });
    await mesh.until("news", 5_000, () => b.tip.hash === made.hash);
    const block = await b.peer.client.request({ method: "get_block", params: { height: 1 } });
    expect(block.paragraph).toMatchObject({ text: "A bell was rung for nobody.", mine: false });
    expect(block.paragraph?.provenance.writer).toBe("human");
    const { mining } = await a.peer.client.request({ method: "get_status" });
    expect(mining).toMatchObject({ found: 1, consent: false, active: false });
  });

  it("[PAR-2] without a text the built-in writer writes, and can be replayed", async () => {
    const { a } = await pair(72);
    await a.peer.client.request({ method: "generate_block" });
    const block = await a.peer.client.request({ method: "get_block", params: { height: 1 } });
    expect(block).toMatchObject({ replay: "verified" });
  });

  it("[TRK-1] [HDR-6] an author rests, and nobody comes before a quarter of the pace", async () => {
    const { mesh, a, b } = await pair(73);
    const first = await a.peer.client.request({ method: "generate_block" });
    await mesh.until("news", 1_000, () => b.tip.hash === first.hash);
    const restUntilMs = first.timestampMs + 2 * PACE_MS;
    await expect(a.peer.request({ method: "generate_block" })).rejects.toMatchObject({
      code: "resting",
      data: { untilMs: restUntilMs },
    });
    // One quarter of 15 s lies within the 10 s that clocks may differ by: the block may be made at once.
    const second = await b.peer.client.request({ method: "generate_block" });
    expect(second.timestampMs).toBe(first.timestampMs + Math.floor(PACE_MS / 4));
    await mesh.run(restUntilMs - mesh.clock.now());
    const third = await a.peer.client.request({ method: "generate_block" });
    expect(third.height).toBe(3);
  });

  it("[HDR-6] is refused while its block would come from the future", async () => {
    const mesh = await createTestMesh(74, settle, { paceMs: 120_000 });
    const a = await watched(mesh, "a");
    await mesh.run(10_000);
    // Half a minute after the genesis at the earliest; others take it 10 s before that.
    await expect(a.peer.request({ method: "generate_block" })).rejects.toMatchObject({
      code: "too-early",
      data: { untilMs: START_MS + 20_000 },
    });
    await mesh.run(START_MS + 20_000 - mesh.clock.now());
    expect(await a.peer.client.request({ method: "generate_block" })).toMatchObject({ height: 1 });
  });

  it("[PAR-1] a paragraph that the story refuses makes no block", async () => {
    const { a } = await pair(79);
    const text = "word ".repeat(141);
    await expect(
      a.peer.request({ method: "generate_block", params: { text } }),
    ).rejects.toMatchObject({ code: "too-many-words" });
    expect(a.tip.height).toBe(0);
  });

  it("is refused before the peer knows where the others stand", async () => {
    const mesh = await createTestMesh(75, settle);
    const a = await watched(mesh, "a");
    await expect(a.peer.request({ method: "generate_block" })).rejects.toMatchObject({
      code: "not-synced",
    });
  });

  it("two calls at once make one block", async () => {
    const { a } = await pair(76);
    const [first, second] = await Promise.allSettled(
      ["One.", "Two."].map((text) =>
        a.peer.client.request({ method: "generate_block", params: { text } }),
      ),
    );
    expect(first).toMatchObject({ status: "fulfilled" });
    expect(second).toMatchObject({ status: "rejected", reason: { code: "block-under-way" } });
    expect(a.tip.height).toBe(1);
  });

  it("[NET-6] is refused beyond MAX_GENERATED_WORK, without a try", async () => {
    const { mesh, a } = await pair(77);
    await a.peer.client.request({
      method: "set_difficulty",
      params: { value: Number(MAX_GENERATED_WORK) + 1_024 },
    });
    await mesh.run(PACE_MS);
    await expect(a.peer.request({ method: "generate_block" })).rejects.toMatchObject({
      code: "too-hard",
      data: { max: MAX_GENERATED_WORK.toString() },
    });
  });

  it("is refused in a story that is no test, and while the wallet is locked", async () => {
    const { a, b } = await pair(78);
    await a.peer.client.request({
      method: "create_story",
      params: { title: "Live", premise: "It was no test.", network: "live" },
    });
    await expect(a.peer.request({ method: "generate_block" })).rejects.toMatchObject({
      code: "not-a-test-story",
    });
    await b.peer.client.request({
      method: "set_passphrase",
      params: { passphrase: "a long enough one" },
    });
    await b.peer.client.request({ method: "lock_wallet" });
    await expect(b.peer.request({ method: "generate_block" })).rejects.toMatchObject({
      code: "wallet-locked",
    });
  });
});
