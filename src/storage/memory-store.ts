/**
 * `Store` in memory, for tests, simulations and tabs whose disk is refused. Its `MemoryDisk` outlives
 * it, so that a simulated crash loses what a real one would: nothing that was committed.
 *
 * @module
 */
import type { BlockRecord, IndexQuery, IndexRow, Store } from "../chain/ports/store.ts";
import type { BlockId } from "../kernel/brand.ts";
import { createGuard } from "./guard.ts";
import { indexRowFrom, ownIndexRows, rangeFromQuery } from "./index-rows.ts";
import { checkSameStory, ownBytes, RECORDS_PER_BATCH, rowFromRecord } from "./rows.ts";

/** What a memory store leaves behind when it is closed. */
export interface MemoryDisk {
  genesis: Uint8Array | undefined;
  tip: BlockId | undefined;
  readonly records: Map<BlockId, BlockRecord>;
  readonly bodies: Map<BlockId, Uint8Array>;
  readonly index: Map<string, Uint8Array>;
}

/** An empty disk. */
export function createMemoryDisk(): MemoryDisk {
  return {
    genesis: undefined,
    tip: undefined,
    records: new Map(),
    bodies: new Map(),
    index: new Map(),
  };
}

function byPlace(a: BlockRecord, b: BlockRecord): number {
  return a.height - b.height || a.microIndex - b.microIndex || (a.id < b.id ? -1 : 1);
}

function indexRows({ index }: MemoryDisk, query: IndexQuery): IndexRow[] {
  const range = rangeFromQuery(query);
  if (!range) return [];
  const { lower, lowerOpen, upper } = range;
  const keys = [...index.keys()]
    .filter((key) => (lowerOpen ? key > lower : key >= lower) && key < upper)
    .toSorted();
  if (query.reverse) keys.reverse();
  return keys.slice(0, query.limit).map((key) => indexRowFrom(key, index.get(key)));
}

function sizeBytes(disk: MemoryDisk): number {
  let total = disk.genesis?.length ?? 0;
  for (const { header, delta } of disk.records.values()) total += header.length + delta.length;
  for (const body of disk.bodies.values()) total += body.length;
  for (const [key, value] of disk.index) total += key.length + value.length;
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
        [...disk.records.values()].toSorted(byPlace),
      );
      for (let from = 0; from < ordered.length; from += RECORDS_PER_BATCH) {
        yield await guard.run("records", async () =>
          ordered.slice(from, from + RECORDS_PER_BATCH).map(rowFromRecord),
        );
      }
    },
    commit: ({ blocks, index, tip }) =>
      guard.run("commit", async () => {
        const rows = blocks.map(
          ({ record, body }) => [rowFromRecord(record), ownBytes(body)] as const,
        );
        const lines = ownIndexRows(index);
        for (const [record, body] of rows) {
          disk.records.set(record.id, record);
          disk.bodies.set(record.id, body);
        }
        for (const { key, value } of lines) disk.index.set(key, value);
        disk.tip = tip;
      }),
    bodies: (ids) =>
      guard.run("bodies", async () =>
        ids.map((id) => {
          const body = disk.bodies.get(id);
          return body && ownBytes(body);
        }),
      ),
    index: (query) => guard.run("index", async () => indexRows(disk, query)),
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
        disk.index.clear();
      }),
  };
}
