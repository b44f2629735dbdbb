/**
 * What the chain needs from a disk (STO-1). The port belongs to the consumer; `src/storage` has three
 * implementations (IndexedDB, LevelDB, memory) that pass one acceptance suite.
 *
 * A store never interprets what it keeps: the chain recomputes every id when it reads (STO-4), so a
 * corrupted record is detected there, reported, discarded and fetched again.
 *
 * @module
 */
import type { BlockId } from "../../kernel/brand.ts";

/** The part of a connected block that is read at every start. */
export interface BlockRecord {
  readonly id: BlockId;
  /** Number of key blocks below it, plus one; the genesis (never stored as a record) is 0. A microblock has its key block's. */
  readonly height: number;
  /** 0 for a key block; microblocks of a round count from 1. */
  readonly microIndex: number;
  /** Encoded header, with nonce and signature. */
  readonly header: Uint8Array;
  /** Encoded state delta: each changed key with its value before and after. */
  readonly delta: Uint8Array;
  /** Local clock when the block was connected; shown, never used by a rule. */
  readonly receivedMs: number;
}

/** One connected block with its encoded body. */
export interface StoredBlock {
  readonly record: BlockRecord;
  readonly body: Uint8Array;
}

/**
 * One line of the ordered index: keys are text of [0-9a-z/] and sort as text. Lines of blocks that are
 * no longer believed may remain; whoever reads them compares with the tree.
 */
export interface IndexRow {
  readonly key: string;
  readonly value: Uint8Array;
}

/** What one storage transaction writes: all of it or nothing. */
export interface Commit {
  readonly blocks: readonly StoredBlock[];
  /** Lines of the index that these blocks add; an existing key is overwritten. */
  readonly index: readonly IndexRow[];
  /** Best block after this commit: the last microblock of its round, or the key block itself. */
  readonly tip: BlockId;
}

/** Which lines of the index are wanted. */
export interface IndexQuery {
  /** Only keys that begin with this. */
  readonly prefix: string;
  /** Only keys strictly beyond this one, in reading order. */
  readonly after?: string;
  /** At most so many (1…1,000). */
  readonly limit: number;
  /** Descending keys. */
  readonly reverse?: boolean;
}

/** Space used and granted, in bytes; `undefined` where the platform does not say. */
export interface StoreUsage {
  readonly usedBytes: number | undefined;
  readonly quotaBytes: number | undefined;
}

/**
 * A story's blocks on disk. Every method rejects with a `CodedError`: `store-newer-schema`
 * {found, known}, `store-full`, `store-closed`, `store-blocked`, `store-timeout` {operation, timeoutMs}
 * (a promise that never settles is a fault too), `store-failed` {operation, reason}.
 */
export interface Store {
  /** Encoded genesis of the story, or `undefined` in a fresh store. */
  genesis(): Promise<Uint8Array | undefined>;
  /** Writes the genesis of a fresh store; a second, different one is refused with `store-other-story`. */
  putGenesis(genesis: Uint8Array): Promise<void>;
  /** Best block of the last commit. */
  tip(): Promise<BlockId | undefined>;
  /** All records in ascending height, then microIndex, in batches of at most 1,000. */
  records(): AsyncIterable<readonly BlockRecord[]>;
  /** Writes blocks, index and tip in one durable transaction. */
  commit(change: Commit): Promise<void>;
  /** Encoded bodies, in the order asked; `undefined` for those that are not there. */
  bodies(ids: readonly BlockId[]): Promise<readonly (Uint8Array | undefined)[]>;
  /** Lines of the index in the order of their keys. */
  index(query: IndexQuery): Promise<readonly IndexRow[]>;
  /** Puts back a body that was found corrupted and fetched again. */
  replaceBody(id: BlockId, body: Uint8Array): Promise<void>;
  /** Removes records and bodies (found corrupted), and sets the tip, in one transaction. */
  discard(ids: readonly BlockId[], tip: BlockId | undefined): Promise<void>;
  usage(): Promise<StoreUsage>;
  close(): Promise<void>;
  /** Deletes everything and closes. */
  erase(): Promise<void>;
}

/**
 * Small named values of one identity slot (settings, drafts, keystore, known stories): JSON-like values
 * or bytes, also `CryptoKey` in IndexedDB. Same error codes as `Store`.
 */
export interface KeyValueStore {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<readonly string[]>;
  close(): Promise<void>;
  erase(): Promise<void>;
}
