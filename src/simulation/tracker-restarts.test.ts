import { describe, expect, it } from "vitest";
import type { BlockRecord } from "../chain/ports/store.ts";
import { storyIdOf } from "../kernel/genesis.ts";
import type { Peer } from "../peer/create-peer.ts";
import { createSimulatedDisk, type SimulatedDisk } from "./simulated-peer.ts";
import { createTestMesh, type TestMesh } from "./testing.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const STRANGER = "ab".repeat(32);

/** The peer writes a page and mines no more: it is the tracker. */
async function writePage(mesh: TestMesh, peer: Peer): Promise<void> {
  const seen = { height: 0 };
  const unlisten = peer.client.on("tip", ({ height }) => {
    seen.height = height;
  });
  await peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
  await mesh.until("a page", 3_600_000, () => seen.height > 0);
  await peer.client.request({ method: "stop_mining" });
  unlisten();
  await mesh.run(20_000);
}

const pay = (peer: Peer): Promise<unknown> =>
  peer.client.request({ method: "send_tokens", params: { to: STRANGER, consumer: "1" } });
const waiting = async (peer: Peer): Promise<number> =>
  (await peer.client.request({ method: "get_mempool" })).size;
const sealed = (mesh: TestMesh, disk: SimulatedDisk): readonly BlockRecord[] =>
  [...(disk.stories.get(storyIdOf(mesh.genesis))?.records.values() ?? [])].filter(
    ({ microIndex }) => microIndex > 0,
  );

describe("a tracker that was switched off in its round", () => {
  it("[TRK-2] [MEM-8] goes on to seal what waited", async () => {
    const mesh = await createTestMesh(301, settle);
    const disk = createSimulatedDisk();
    const before = await mesh.add("a", 8, disk);
    await mesh.run(10_000);
    await writePage(mesh, before);
    for (let count = 0; count < 2; count++) {
      await pay(before);
      await mesh.run(100);
    }
    expect(await waiting(before)).toBe(1);
    await before.stop();
    const after = await mesh.add("a", 8, disk);
    expect(await waiting(after)).toBe(1);
    await mesh.run(12_000);
    expect(await waiting(after)).toBe(0);
    expect(sealed(mesh, disk).map(({ microIndex }) => microIndex)).toEqual([1, 2]);
    await after.stop();
  });

  it("[TRK-2] seals nothing before it has heard what it had sealed, should its disk have lost it", async () => {
    const mesh = await createTestMesh(302, settle);
    const [own, others] = [createSimulatedDisk(), createSimulatedDisk()];
    const before = await mesh.add("a", 8, own);
    const witness = await mesh.add("b", 2, others);
    await mesh.run(10_000);
    await writePage(mesh, before);
    await pay(before);
    await mesh.run(3_000);
    expect(sealed(mesh, others)).toHaveLength(1);
    await before.stop();
    const records = own.stories.get(storyIdOf(mesh.genesis))?.records;
    for (const record of sealed(mesh, own)) {
      records?.set(record.id, { ...record, delta: record.delta.with(0, 1) });
    }
    const after = await mesh.add("a", 8, own);
    await pay(after);
    await mesh.run(15_000);
    const places = sealed(mesh, others).map(({ microIndex }) => microIndex);
    expect(places).toEqual([...new Set(places)]);
    expect(sealed(mesh, own)).toHaveLength(places.length);
    await Promise.all([after.stop(), witness.stop()]);
  });
});
