/**
 * The explorer's first page: blocks, fees, what waits, supply, difficulty.
 *
 * @module
 */
import { type ReactNode, useCallback } from "react";
import { ProblemText } from "../../components/problem-text.tsx";
import { useNow } from "../../components/use-now.ts";
import { useQuery } from "../../components/use-query.ts";
import { useClient } from "../../services-context.ts";
import { useLedger } from "../../stores/ledger-store.ts";
import { useStatus } from "../../stores/status-store.ts";
import { useStory } from "../../stores/story-store.ts";
import { BlockStrip } from "./block-strip.tsx";
import { DifficultyPanel } from "./difficulty-panel.tsx";
import { FeePanel } from "./fee-panel.tsx";
import { MempoolList } from "./mempool-list.tsx";
import { reliefAt } from "./next-difficulty.ts";
import { SupplyPanel } from "./supply-panel.tsx";

/** The page. */
export function HomePage(): ReactNode {
  const client = useClient();
  const status = useStatus((state) => state.status);
  const mark = useLedger((state) => state.mark);
  const nowMs = useNow(1000);
  const tip = status?.tip.hash ?? null;
  const askMempool = useCallback(
    () => client.request({ method: "get_mempool", params: { limit: 50 } }),
    [client],
  );
  const askSupply = useCallback(() => client.request({ method: "get_supply" }), [client]);
  const askNetwork = useCallback(() => client.request({ method: "get_network" }), [client]);
  const mempool = useQuery(askMempool, mark);
  const supply = useQuery(askSupply, mark);
  // Relief changes the difficulty of a round that nobody ends.
  const age = status === null || status.round.tracker === null ? 0 : nowMs - status.round.startedMs;
  const relief = status === null ? 0 : reliefAt(age, status.round.paceMs).doublings;
  const network = useQuery(askNetwork, `${tip ?? ""}/${relief}`);
  const maxTarget = useStory((state) => state.genesis?.maxTarget ?? null);
  if (status === null) return <p aria-live="polite">The chain is being opened…</p>;
  return (
    <>
      <BlockStrip status={status} mempool={mempool.data} nowMs={nowMs} />
      <ProblemText problem={mempool.problem} onRetry={mempool.again} />
      {mempool.data === null ? null : <MempoolList mempool={mempool.data} nowMs={nowMs} />}
      <FeePanel />
      <ProblemText problem={network.problem} onRetry={network.again} />
      {network.data === null || maxTarget === null ? null : (
        <DifficultyPanel
          network={network.data}
          status={status}
          maxTarget={maxTarget}
          nowMs={nowMs}
        />
      )}
      <ProblemText problem={supply.problem} onRetry={supply.again} />
      {supply.data === null ? null : <SupplyPanel supply={supply.data} />}
    </>
  );
}
