/**
 * `get_mempool`: what waits, and what the blocks to come would take of it.
 *
 * @module
 */
import { splitFee } from "../../../kernel/transaction.ts";
import { addTokens, noTokens } from "../../../ledger/state.ts";
import type { MempoolEntry } from "../../../mempool/entry.ts";
import { mempoolLimits } from "../../../mempool/limits.ts";
import type { Mempool } from "../../../mempool/mempool.ts";
import type { PeerCore } from "../../peer-core.ts";
import type { ResultOf } from "../schema.ts";
import { projectedBlocks } from "./fee-estimate.ts";
import { amountsView, waitingView } from "./transaction-view.ts";

type MempoolView = ResultOf<"get_mempool">;

const DEFAULT_LIMIT = 100;
/** The next one, two more, and one that stands for all the rest. */
const MAX_PROJECTED = 4;

/** Answers `get_mempool`. */
export function mempoolView(core: PeerCore, limit: number = DEFAULT_LIMIT): MempoolView {
  const { context, payments } = core.session();
  const pool = payments.pool();
  // On the genesis nobody is tracker: what waits goes into the first key block.
  const first = context.chain.tip().author === null ? "block" : "seal";
  return {
    size: pool.size,
    sizeBytes: pool.bytes,
    capacity: mempoolLimits(context.ports.mempoolLimits).maxEntries,
    entries: pool
      .entries()
      .slice(0, limit)
      .map((entry) => waitingView(entry, payments.isQueued(entry.txid))),
    projected: projectedBlocks(pool, MAX_PROJECTED).map((entries, index) =>
      projectedView(entries, index === 0 ? first : "block"),
    ),
    counters: countersView(pool),
  };
}

function projectedView(
  entries: readonly MempoolEntry[],
  kind: "seal" | "block",
): MempoolView["projected"][number] {
  const fees = entries
    .map(({ transaction: { payload } }) => splitFee(payload.fee, payload.feeSelector))
    .reduce(addTokens, noTokens);
  const perByte = entries.map(({ feePerByte }) => feePerByte);
  const [first = 0n] = perByte;
  return {
    kind,
    count: entries.length,
    sizeBytes: entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    fees: amountsView(fees),
    minFeePerByte: String(perByte.reduce((least, one) => (one < least ? one : least), first)),
    maxFeePerByte: String(perByte.reduce((most, one) => (one > most ? one : most), first)),
  };
}

/** All fifteen; those of refusals also by reason, under the names that Prometheus would give them. */
function countersView(pool: Mempool): Record<string, number> {
  const reasons = Object.entries(pool.rejections()).map(([reason, count]) => [
    `tx_rejected_total{reason="${reason}"}`,
    count,
  ]);
  return { ...pool.counters(), ...Object.fromEntries(reasons) };
}
