/**
 * A store for tests of the chain and of what stands on it: the `Store` port in memory, with the ways to
 * harm it that a disk knows (a commit that fails, a flipped bit, a lost body) and snapshots to restart
 * from. Test-only: the product's memory store is another and passes the port's acceptance suite.
 *
 * @module
 */
import type { BlockId } from "../../kernel/brand.ts";
import { equalBytes } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import type { BlockRecord, IndexQuery, IndexRow, Store, StoredBlock } from "../ports/store.ts";

/** A store whose contents a test can copy and harm. */
export interface TestStore extends Store {
  /** An independent store with the present contents: the disk after a crash now. */
  snapshot(): TestStore;
  /** The next commit rejects with `code` and writes nothing. */
  failNextCommit(code: string): void;
  /** Replaces a block's record; the record handed in is the stored one. */
  changeRecord(id: BlockId, change: (record: BlockRecord) => BlockRecord): void;
  /** Replaces or (with `undefined`) loses a block's body. */
  changeBody(id: BlockId, change: (body: Uint8Array) => Uint8Array | undefined): void;
  /** Points the stored tip elsewhere. */
  changeTip(id: BlockId | undefined): void;
  /** Ids of all records, in ascending height, then micro index. */
  ids(): readonly BlockId[];
  /** Number of commits so far. */
  commits(): number;
  /** How often all records were read so far. */
  recordReads(): number;
}

interface Contents {
  genesis: Uint8Array | undefined;
  tip: BlockId | undefined;
  readonly records: Map<BlockId, BlockRecord>;
  readonly bodies: Map<BlockId, Uint8Array>;
  readonly index: Map<string, Uint8Array>;
}

/** An empty test store. */
export function createTestStore(): TestStore {
  return storeOf({
    genesis: undefined,
    tip: undefined,
    records: new Map(),
    bodies: new Map(),
    index: new Map(),
  });
}

function indexRows(
  index: ReadonlyMap<string, Uint8Array>,
  { prefix, after, limit, reverse = false }: IndexQuery,
): IndexRow[] {
  const rows = [...index]
    .map(([key, value]) => ({ key, value }))
    .filter(({ key }) => key.startsWith(prefix))
    .filter(({ key }) => after === undefined || (reverse ? key < after : key > after))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  if (reverse) rows.reverse();
  return rows.slice(0, limit);
}

function storeOf(contents: Contents): TestStore {
  let failure: string | undefined;
  let commits = 0;
  let recordReads = 0;
  const ascending = (): BlockRecord[] =>
    [...contents.records.values()].toSorted(
      (a, b) => a.height - b.height || a.microIndex - b.microIndex,
    );
  const putBlock = ({ record, body }: StoredBlock): void => {
    contents.records.set(record.id, record);
    contents.bodies.set(record.id, body);
  };
  return {
    genesis: async () => contents.genesis,
    async putGenesis(genesis) {
      if (contents.genesis !== undefined && !equalBytes(contents.genesis, genesis)) {
        throw new CodedError("store-other-story", {});
      }
      contents.genesis = genesis;
    },
    tip: async () => contents.tip,
    async *records() {
      recordReads++;
      yield ascending();
    },
    async commit(change) {
      if (failure !== undefined) {
        const code = failure;
        failure = undefined;
        throw new CodedError(code, {});
      }
      change.blocks.forEach(putBlock);
      for (const { key, value } of change.index) contents.index.set(key, value);
      contents.tip = change.tip;
      commits++;
    },
    bodies: async (ids) => ids.map((id) => contents.bodies.get(id)),
    index: async (query) => indexRows(contents.index, query),
    async replaceBody(id, body) {
      contents.bodies.set(id, body);
    },
    async discard(ids, tip) {
      for (const id of ids) {
        contents.records.delete(id);
        contents.bodies.delete(id);
      }
      contents.tip = tip;
    },
    usage: async () => ({ usedBytes: undefined, quotaBytes: undefined }),
    close: async () => {},
    async erase() {
      contents.records.clear();
      contents.bodies.clear();
      contents.index.clear();
      contents.tip = undefined;
      contents.genesis = undefined;
    },
    snapshot: () =>
      storeOf({
        ...contents,
        records: new Map(contents.records),
        bodies: new Map(contents.bodies),
        index: new Map(contents.index),
      }),
    failNextCommit(code) {
      failure = code;
    },
    changeRecord(id, change) {
      const record = contents.records.get(id);
      if (record === undefined) throw new CodedError("unknown-block", { id });
      contents.records.set(id, change(record));
    },
    changeBody(id, change) {
      const body = change(contents.bodies.get(id) ?? new Uint8Array(0));
      if (body === undefined) contents.bodies.delete(id);
      else contents.bodies.set(id, body);
    },
    changeTip(id) {
      contents.tip = id;
    },
    ids: () => ascending().map((record) => record.id),
    commits: () => commits,
    recordReads: () => recordReads,
  };
}
