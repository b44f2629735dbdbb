/**
 * Receipts of an account or a block, live, with the older ones on demand.
 *
 * @module
 */
import { type ReactNode, useCallback, useState } from "react";
import controls from "../components/controls.module.css";
import panel from "../components/panel.module.css";
import { ProblemText } from "../components/problem-text.tsx";
import { useNow } from "../components/use-now.ts";
import { type Query, useQuery } from "../components/use-query.ts";
import { useClient } from "../services-context.ts";
import { useLedger } from "../stores/ledger-store.ts";
import { type Receipts, type ReceiptsOf, readReceipts } from "./read-receipts.ts";
import { ReceiptRows } from "./receipt-rows.tsx";

/** Receipts as they are now, and a way to more of them. */
export interface LiveReceipts {
  readonly query: Query<Receipts>;
  readonly showMore: () => void;
}

/** `kind` and `id` say whose; `first` how many at first. */
export function useReceipts(
  kind: "address" | "block" | "paragraph",
  id: string,
  first: number,
): LiveReceipts {
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const [most, setMost] = useState(first);
  const ask = useCallback(() => {
    const of: ReceiptsOf =
      kind === "address" ? { address: id } : kind === "block" ? { block: id } : { paragraph: id };
    return readReceipts(client, of, most);
  }, [client, kind, id, most]);
  const query = useQuery(ask, mark);
  return {
    query,
    showMore: () => {
      setMost((count) => count * 4);
    },
  };
}

/** The list; `empty` where there is nothing. */
export function ReceiptsList(props: {
  readonly live: LiveReceipts;
  readonly me: string | null;
  readonly label: string;
  readonly empty: string;
}): ReactNode {
  const { live, me, label, empty } = props;
  const nowMs = useNow(15_000);
  const { data, problem, again } = live.query;
  return (
    <>
      <ProblemText problem={problem} onRetry={again} />
      {data === null ? (
        problem === null ? (
          <p aria-live="polite">Being read…</p>
        ) : null
      ) : data.receipts.length === 0 ? (
        <p className={panel["empty"]}>{empty}</p>
      ) : (
        <ReceiptRows receipts={data.receipts} me={me} nowMs={nowMs} label={label} />
      )}
      {data?.more === true ? (
        <div className={controls["row"]}>
          <button type="button" className={controls["button"]} onClick={live.showMore}>
            Show older ones
          </button>
        </div>
      ) : null}
    </>
  );
}
