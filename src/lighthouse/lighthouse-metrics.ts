/**
 * The lighthouse's own counters beside those of its peer, as Prometheus text. Names carry units.
 *
 * @module
 */
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";

/** What the public port counts. */
export interface LighthouseMetrics {
  countHttp(status: number): void;
  /** `method` is a known method's name, or `unknown`. */
  countCall(method: string, outcome: "ok" | "refused"): void;
  setSockets(kind: "rpc" | "relay", open: number): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** Creates the counters, on a registry of their own. */
export function createLighthouseMetrics(): LighthouseMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "fabula_" });
  const http = new Counter({
    name: "fabula_http_responses_total",
    help: "HTTP answers by status.",
    labelNames: ["status"],
    registers,
  });
  const calls = new Counter({
    name: "fabula_rpc_calls_total",
    help: "JSON-RPC calls by method and outcome.",
    labelNames: ["method", "outcome"],
    registers,
  });
  const sockets = new Gauge({
    name: "fabula_open_sockets",
    help: "Open WebSockets by kind: rpc, or handed through to the relay.",
    labelNames: ["kind"],
    registers,
  });
  return {
    countHttp: (status) => http.inc({ status }),
    countCall: (method, outcome) => calls.inc({ method, outcome }),
    setSockets: (kind, open) => sockets.set({ kind }, open),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
