/**
 * The health of the mesh and of the chain, in plain words and in numbers.
 *
 * @module
 */
import { type ReactNode, useCallback } from "react";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { useNow } from "../../components/use-now.ts";
import { useQuery } from "../../components/use-query.ts";
import { useClient } from "../../services-context.ts";
import { sortPeers, usePeers } from "../../stores/peers-store.ts";
import { useStatus } from "../../stores/status-store.ts";
import { chipWords } from "../../strings.ts";
import { ChainNumbers } from "./chain-numbers.tsx";
import { LogLines } from "./log-lines.tsx";
import { PeerGraph } from "./peer-graph.tsx";
import { PeerTable } from "./peer-table.tsx";
import { NETWORK, RELAY } from "./strings.ts";
import { ThisTab } from "./this-tab.tsx";

/** The view. */
export function NetworkView(): ReactNode {
  const client = useClient();
  const status = useStatus((state) => state.status);
  const peers = usePeers((state) => state.peers);
  const nowMs = useNow(2000);
  const retry = useAction();
  const ask = useCallback(() => client.request({ method: "get_network" }), [client]);
  const network = useQuery(ask, status?.tip.hash ?? null);
  const words = chipWords(status);
  const sorted = sortPeers(peers);
  return (
    <div className={panel["page"]}>
      <header>
        <h1 className={panel["heading"]}>{NETWORK.title}</h1>
        <p className={panel["lead"]}>
          {words.long}. {words.explanation}
        </p>
      </header>
      {status === null ? null : <ThisTab status={status} />}
      <section className={panel["section"]}>
        <div className={panel["head"]}>
          <h2>Peers</h2>
          <span>{status === null ? "" : RELAY[status.relay.state]}</span>
        </div>
        {sorted.length === 0 ? (
          <p className={panel["empty"]}>{NETWORK.noPeers}</p>
        ) : (
          <>
            <PeerGraph peers={sorted} />
            <PeerTable peers={sorted} nowMs={nowMs} />
          </>
        )}
        <div className={controls["row"]}>
          <button
            type="button"
            className={controls["button"]}
            disabled={retry.busy}
            onClick={() => {
              retry.run(async () => {
                await client.request({ method: "retry_connections" });
              });
            }}
          >
            {retry.busy ? "Dialling…" : "Try all connections again"}
          </button>
          {status?.relay.address ? (
            <span className={controls["hint"]}>
              Lighthouse: <span className={controls["mono"]}>{status.relay.address}</span>
              {status.relay.lastError === null ? "" : ` · last error: ${status.relay.lastError}`}
            </span>
          ) : null}
        </div>
        <ProblemText problem={retry.problem} />
      </section>
      <ProblemText problem={network.problem} onRetry={network.again} />
      {network.data === null ? null : <ChainNumbers network={network.data} />}
      <LogLines mark={`${peers.length}/${status?.tip.hash ?? ""}/${status?.faults.length ?? 0}`} />
    </div>
  );
}
