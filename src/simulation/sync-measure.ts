/**
 * Measures NET-4 without wires: one peer writes a long story, another one that knows nothing but the
 * genesis syncs it, verifying every header, signature, body and state root.
 *
 * @module
 */
import type { Peer } from "../peer/create-peer.ts";
import { createSimulatedDisk } from "./simulated-peer.ts";
import { createTestMesh } from "./testing.ts";

/** What to measure, with the ports of the machine. */
export interface SyncMeasureOptions {
  readonly paragraphs: number;
  readonly settle: () => Promise<void>;
  /** Wall time in ms. */
  readonly nowMs: () => number;
  readonly log?: (line: string) => void;
}

/** What was measured. */
export interface SyncFigures {
  readonly paragraphs: number;
  /** Wall time from the new peer's start to the same tip, state root and phase `synced`. */
  readonly seconds: number;
  readonly blocksPerSecond: number;
  readonly storeBytes: number;
  readonly requests: number;
}

interface Tip {
  readonly hash: string;
  readonly height: number;
}

/** Runs the measurement. */
export async function measureSync(options: SyncMeasureOptions): Promise<SyncFigures> {
  const mesh = await createTestMesh(6, options.settle, { paceMs: 15_000, latencyMs: 0 });
  const writer = await mesh.add("writer", 8, createSimulatedDisk());
  const tipOf = (peer: Peer): Promise<Tip> => peer.client.request({ method: "get_tip" });
  let written = 0;
  writer.client.on("tip", (tip) => {
    written = tip.height;
  });
  await writer.client.request({ method: "start_mining", params: { writer: "builtin" } });
  await mesh.until(
    `${options.paragraphs} paragraphs`,
    options.paragraphs * 600_000,
    () => written >= options.paragraphs,
  );
  await writer.client.request({ method: "stop_mining" });
  options.log?.(`${written} paragraphs written`);
  const goal = await tipOf(writer);

  const requestsBefore = mesh.wires.delivered();
  const startedMs = options.nowMs();
  const reader = await mesh.add("reader", 8, createSimulatedDisk());
  // Asked before listening: without latency the first steps have happened already.
  let { phase } = (await reader.client.request({ method: "get_status" })).sync;
  reader.client.on("sync", (sync) => {
    ({ phase } = sync);
  });
  await mesh.until("synced", 600_000, () => phase === "synced");
  const seconds = (options.nowMs() - startedMs) / 1_000;
  const [status, sourceStatus] = await Promise.all(
    [reader, writer].map((peer) => peer.client.request({ method: "get_status" })),
  );
  if (status?.tip.hash !== goal.hash || status.tip.stateRoot !== sourceStatus?.tip.stateRoot) {
    throw new RangeError(`synced to ${status?.tip.hash}, not to ${goal.hash}`);
  }
  const figures = {
    paragraphs: goal.height,
    seconds,
    blocksPerSecond: goal.height / seconds,
    storeBytes: status.storage.usedBytes ?? 0,
    requests: mesh.wires.delivered() - requestsBefore,
  };
  await Promise.all([reader.stop(), writer.stop()]);
  return figures;
}
