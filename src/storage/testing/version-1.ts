/**
 * A story's database as version 1 of the schema left it, for tests of the migration (STO-2): rows are laid
 * down by hand here, as that program did, and not by today's code, which may change.
 *
 * @module
 */
import type { BlockRecord } from "../../chain/ports/store.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { madeUpBlock, madeUpBytes, madeUpId } from "./made-up.ts";

/** A record of version 1, which knew key blocks only. */
export type RecordVersion1 = Omit<BlockRecord, "microIndex">;

/** What the database holds. */
export interface StoryVersion1 {
  readonly genesis: Uint8Array;
  readonly tip: BlockId;
  readonly blocks: readonly { readonly record: RecordVersion1; readonly body: Uint8Array }[];
}

/** A story of made-up blocks at heights 1 to `count`, with one more beside each third. */
export function madeUpStoryVersion1(count: number): StoryVersion1 {
  const main = Array.from({ length: count }, (_, index) => madeUpBlock(index + 1));
  const beside = main
    .filter((_, index) => index % 3 === 0)
    .map(({ record }) => madeUpBlock(record.height + count, record.height));
  const blocks = [...main, ...beside].map(({ record, body }) => {
    const { microIndex: _none, ...rest } = record;
    return { record: rest, body };
  });
  return { genesis: madeUpBytes(1, 900), tip: madeUpId(count), blocks };
}

/** The records of that story as today's store must give them. */
export function migratedRecords({ blocks }: StoryVersion1): BlockRecord[] {
  return blocks
    .map(({ record }) => ({ ...record, microIndex: 0 }))
    .toSorted((a, b) => a.height - b.height || (a.id < b.id ? -1 : 1));
}

/** Lays that story down in IndexedDB. */
export async function writeIdbVersion1(
  factory: IDBFactory,
  name: string,
  { genesis, tip, blocks }: StoryVersion1,
): Promise<void> {
  const request = factory.open(name, 1);
  request.addEventListener("upgradeneeded", () => {
    const database = request.result;
    database.createObjectStore("meta");
    const records = database.createObjectStore("records", { keyPath: "id" });
    records.createIndex("height", ["height", "id"]);
    database.createObjectStore("bodies");
  });
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new TypeError("open")));
  });
  const transaction = database.transaction(["meta", "records", "bodies"], "readwrite");
  transaction.objectStore("meta").put(genesis, "genesis");
  transaction.objectStore("meta").put(tip, "tip");
  for (const { record, body } of blocks) {
    transaction.objectStore("records").put(record);
    transaction.objectStore("bodies").put(body, record.id);
  }
  await new Promise<void>((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error ?? new TypeError("put")));
  });
  database.close();
}
