import { afterEach, describe, expect, it } from "vitest";
import type { Peer } from "../peer/create-peer.ts";
import type { DraftView, MiningView, TipView } from "../peer/rpc/shapes.ts";
import { createSimulatedDisk } from "./simulated-peer.ts";
import { createTestMesh, type TestMesh } from "./testing.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Seen {
  readonly peer: Peer;
  tip: TipView;
  mining: MiningView;
  draft: DraftView | null;
}

const running: Peer[] = [];
afterEach(async () => {
  for (const peer of running.splice(0)) await peer.stop();
});

async function watch(peer: Peer): Promise<Seen> {
  running.push(peer);
  const status = await peer.client.request({ method: "get_status" });
  const { draft } = await peer.client.request({ method: "get_draft" });
  const seen: Seen = { peer, tip: status.tip, mining: status.mining, draft };
  peer.client.on("tip", (tip) => {
    seen.tip = tip;
  });
  peer.client.on("mining", (mining) => {
    seen.mining = mining;
  });
  peer.client.on("draft", (event) => {
    seen.draft = event.draft;
  });
  return seen;
}

const mine = (seen: Seen, writer: "builtin" | "human"): Promise<MiningView> =>
  seen.peer.client.request({ method: "start_mining", params: { writer } });
const submit = async (seen: Seen, text: string, follow = false): Promise<void> => {
  await seen.peer.client.request({ method: "submit_paragraph", params: { text, follow } });
};
const reasonOf = async (seen: Seen): Promise<MiningView["reason"]> =>
  (await seen.peer.client.request({ method: "get_status" })).mining.reason;

async function pair(seed: number): Promise<{ mesh: TestMesh; a: Seen; b: Seen }> {
  const mesh = await createTestMesh(seed, settle);
  const a = await watch(await mesh.add("a", 8));
  const b = await watch(await mesh.add("b", 8));
  await mesh.run(2_000);
  return { mesh, a, b };
}

describe("the producer", () => {
  it("never mines without consent, and says so; stopping is immediate and is no first visit again", async () => {
    const mesh = await createTestMesh(31, settle);
    const a = await watch(await mesh.add("a", 8));
    await mesh.run(600_000);
    expect(a.tip.height).toBe(0);
    expect(await reasonOf(a)).toBe("no-consent");
    await mine(a, "builtin");
    await mesh.until("mining", 60_000, () => a.mining.active);
    const stopped = await a.peer.client.request({ method: "stop_mining" });
    expect(stopped).toMatchObject({ active: false, reason: "stopped", consent: false });
    const { height } = a.tip;
    await mesh.run(600_000);
    expect(a.tip.height).toBe(height);
  });

  it("[NET-4] does not mine before it is in sync or knows that it is alone", async () => {
    const mesh = await createTestMesh(32, settle);
    const a = await watch(await mesh.add("a", 8));
    expect(await mine(a, "builtin")).toMatchObject({ active: false, reason: "not-synced" });
    await mesh.run(5_000);
    expect(a.mining).toMatchObject({ active: false, reason: "not-synced" });
    await mesh.run(2_000);
    expect((await a.peer.client.request({ method: "get_status" })).sync.phase).toBe("alone");
    expect(a.mining.active).toBe(true);
  });

  it("[TRK-1] rests after its paragraph, says until when, and goes on by itself", async () => {
    const mesh = await createTestMesh(33, settle);
    const a = await watch(await mesh.add("a", 8));
    await mine(a, "builtin");
    await mesh.until("a paragraph", 600_000, () => a.tip.height === 1);
    await mesh.run(100);
    expect(a.mining).toMatchObject({ active: false, reason: "resting" });
    expect(a.mining.restUntilMs).toBe(a.tip.timestampMs + 30_000);
    await mesh.until("mining again", 31_000, () => a.mining.active);
    await mesh.until("the next", 600_000, () => a.tip.height === 2);
  });

  it("without a paragraph it waits for one, and with a human writer only the person's text is mined", async () => {
    const mesh = await createTestMesh(34, settle);
    const a = await watch(await mesh.add("a", 8));
    await mesh.run(7_000);
    await mine(a, "human");
    await mesh.run(300_000);
    expect([a.tip.height, await reasonOf(a)]).toEqual([0, "no-paragraph"]);
    await submit(a, "A lamp was lit in the empty house.");
    await mesh.until("it is in the book", 600_000, () => a.draft?.state === "canon");
    const { paragraphs } = await a.peer.client.request({ method: "get_canon" });
    expect(paragraphs.map(({ text }) => text)).toEqual(["A lamp was lit in the empty house."]);
    await mesh.run(300_000);
    expect(a.tip.height).toBe(1);
  });

  it.each([
    [{ hidden: false, onBattery: true }, {}, "on-battery"],
    [{ hidden: false, onBattery: true }, { mineOnBattery: true }, null],
    [{ hidden: true, onBattery: false }, { hiddenPreset: "off" as const }, "hidden"],
    [{ hidden: true, onBattery: false }, { hiddenPreset: "gentle" as const }, null],
    [{ hidden: true, onBattery: null }, { hiddenPreset: "same" as const }, null],
  ])(
    "in %j with %j the reason not to mine is %s, and it ends with its cause",
    async (environment, settings, reason) => {
      const mesh = await createTestMesh(35, settle);
      const a = await watch(await mesh.add("a", 0.001));
      await mesh.run(7_000);
      await mine(a, "builtin");
      await mesh.run(100);
      expect(a.mining.active).toBe(true);
      await a.peer.client.request({ method: "set_settings", params: settings });
      a.peer.setEnvironment(environment);
      await mesh.run(10);
      expect(await reasonOf(a)).toBe(reason);
      expect(a.mining.active).toBe(reason === null);
      a.peer.setEnvironment({ hidden: false, onBattery: false });
      await mesh.run(10);
      expect(a.mining.active).toBe(true);
    },
  );

  it("[HDR-6] a candidate states when it was made, and is made anew every 2 s: no block is older", async () => {
    const mesh = await createTestMesh(37, settle);
    // Several seconds for each try: a candidate made once would be as old as the whole search.
    const a = await watch(await mesh.add("a", 0.4));
    const agesMs: number[] = [];
    a.peer.client.on("tip", ({ timestampMs }) => agesMs.push(mesh.clock.now() - timestampMs));
    await mesh.run(7_000);
    await mine(a, "builtin");
    await mesh.until("12 paragraphs", 3_600_000, () => a.tip.height >= 12);
    expect(Math.max(...agesMs)).toBeLessThanOrEqual(2_001);
    expect(new Set(agesMs).size).toBeGreaterThan(3);
  });

  it("[STO-1] a full disk stops mining and says so; with room again it goes on by itself", async () => {
    const mesh = await createTestMesh(38, settle);
    const disk = createSimulatedDisk();
    const a = await watch(await mesh.add("a", 8, disk));
    await mine(a, "builtin");
    await mesh.until("a paragraph", 600_000, () => a.tip.height === 1);
    disk.full = true;
    await mesh.until("refused", 600_000, () => a.mining.reason === "store-full");
    expect(a.mining.active).toBe(false);
    // It tries again from time to time, and nothing that was not stored counts.
    await mesh.run(600_000);
    expect((await a.peer.client.request({ method: "get_tip" })).height).toBe(1);
    disk.full = false;
    await mesh.until("the next paragraph", 600_000, () => a.tip.height === 2);
    expect(a.mining.reason).not.toBe("store-full");
  });

  it("goes on after a reload as the person left it", async () => {
    const mesh = await createTestMesh(36, settle);
    const disk = createSimulatedDisk();
    const before = await mesh.add("a", 8, disk);
    await before.client.request({ method: "start_mining", params: { writer: "builtin" } });
    await before.stop();
    const a = await watch(await mesh.add("a", 8, disk));
    await mesh.until("mining without a click", 10_000, () => a.mining.active);
    expect(a.mining).toMatchObject({ consent: true, writer: "builtin" });
  });
});

describe("drafts", () => {
  it("are kept through a reload, with the page they were written for", async () => {
    const mesh = await createTestMesh(41, settle);
    const disk = createSimulatedDisk();
    const first = await mesh.add("a", 8, disk);
    await first.client.request({ method: "save_draft", params: { text: "Half a sen" } });
    await first.stop();
    const a = await watch(await mesh.add("a", 8, disk));
    expect(a.draft).toMatchObject({ text: "Half a sen", state: "editing", parentHeight: 0 });
  });

  it("are displaced when somebody else comes first, keep their text, and can be offered again", async () => {
    const { mesh, a, b } = await pair(42);
    await submit(a, "Mine would have been next.");
    await mine(b, "builtin");
    await mesh.until("displaced", 600_000, () => a.draft?.state === "displaced");
    await b.peer.client.request({ method: "stop_mining" });
    expect(a.draft).toMatchObject({ text: "Mine would have been next.", parentHeight: 0 });
    await mine(a, "human");
    await a.peer.client.request({ method: "rebase_draft", params: { offer: true } });
    expect(a.draft).toMatchObject({ state: "offered", parentHeight: a.tip.height });
    await mesh.until("in the book", 600_000, () => a.draft?.state === "canon");
  });

  it("that follow are offered again on every new page", async () => {
    const { mesh, a, b } = await pair(43);
    await submit(a, "Whenever there is room.", true);
    await mine(b, "builtin");
    await mesh.until("two pages", 1_200_000, () => a.tip.height >= 2);
    await mesh.run(100);
    expect(a.draft).toMatchObject({ state: "offered", parent: a.tip.hash });
  });

  it("a second paragraph replaces the first offer; only the second is mined", async () => {
    const { mesh, a } = await pair(44);
    await submit(a, "The first thought.");
    await submit(a, "The second thought.");
    await mine(a, "human");
    await mesh.until("in the book", 600_000, () => a.draft?.state === "canon");
    const { paragraphs } = await a.peer.client.request({ method: "get_canon" });
    expect(paragraphs.map(({ text }) => text)).toEqual(["The second thought."]);
  });

  it("[FRK-3] a paragraph that a reorganisation takes out of the book is a draft again", async () => {
    const { mesh, a, b } = await pair(45);
    mesh.wires.partition([["a"], ["b"]]);
    await mesh.run(7_000);
    await mine(a, "human");
    await submit(a, "Written on the losing side.");
    await mesh.until("in a's book", 600_000, () => a.draft?.state === "canon");
    await mine(b, "builtin");
    await mesh.until("b is ahead", 2_400_000, () => b.tip.height >= 4);
    await b.peer.client.request({ method: "stop_mining" });
    mesh.wires.partition(null);
    await mesh.until("displaced", 60_000, () => a.draft?.state === "displaced");
    expect(a.draft).toMatchObject({ text: "Written on the losing side.", block: null });
    expect(a.tip.hash).toBe(b.tip.hash);
  });
});
