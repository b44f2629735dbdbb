import { describe, expect, it } from "vitest";
import type { Peer } from "../peer/create-peer.ts";
import type { TipView } from "../peer/rpc/shapes.ts";
import { createSimulatedDisk } from "./simulated-peer.ts";
import { createTestMesh } from "./testing.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Follows a peer's tip by its events, as the app does. */
async function follow(peer: Peer): Promise<{ tip: TipView }> {
  const seen = { tip: await peer.client.request({ method: "get_tip" }) };
  peer.client.on("tip", (tip) => {
    seen.tip = tip;
  });
  return seen;
}

describe("peers on a virtual mesh", () => {
  it("[FRK-2] [NET-1] [NET-2] mine, agree on one canon and stop on one tip and state root", async () => {
    const mesh = await createTestMesh(1, settle);
    const peers = [await mesh.add("a"), await mesh.add("b"), await mesh.add("c")];
    const tips = await Promise.all(peers.map(follow));
    for (const peer of peers) {
      await peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
    }
    await mesh.until("12 paragraphs", 1_200_000, () => tips.every(({ tip }) => tip.height >= 12));
    for (const peer of peers) await peer.client.request({ method: "stop_mining" });
    await mesh.until("one tip", 60_000, () => new Set(tips.map(({ tip }) => tip.hash)).size === 1);
    expect(new Set(tips.map(({ tip }) => tip.stateRoot)).size).toBe(1);
    const { paragraphs } = await (peers[0] as Peer).client.request({ method: "get_canon" });
    expect(new Set(paragraphs.map(({ author }) => author)).size).toBe(3);
    for (const [index, paragraph] of paragraphs.entries()) {
      const before = paragraphs[index - 1];
      if (before?.author !== paragraph.author) continue;
      expect(paragraph.timestampMs - before.timestampMs).toBeGreaterThanOrEqual(30_000);
    }
    await Promise.all(peers.map((peer) => peer.stop()));
  });

  it("[NET-4] a late peer syncs headers first, verifies everything and may then mine", async () => {
    const mesh = await createTestMesh(2, settle);
    const first = await mesh.add("a", 8);
    const tip = await follow(first);
    await first.client.request({ method: "start_mining", params: { writer: "builtin" } });
    await mesh.until("30 paragraphs", 7_200_000, () => tip.tip.height >= 30);
    await first.client.request({ method: "stop_mining" });
    const late = await mesh.add("late");
    const phases: string[] = [];
    late.client.on("sync", (sync) => phases.push(sync.phase));
    const lateTip = await follow(late);
    await mesh.until("synced", 60_000, () => lateTip.tip.hash === tip.tip.hash);
    expect(phases).toContain("bodies");
    await mesh.run(1_000);
    expect(phases.at(-1)).toBe("synced");
    await Promise.all([first.stop(), late.stop()]);
  });

  it("[FRK-1] [FRK-3] a partition heals to one canon and the losers are apocrypha", async () => {
    const mesh = await createTestMesh(3, settle);
    const ids = ["a", "b", "c", "d"];
    const peers: Peer[] = [];
    for (const id of ids) peers.push(await mesh.add(id, id < "c" ? 6 : 2));
    const tips = await Promise.all(peers.map(follow));
    const reorgs: unknown[] = [];
    for (const peer of peers) peer.client.on("reorg", (reorg) => reorgs.push(reorg));
    await mesh.run(10_000);
    mesh.wires.partition([
      ["a", "b"],
      ["c", "d"],
    ]);
    for (const peer of peers) {
      await peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
    }
    await mesh.until("both sides write", 2_400_000, () => tips.every(({ tip }) => tip.height >= 4));
    for (const peer of peers) await peer.client.request({ method: "stop_mining" });
    await mesh.run(1_000);
    expect(new Set(tips.map(({ tip }) => tip.hash)).size).toBe(2);
    mesh.wires.partition(null);
    await mesh.until(
      "one canon",
      60_000,
      () => new Set(tips.map(({ tip }) => tip.hash)).size === 1,
    );
    expect(reorgs.length).toBeGreaterThan(0);
    const apocrypha = await Promise.all(
      peers.map((peer) => peer.client.request({ method: "get_apocrypha" })),
    );
    expect(Math.max(...apocrypha.map(({ total }) => total))).toBeGreaterThanOrEqual(4);
    await Promise.all(peers.map((peer) => peer.stop()));
  });

  it("[STO-1] a peer switched off at any moment comes back with what it announced, as the same author", async () => {
    const mesh = await createTestMesh(4, settle);
    const disk = createSimulatedDisk();
    const before = await mesh.add("a", 8, disk);
    const tip = await follow(before);
    await before.client.request({ method: "start_mining", params: { writer: "builtin" } });
    await mesh.until("5 paragraphs", 1_200_000, () => tip.tip.height >= 5);
    const wallet = await before.client.request({ method: "get_wallet" });
    await before.stop();
    const after = await mesh.add("a", 8, disk);
    expect(tip.tip).toMatchObject(await after.client.request({ method: "get_tip" }));
    expect((await after.client.request({ method: "get_wallet" })).address).toBe(wallet.address);
    // It was mining when it was switched off: consent is kept per slot, so it goes on.
    expect((await after.client.request({ method: "get_status" })).mining.consent).toBe(true);
    await after.stop();
  });

  it("[NET-3] the tracker's list is signed and carries its peers; another peer says who the tracker is", async () => {
    const mesh = await createTestMesh(5, settle);
    const [a, b] = [await mesh.add("a", 8), await mesh.add("b", 0.001)];
    const tip = await follow(a);
    await mesh.run(15_000);
    await a.client.request({ method: "start_mining", params: { writer: "builtin" } });
    await mesh.until("one paragraph", 600_000, () => tip.tip.height >= 1);
    await a.client.request({ method: "stop_mining" });
    await mesh.run(1_000);
    const asking = b.client.request({ method: "get_tracker_list" });
    await mesh.run(12_000);
    const list = await asking;
    expect(list.authoritative).toBe(true);
    expect(list.tracker).toBe((await a.client.request({ method: "get_wallet" })).address);
    expect(list.peers.map(({ id }) => id).sort()).toEqual(["a", "b"]);
    await Promise.all([a.stop(), b.stop()]);
  });
});
