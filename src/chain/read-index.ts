/**
 * Reading the index back (STO-4): a line counts only while the tree knows its block, so that what a
 * damaged or discarded block left behind is passed over.
 *
 * @module
 */
import type { ChainParts } from "./connect.ts";
import type { HeaderEntry } from "./header-entry.ts";
import type { IndexedTransaction } from "./index-rows.ts";
import { readIndexRow } from "./index-rows.ts";
import type { IndexQuery } from "./ports/store.ts";

/** A transaction and the block it stands in; whether that block is canon is the tree's to say. */
export interface PlacedTransaction extends IndexedTransaction {
  readonly entry: HeaderEntry;
}

/** Some lines, and where to go on. */
export interface IndexPage {
  readonly transactions: readonly PlacedTransaction[];
  /** `after` of the next query; `null` at the end. */
  readonly next: string | null;
}

/** Transactions that the index lists, at most `query.limit` lines. */
export async function readIndex(
  { store, tree }: Pick<ChainParts, "store" | "tree">,
  query: IndexQuery,
): Promise<IndexPage> {
  const rows = await store.index(query);
  const transactions = rows.flatMap((row) => {
    const line = readIndexRow(row);
    const entry = line === null ? undefined : tree.entry(line.block);
    return line === null || entry === undefined ? [] : [{ ...line, entry }];
  });
  const last = rows.at(-1);
  return { transactions, next: last === undefined || rows.length < query.limit ? null : last.key };
}
