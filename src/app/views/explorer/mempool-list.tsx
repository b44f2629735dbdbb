/**
 * What waits, best fee for each byte first: the order in which it is taken.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { MempoolView } from "../../api-types.ts";
import { AuthorMark } from "../../components/author-mark.tsx";
import panel from "../../components/panel.module.css";
import { ScrollRegion } from "../../components/scroll-region.tsx";
import { formatPair, formatTokens, pairOf } from "../../format/amounts.ts";
import { formatBytes, formatCount } from "../../format/numbers.ts";
import { formatDuration } from "../../format/times.ts";
import { moves, transactionTitle } from "../../payments/words.ts";
import { explorerHref } from "../../routes.ts";
import { EXPLORER } from "./strings.ts";

const SHOWN = 50;

/** The section. */
export function MempoolList(props: {
  readonly mempool: MempoolView;
  readonly nowMs: number;
}): ReactNode {
  const { mempool, nowMs } = props;
  const shown = mempool.entries.slice(0, SHOWN);
  return (
    <section className={panel["section"]}>
      <div className={panel["head"]}>
        <h2>Waiting</h2>
        <span>
          {formatCount(mempool.size)} of at most {formatCount(mempool.capacity)} ·{" "}
          {formatBytes(mempool.sizeBytes)}
        </span>
      </div>
      {shown.length === 0 ? (
        <p className={panel["empty"]}>{EXPLORER.quiet}</p>
      ) : (
        <ScrollRegion label="Waiting transactions, as a table">
          <table className={panel["table"]}>
            {mempool.size > shown.length ? (
              <caption>The first {formatCount(shown.length)} in the order of their fee</caption>
            ) : null}
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">From</th>
                <th scope="col" className={panel["right"]}>
                  Moves
                </th>
                <th scope="col" className={panel["right"]}>
                  Fee
                </th>
                <th scope="col" className={panel["right"]}>
                  Units a byte
                </th>
                <th scope="col" className={panel["right"]}>
                  Waits
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((view) => (
                <tr key={view.txid} data-txid={view.txid}>
                  <th scope="row">
                    <a href={explorerHref("tx", view.txid)}>{transactionTitle(view, null)}</a>
                  </th>
                  <td>
                    <AuthorMark address={view.from} />
                  </td>
                  <td className={panel["right"]}>{moves(view) ? formatPair(pairOf(view)) : "–"}</td>
                  <td className={panel["right"]}>{formatTokens(view.fee)}</td>
                  <td className={panel["right"]}>{view.feePerByte}</td>
                  <td className={panel["right"]}>
                    {view.timestampMs === null ? "–" : formatDuration(nowMs - view.timestampMs)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
