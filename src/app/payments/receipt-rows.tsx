/**
 * Payments as rows of a book of accounts; each opens its receipt.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import type { TransactionView } from "../../peer/rpc/shapes.ts";
import { AuthorMark } from "../components/author-mark.tsx";
import { cls } from "../css.ts";
import { formatTokens, NOTHING, pairOf, TOKENS } from "../format/amounts.ts";
import { relativeTime } from "../format/times.ts";
import { priceOf } from "./price.ts";
import { ReceiptDialog } from "./receipt-dialog.tsx";
import styles from "./receipts.module.css";
import { betweenOthers, counterparty, moves, stateWords, titleBefore } from "./words.ts";

/** The rows, told from the side of `me` (null: of nobody). */
export function ReceiptRows(props: {
  readonly receipts: readonly TransactionView[];
  readonly me: string | null;
  readonly nowMs: number;
  readonly label: string;
}): ReactNode {
  const { receipts, me, nowMs, label } = props;
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <ul className={styles["rows"]} aria-label={label}>
        {receipts.map((view) => (
          <li key={view.txid}>
            <button
              type="button"
              className={styles["row"]}
              aria-haspopup="dialog"
              data-txid={view.txid}
              data-payment={view.state}
              onClick={() => {
                setOpen(view.txid);
              }}
            >
              <Row view={view} me={me} nowMs={nowMs} />
            </button>
          </li>
        ))}
      </ul>
      {open === null ? null : (
        <ReceiptDialog
          txid={open}
          me={me}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </>
  );
}

function Row(props: {
  readonly view: TransactionView;
  readonly me: string | null;
  readonly nowMs: number;
}): ReactNode {
  const { view, me, nowMs } = props;
  const other = counterparty(view, me);
  const amounts = moves(view) ? pairOf(view) : (priceOf(view) ?? NOTHING);
  const incoming = me !== null && view.to === me && view.from !== me;
  const outgoing = me !== null && view.from === me && view.to !== me;
  return (
    <>
      <span className={styles["what"]}>
        {titleBefore(view, me)}
        {other === null ? null : <AuthorMark address={other} />}
        {betweenOthers(view, me) ? (
          <>
            to <AuthorMark address={view.to} />
          </>
        ) : null}
      </span>
      <span className={cls(styles["how-much"], incoming && styles["in"])}>
        {TOKENS.filter((token) => amounts[token] > 0n).map((token) => (
          <span key={token}>
            {incoming ? "+" : outgoing ? "−" : ""}
            {formatTokens(amounts[token])} {token}
          </span>
        ))}
      </span>
      <span className={styles["small"]}>
        {stateWords(view)}
        {view.timestampMs === null ? "" : ` · ${relativeTime(view.timestampMs, nowMs)}`}
        {view.memoText === null || view.memoText === "" || view.operation !== null
          ? ""
          : ` · “${view.memoText}”`}
      </span>
      <span className={cls(styles["how-much"], styles["small"])}>
        {incoming ? "" : `fee ${formatTokens(view.fee)}`}
      </span>
    </>
  );
}
