/**
 * What this account paid and received, newest first: what waits, then what is sealed.
 *
 * @module
 */
import type { ReactNode } from "react";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { saveFile } from "../../components/save-file.ts";
import { StateNotice } from "../../components/state-notice.tsx";
import { useAction } from "../../components/use-action.ts";
import { plural } from "../../format/numbers.ts";
import { readReceipts } from "../../payments/read-receipts.ts";
import { ReceiptsList, useReceipts } from "../../payments/receipts-list.tsx";
import { useClient } from "../../services-context.ts";
import { useStory } from "../../stores/story-store.ts";
import { historyCsv, historyJson } from "./history-export.ts";
import { WALLET } from "./strings.ts";

const FIRST = 12;

/** The section. */
export function Activity(props: { readonly me: string }): ReactNode {
  const { me } = props;
  const live = useReceipts("address", me, FIRST);
  const receipts = live.query.data?.receipts ?? [];
  const queued = receipts.filter((one) => one.state === "queued").length;
  return (
    <section className={panel["section"]} aria-labelledby="activity">
      <div className={panel["head"]}>
        <h2 id="activity">Activity</h2>
        {receipts.length === 0 ? null : <Export me={me} />}
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
      <ReceiptsList live={live} me={me} label="Payments, newest first" empty={WALLET.noActivity} />
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
      const { receipts } = await readReceipts(client, { address: me }, Infinity);
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
