/**
 * Transactions in blocks, found by the index and read from the bodies (STO-4): a line of the index is
 * believed only where the block's body has that transaction.
 *
 * @module
 */
import type { Chain } from "../../../chain/create-chain.ts";
import { transactionPrefix } from "../../../chain/index-rows.ts";
import type { PlacedTransaction } from "../../../chain/read-index.ts";
import type { Block } from "../../../kernel/block.ts";
import type { BlockId } from "../../../kernel/brand.ts";
import { hexFromBytes } from "../../../kernel/bytes.ts";
import type { SignedTransaction } from "../../../kernel/transaction.ts";
import { txidOf } from "../../../kernel/transaction.ts";

/** Blocks that hold one transaction: one on the canon, others on branches that lost. */
const MAX_PLACES = 1_000;
/** Bodies decoded at once: some 4 MB at most. */
const BLOCKS_AT_ONCE = 32;

/** A transaction, where it stands, and the whole block. */
export interface ReadTransaction {
  readonly place: PlacedTransaction;
  readonly transaction: SignedTransaction;
  readonly block: Block;
}

/**
 * Where a transaction stands: on the canon, else in the block that came furthest before it lost its
 * place; `undefined` where no known block has it.
 */
export async function placeOf(chain: Chain, txid: string): Promise<PlacedTransaction | undefined> {
  const query = { prefix: transactionPrefix(txid), limit: MAX_PLACES };
  const { transactions } = await chain.indexed(query);
  const canon = transactions.find(({ entry }) => chain.isCanon(entry.id));
  return canon ?? transactions.toSorted(furthestFirst)[0];
}

function furthestFirst(a: PlacedTransaction, b: PlacedTransaction): number {
  if (a.entry.height !== b.entry.height) return b.entry.height - a.entry.height;
  if (a.entry.microIndex !== b.entry.microIndex) return b.entry.microIndex - a.entry.microIndex;
  return a.entry.id < b.entry.id ? -1 : 1;
}

/** Reads transactions from their blocks, in the order asked; those whose body is damaged or gone are left out. */
export async function readPlaced(
  chain: Chain,
  places: readonly PlacedTransaction[],
): Promise<readonly ReadTransaction[]> {
  const read: ReadTransaction[] = [];
  for (let at = 0; at < places.length; at += BLOCKS_AT_ONCE) {
    const some = places.slice(at, at + BLOCKS_AT_ONCE);
    const blocks = await blocksOf(chain, some);
    for (const place of some) {
      const block = blocks.get(place.block);
      const transaction = block?.body.transactions[place.index];
      if (block === undefined || transaction === undefined) continue;
      if (hexFromBytes(txidOf(transaction)) === place.txid)
        read.push({ place, transaction, block });
    }
  }
  return read;
}

async function blocksOf(
  chain: Chain,
  places: readonly PlacedTransaction[],
): Promise<ReadonlyMap<BlockId, Block | undefined>> {
  const ids = [...new Set(places.map(({ block }) => block))];
  const blocks = await chain.readBlocks(ids);
  return new Map(ids.map((id, index) => [id, blocks[index]]));
}
