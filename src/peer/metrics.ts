/**
 * A peer's counters and gauges as Prometheus text (format 0.0.4): the dual-token kernel's fifteen under
 * its names, then those of chain, ledger and mesh. The lighthouse adds those of its process and its HTTP
 * server.
 *
 * @module
 */
import { supplyOf, type TokenPair } from "../ledger/state.ts";
import { TransactionCode, transactionLabel } from "../ledger/transactions/transaction-code.ts";
import type { CounterName } from "../mempool/counters.ts";
import type { Mempool } from "../mempool/mempool.ts";
import type { PeerCore } from "./peer-core.ts";
import type { StoryContext } from "./story/context.ts";

/** Codes from here on are receipts of operations that lost; nothing is refused with them. */
const FIRST_OPERATION_CODE = 64;

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The format knows three escapes, JSON has more. */
function escapeLabel(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function family(
  name: string,
  type: "gauge" | "counter",
  help: string,
  samples: readonly Sample[],
): string {
  const lines = samples.map(({ labels, value }) => {
    const pairs = Object.entries(labels ?? {}).map(
      ([key, text]) => `${key}="${escapeLabel(text)}"`,
    );
    return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n");
}

/** What a counter of the dual-token kernel counts. */
const KERNEL_COUNTERS: Readonly<Record<string, string>> = {
  mempool_size: "Transactions that wait.",
  evictions_total: "Waiting transactions that made room for better ones.",
  fee_floor_reject_total: "Refused: below 1 unit a byte.",
  dup_tx_reject_total: "Refused: sender and nonce wait already, or are in the chain.",
  tx_admitted_total: "Transactions admitted.",
  tx_submitted_total: "Transactions handed in, by this wallet, over RPC or by peers.",
  tx_rejected_total: "Transactions refused, by reason.",
  block_mined_total: "Key blocks found by this peer.",
  ttl_drop_total: "Transactions that waited too long.",
  startup_ttl_drop_total: "Kept transactions that had waited too long at a start.",
  lock_poison_total: "Refused: the mempool was in doubt after a fault.",
  orphan_sweep_total: "Sweeps of transactions whose sender has no account.",
  invalid_selector_reject_total: "Refused: no such fee selector.",
  balance_overflow_reject_total: "Refused: a balance would exceed 64 bits.",
  drop_not_found_total: "Asked to drop what does not wait.",
} satisfies Readonly<Record<CounterName, string>>;

/** Every reason has a sample from the start, so that a rate over it is never unknown. */
const REASONS: readonly string[] = Object.values(TransactionCode)
  .filter((code) => code !== TransactionCode.ok && code < FIRST_OPERATION_CODE)
  .map(transactionLabel);

function kernelFamilies(pool: Mempool): readonly string[] {
  const counters = pool.counters();
  const rejections = pool.rejections();
  const byReason = REASONS.map((reason) => ({
    labels: { reason },
    value: rejections[reason] ?? 0,
  }));
  return Object.entries(counters).map(([name, value]) =>
    family(
      name,
      name === "mempool_size" ? "gauge" : "counter",
      KERNEL_COUNTERS[name] ?? "",
      name === "tx_rejected_total" ? byReason : [{ value }],
    ),
  );
}

function ledgerFamilies({ chain }: StoryContext, pool: Mempool): readonly string[] {
  const { emitted, pot } = supplyOf(chain.headState());
  const perToken = ({ consumer, industrial }: TokenPair): readonly Sample[] => [
    { labels: { token: "consumer" }, value: Number(consumer) },
    { labels: { token: "industrial" }, value: Number(industrial) },
  ];
  return [
    family("fabula_mempool_bytes", "gauge", "Sizes of all waiting transactions together.", [
      { value: pool.bytes },
    ]),
    family("fabula_supply_emitted_units", "gauge", "Micro-units ever emitted.", perToken(emitted)),
    family("fabula_pot_units", "gauge", "Fees, in micro-units, that wait for the next key block.", [
      ...perToken(pot),
    ]),
  ];
}

function chainFamilies({ chain }: StoryContext): readonly string[] {
  const tip = chain.tip();
  const forks = chain.apocrypha().length;
  return [
    family("fabula_chain_height", "gauge", "Key blocks on the canon.", [{ value: tip.height }]),
    family("fabula_chain_round_microblocks", "gauge", "Microblocks of the running round.", [
      { value: chain.microblocksAt(tip.height).length },
    ]),
    family("fabula_chain_headers", "gauge", "Key headers known, all branches.", [
      { value: tip.height + forks },
    ]),
    family("fabula_chain_forks", "gauge", "Known key blocks that are not on the canon.", [
      { value: forks },
    ]),
    family("fabula_chain_tip_timestamp_seconds", "gauge", "Time stated by the best key block.", [
      { value: tip.timestampMs / 1_000 },
    ]),
  ];
}

/** All families of the open story; throws `no-story`. */
export function metricsText(core: PeerCore): string {
  const { book, context, payments, producer } = core.session();
  const pool = payments.pool();
  const peers = book.connections();
  const paths = ["direct", "relayed", "server"] as const;
  const families = [
    ...kernelFamilies(pool),
    ...chainFamilies(context),
    ...ledgerFamilies(context, pool),
    family(
      "fabula_mesh_peers",
      "gauge",
      "Connected peers by path.",
      paths.map((path) => ({
        labels: { path },
        value: peers.filter((peer) => peer.path === path).length,
      })),
    ),
    family("fabula_mining_hashes_per_second", "gauge", "Measured hash rate of this peer.", [
      { value: producer.state().hashesPerSecond },
    ]),
    family(
      "fabula_log_total",
      "counter",
      "Log lines by code: refusals, faults, reorganisations.",
      [...core.log.counts()].map(([code, value]) => ({ labels: { code }, value })),
    ),
  ];
  return `${families.join("\n")}\n`;
}
