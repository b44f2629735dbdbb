/**
 * What the next seal would take: the blocks to come, projected from the mempool, and the fee with which a
 * newcomer still gets into the first of them (MEM-3, MEM-7).
 *
 * @module
 */
import { encodeBody } from "../../../kernel/body.ts";
import { MICRO_BODY_MAX_BYTES } from "../../../kernel/limits.ts";
import { MIN_FEE_PER_BYTE } from "../../../ledger/transactions/check-transaction.ts";
import type { MempoolEntry } from "../../../mempool/entry.ts";
import type { Mempool } from "../../../mempool/mempool.ts";

/** Bytes that a microblock has for transactions (BODY-1). */
export function sealRoomBytes(): number {
  const empty = { paragraph: { kind: "none" }, transactions: [] } as const;
  return MICRO_BODY_MAX_BYTES - encodeBody(empty, "micro").length;
}

/** All that blocks can take now, in the order in which they take it; orphans are not among it. */
function inOrder(pool: Mempool): readonly MempoolEntry[] {
  const everything = { maxBytes: Number.MAX_SAFE_INTEGER, maxCount: Number.MAX_SAFE_INTEGER };
  return pool.select(everything);
}

/**
 * Fee per byte, in units, with which a transaction of `sizeBytes` gets into the next seal: one more than
 * the first entry pays that it would have to displace, or the floor while there is room.
 */
export function feePerByteOfNextSeal(pool: Mempool, sizeBytes: number): bigint {
  const room = sealRoomBytes() - sizeBytes;
  let bytes = 0;
  // The order goes by rank, the worst fee of a sender's queue so far, which never rises along it.
  let rank: bigint | undefined;
  for (const { sizeBytes: taken, feePerByte } of inOrder(pool)) {
    if (rank === undefined || feePerByte < rank) rank = feePerByte;
    bytes += taken;
    if (bytes > room) return rank + 1n;
  }
  return MIN_FEE_PER_BYTE;
}

/** What waits, cut into at most `maxBlocks` blocks of a seal's size; the last one holds all the rest. */
export function projectedBlocks(
  pool: Mempool,
  maxBlocks: number,
): readonly (readonly MempoolEntry[])[] {
  const room = sealRoomBytes();
  const blocks: (readonly MempoolEntry[])[] = [];
  let rest = inOrder(pool);
  while (rest.length > 0) {
    const taken = blocks.length === maxBlocks - 1 ? rest : firstThatFit(rest, room);
    blocks.push(taken);
    const gone = new Set(taken);
    rest = rest.filter((entry) => !gone.has(entry));
  }
  return blocks;
}

/** As a block takes them: one that does not fit holds back those of its sender behind it. */
function firstThatFit(order: readonly MempoolEntry[], room: number): readonly MempoolEntry[] {
  const taken: MempoolEntry[] = [];
  const heldBack = new Set<string>();
  let bytes = 0;
  for (const entry of order) {
    if (heldBack.has(entry.sender)) continue;
    if (bytes + entry.sizeBytes > room) {
      heldBack.add(entry.sender);
      continue;
    }
    taken.push(entry);
    bytes += entry.sizeBytes;
  }
  return taken;
}
