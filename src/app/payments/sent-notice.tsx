/**
 * What happens after something was signed: followed until it is settled, without leaving the dialog.
 *
 * @module
 */
import { type ReactNode, useCallback } from "react";
import controls from "../components/controls.module.css";
import { ProblemText } from "../components/problem-text.tsx";
import { useQuery } from "../components/use-query.ts";
import { cls } from "../css.ts";
import { useClient } from "../services-context.ts";
import { useLedger } from "../stores/ledger-store.ts";
import { StateLine } from "./state-line.tsx";
import { StepHead } from "./step-head.tsx";

/** What `submit` gave back. */
export interface Sent {
  readonly status: "admitted" | "queued";
  readonly txid: string;
}

/** Follows `sent`; `onReceipt` opens its receipt, `onDone` leaves. */
export function SentNotice(props: {
  readonly sent: Sent;
  readonly what: ReactNode;
  readonly onReceipt: (txid: string) => void;
  readonly onDone: () => void;
}): ReactNode {
  const { sent, what, onReceipt, onDone } = props;
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const ask = useCallback(
    () => client.request({ method: "get_transaction", params: { txid: sent.txid } }),
    [client, sent.txid],
  );
  const { data, problem, again } = useQuery(ask, mark);
  return (
    <>
      <StepHead>
        <b>{what}</b>
      </StepHead>
      {data === null ? (
        <p aria-live="polite">
          {sent.status === "queued"
            ? "Signed. It leaves when a peer is found."
            : "Signed, and on its way."}
        </p>
      ) : (
        <StateLine view={data.transaction} />
      )}
      <ProblemText problem={problem} onRetry={again} />
      <div className={controls["row"]}>
        <button
          type="button"
          className={cls(controls["button"], controls["primary"])}
          onClick={onDone}
        >
          Done
        </button>
        <button
          type="button"
          className={controls["button"]}
          onClick={() => {
            onReceipt(sent.txid);
          }}
        >
          Open the receipt
        </button>
      </div>
    </>
  );
}
