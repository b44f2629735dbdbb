/**
 * What this account paid and received, newest first: what waits, then what is sealed.
 *
 * @module
 */
import { type ReactNode, useCallback, useState } from "react";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { saveFile } from "../../components/save-file.ts";
import { StateNotice } from "../../components/state-notice.tsx";
import { useAction } from "../../components/use-action.ts";
import { useNow } from "../../components/use-now.ts";
import { useQuery } from "../../components/use-query.ts";
import { plural } from "../../format/numbers.ts";
import { ReceiptRows } from "../../payments/receipt-rows.tsx";
import { useClient } from "../../services-context.ts";
import { useLedger } from "../../stores/ledger-store.ts";
import { useStory } from "../../stores/story-store.ts";
import { historyCsv, historyJson, readHistory } from "./history-export.ts";
import { WALLET } from "./strings.ts";

const FIRST = 12;
const MOST = 500;

/** The section. */
export function Activity(props: { readonly me: string }): ReactNode {
  const { me } = props;
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const nowMs = useNow(15_000);
  const [limit, setLimit] = useState(FIRST);
  const ask = useCallback(
    () => client.request({ method: "get_receipts", params: { address: me, limit } }),
    [client, me, limit],
  );
  const { data, problem, again } = useQuery(ask, mark);
  const queued = data?.receipts.filter((one) => one.state === "queued").length ?? 0;
  return (
    <section className={panel["section"]} aria-labelledby="activity">
      <div className={panel["head"]}>
        <h2 id="activity">Activity</h2>
        <Export me={me} />
      </div>
      {queued > 0 ? (
        <StateNotice
          id="queued-offline"
          tone="calm"
          place="inline"
          title={`${plural(queued, "payment")} signed, not sent yet`}
          text="No peer is here to take it. It leaves by itself as soon as one is found, also after a reload."
          action={{ label: "See the network", href: "#/network" }}
        />
      ) : null}
      <ProblemText problem={problem} onRetry={again} />
      {data === null ? (
        problem === null ? (
          <p aria-live="polite">The history is being read…</p>
        ) : null
      ) : data.receipts.length === 0 ? (
        <p className={panel["empty"]}>{WALLET.noActivity}</p>
      ) : (
        <ReceiptRows
          receipts={data.receipts}
          me={me}
          nowMs={nowMs}
          label="Payments, newest first"
        />
      )}
      {data !== null && data.cursor !== null && limit < MOST ? (
        <div className={controls["row"]}>
          <button
            type="button"
            className={controls["button"]}
            onClick={() => {
              setLimit((count) => Math.min(MOST, count * 4));
            }}
          >
            Show older ones
          </button>
        </div>
      ) : null}
    </section>
  );
}

function Export(props: { readonly me: string }): ReactNode {
  const { me } = props;
  const client = useClient();
  const story = useStory((state) => state.genesis?.story ?? null);
  const action = useAction();
  const save = (kind: "csv" | "json"): void => {
    action.run(async () => {
      const receipts = await readHistory(client, me);
      const name = `fabula-${me.slice(0, 8)}.${kind}`;
      if (kind === "csv") saveFile(name, "text/csv", historyCsv(receipts));
      else saveFile(name, "application/json", historyJson(story, me, receipts));
    });
  };
  return (
    <>
      <div className={controls["row"]}>
        <span className={controls["hint"]}>{action.busy ? "Being written…" : "Save all as"}</span>
        {(["csv", "json"] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            className={controls["button"]}
            disabled={action.busy}
            onClick={() => {
              save(kind);
            }}
          >
            {kind.toUpperCase()}
          </button>
        ))}
      </div>
      <ProblemText problem={action.problem} />
    </>
  );
}
