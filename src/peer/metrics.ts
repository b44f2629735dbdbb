/**
 * A peer's counters and gauges as Prometheus text (format 0.0.4). The lighthouse adds those of its
 * process and its HTTP server.
 *
 * @module
 */
import type { PeerCore } from "./peer-core.ts";

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

/** All families of the open story; throws `no-story`. */
export function metricsText(core: PeerCore): string {
  const session = core.session();
  const { chain } = session.context;
  const tip = chain.tip();
  const peers = session.book.connections();
  const mining = session.producer.state();
  const paths = ["direct", "relayed", "server"] as const;
  return `${[
    family("fabula_chain_height", "gauge", "Key blocks on the canon.", [{ value: tip.height }]),
    family("fabula_chain_headers", "gauge", "Headers known, all branches.", [
      { value: tip.height + chain.apocrypha().length },
    ]),
    family("fabula_chain_forks", "gauge", "Known blocks that are not on the canon.", [
      { value: chain.apocrypha().length },
    ]),
    family("fabula_chain_tip_timestamp_seconds", "gauge", "Time stated by the best block.", [
      { value: tip.timestampMs / 1_000 },
    ]),
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
      { value: mining.hashesPerSecond },
    ]),
    family("block_mined_total", "counter", "Blocks found by this peer since it started.", [
      { value: mining.found },
    ]),
    family(
      "fabula_log_total",
      "counter",
      "Log lines by code: refusals, faults, reorganisations.",
      [...core.log.counts()].map(([code, value]) => ({ labels: { code }, value })),
    ),
  ].join("\n")}\n`;
}
