/**
 * `Store` in memory, for tests, simulations and tabs whose disk is refused. Its `MemoryDisk` outlives
 * it, so that a simulated crash loses what a real one would: nothing that was committed.
 *
 * @module
 */
import type { BlockRecord, Store } from "../chain/ports/store.ts";
import type { BlockId } from "../kernel/brand.ts";
import { createGuard } from "./guard.ts";
import { checkSameStory, ownBytes, RECORDS_PER_BATCH, rowFromRecord } from "./rows.ts";

/** What a memory store leaves behind when it is closed. */
export interface MemoryDisk {
  genesis: Uint8Array | undefined;
  tip: BlockId | undefined;
  readonly records: Map<BlockId, BlockRecord>;
  readonly bodies: Map<BlockId, Uint8Array>;
}

/** An empty disk. */
export function createMemoryDisk(): MemoryDisk {
  return { genesis: undefined, tip: undefined, records: new Map(), bodies: new Map() };
}

function byHeightThenId(a: BlockRecord, b: BlockRecord): number {
  return a.height - b.height || (a.id < b.id ? -1 : 1);
}

function sizeBytes(disk: MemoryDisk): number {
  let total = disk.genesis?.length ?? 0;
  for (const { header, delta } of disk.records.values()) total += header.length + delta.length;
  for (const body of disk.bodies.values()) total += body.length;
  return total;
}

/** A store over `disk`, or over a fresh one; errors as in `Store`. */
export function createMemoryStore(disk: MemoryDisk = createMemoryDisk()): Store {
  const guard = createGuard();
  return {
    genesis: () => guard.run("genesis", async () => disk.genesis && ownBytes(disk.genesis)),
    putGenesis: (genesis) =>
      guard.run("put-genesis", async () => {
        if (disk.genesis) checkSameStory(disk.genesis, genesis);
        else disk.genesis = ownBytes(genesis);
      }),
    tip: () => guard.run("tip", async () => disk.tip),
    async *records() {
      const ordered = await guard.run("records", async () =>
        [...disk.records.values()].toSorted(byHeightThenId),
      );
      for (let from = 0; from < ordered.length; from += RECORDS_PER_BATCH) {
        yield await guard.run("records", async () =>
          ordered.slice(from, from + RECORDS_PER_BATCH).map(rowFromRecord),
        );
      }
    },
    commit: ({ blocks, tip }) =>
      guard.run("commit", async () => {
        const rows = blocks.map(
          ({ record, body }) => [rowFromRecord(record), ownBytes(body)] as const,
        );
        for (const [record, body] of rows) {
          disk.records.set(record.id, record);
          disk.bodies.set(record.id, body);
        }
        disk.tip = tip;
      }),
    bodies: (ids) =>
      guard.run("bodies", async () =>
        ids.map((id) => {
          const body = disk.bodies.get(id);
          return body && ownBytes(body);
        }),
      ),
    replaceBody: (id, body) =>
      guard.run("replace-body", async () => {
        disk.bodies.set(id, ownBytes(body));
      }),
    discard: (ids, tip) =>
      guard.run("discard", async () => {
        for (const id of ids) {
          disk.records.delete(id);
          disk.bodies.delete(id);
        }
        disk.tip = tip;
      }),
    usage: () =>
      guard.run("usage", async () => ({ usedBytes: sizeBytes(disk), quotaBytes: undefined })),
    async close() {
      guard.close("closed");
    },
    erase: () =>
      guard.run("erase", async () => {
        guard.close("erased");
        disk.genesis = undefined;
        disk.tip = undefined;
        disk.records.clear();
        disk.bodies.clear();
      }),
  };
}
