/**
 * Everything that can be known of one transaction, down to its signed bytes; verified when it is opened,
 * and again when asked.
 *
 * @module
 */
import { type ReactNode, useCallback, useEffect, useState } from "react";
import type { ResultOf } from "../../peer/rpc/schema.ts";
import type { TransactionView } from "../../peer/rpc/shapes.ts";
import { AuthorMark } from "../components/author-mark.tsx";
import controls from "../components/controls.module.css";
import { CopyButton } from "../components/copy-button.tsx";
import { ProblemText } from "../components/problem-text.tsx";
import { useAction } from "../components/use-action.ts";
import { formatPair, isNothing, pairOf } from "../format/amounts.ts";
import { shortId } from "../format/identity.ts";
import { formatCount } from "../format/numbers.ts";
import { exactTime } from "../format/times.ts";
import { outcomeWords } from "../refusals.ts";
import { explorerHref, storyHref } from "../routes.ts";
import { useClient } from "../services-context.ts";
import { useLedger } from "../stores/ledger-store.ts";
import { useStory } from "../stores/story-store.ts";
import { priceOf } from "./price.ts";
import { ReceiptProof } from "./receipt-proof.tsx";
import styles from "./receipts.module.css";
import { StateLine } from "./state-line.tsx";
import { StepHead } from "./step-head.tsx";
import { betweenOthers, counterparty, moves, titleBefore, transactionTitle } from "./words.ts";

type Receipt = ResultOf<"get_transaction">;

/** The receipt of `txid`; `me` is the address from whose side it is told, `onLeave` closes what holds it. */
export function ReceiptDetails(props: {
  readonly txid: string;
  readonly me: string | null;
  readonly onLeave?: () => void;
}): ReactNode {
  const { txid, me, onLeave } = props;
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const { run, busy, problem } = useAction();
  const [receipt, setReceipt] = useState<{ readonly at: number; readonly is: Receipt } | null>(
    null,
  );
  const load = useCallback(() => {
    run(async () => {
      const is = await client.request({ method: "get_transaction", params: { txid } });
      setReceipt({ at: Date.now(), is });
    });
  }, [client, txid, run]);
  useEffect(load, [load, mark]);
  const shown = receipt?.is.transaction.txid === txid ? receipt : null;
  return (
    <>
      {shown === null && problem === null ? <p aria-live="polite">Reading the receipt…</p> : null}
      <ProblemText problem={problem} onRetry={load} />
      {shown === null ? null : (
        <>
          <Headline view={shown.is.transaction} me={me} />
          <StateLine view={shown.is.transaction} />
          <Facts view={shown.is.transaction} onLeave={onLeave} />
          <ReceiptProof
            receipt={shown.is}
            verifiedMs={shown.at}
            busy={busy}
            onAgain={load}
            onLeave={onLeave}
          />
        </>
      )}
    </>
  );
}

function Headline(props: {
  readonly view: TransactionView;
  readonly me: string | null;
}): ReactNode {
  const { view, me } = props;
  const other = counterparty(view, me);
  return (
    <StepHead className={styles["headline"]}>
      {moves(view) ? formatPair(pairOf(view)) : transactionTitle(view, me)}
      <small>
        {moves(view)
          ? titleBefore(view, me)
          : "An operation: what it costs goes to those who seal and write."}{" "}
        {moves(view) && other !== null ? <AuthorMark address={other} /> : null}
        {betweenOthers(view, me) ? (
          <>
            {" "}
            to <AuthorMark address={view.to} />
          </>
        ) : null}
      </small>
    </StepHead>
  );
}

function Facts(props: {
  readonly view: TransactionView;
  readonly onLeave: (() => void) | undefined;
}): ReactNode {
  const { view, onLeave } = props;
  const story = useStory((state) => state.genesis?.story ?? null);
  const split = pairOf(view.feeSplit);
  const price = priceOf(view);
  const address = (one: string): ReactNode =>
    one.startsWith("sys/") ? (
      <span className={controls["mono"]}>{one}</span>
    ) : (
      <a href={explorerHref("address", one)} onClick={onLeave}>
        <AuthorMark address={one} />
      </a>
    );
  return (
    <dl className={styles["facts"]}>
      <dt>From</dt>
      <dd>{address(view.from)}</dd>
      <dt>To</dt>
      <dd>{address(view.to)}</dd>
      {view.operation === null ? null : (
        <>
          <dt>Operation</dt>
          <dd>
            {Object.entries(view.operation.fields).map(([name, value]) => (
              <div key={name}>
                <span className={styles["small"]}>{name}</span> {value}
              </div>
            ))}
          </dd>
        </>
      )}
      {view.paragraph === null ? null : (
        <>
          <dt>Tip for</dt>
          <dd>
            {story === null ? (
              shortId(view.paragraph)
            ) : (
              <a href={storyHref(story, view.paragraph)} onClick={onLeave}>
                the paragraph {shortId(view.paragraph)}
              </a>
            )}
          </dd>
        </>
      )}
      {view.operation === null && view.memoText !== null && view.memoText !== "" ? (
        <>
          <dt>Note</dt>
          <dd>{view.memoText}</dd>
        </>
      ) : null}
      {price !== null && isNothing(price) ? null : (
        <>
          <dt>Price</dt>
          <dd>
            {price === null ? "set when it is sealed" : formatPair(price)}
            {view.code === null ? <span className={styles["small"]}> · if it succeeds</span> : null}
          </dd>
        </>
      )}
      <dt>Fee</dt>
      <dd>
        {formatPair(split)}
        <div className={styles["small"]}>
          {formatCount(view.sizeBytes)} bytes at {view.feePerByte}{" "}
          {view.feePerByte === "1" ? "unit" : "units"} each
        </div>
      </dd>
      <dt>Outcome</dt>
      <dd>
        {outcomeWords(view.code)}
        {view.code === null ? null : (
          <span className={styles["small"]}>
            {" "}
            · code {view.code} {view.label}
          </span>
        )}
      </dd>
      <dt>When</dt>
      <dd>{view.timestampMs === null ? "not sent yet" : exactTime(view.timestampMs)}</dd>
      <dt>Where</dt>
      <dd>
        {view.block === null || view.height === null ? (
          "in no block yet"
        ) : (
          <a href={explorerHref("block", view.block)} onClick={onLeave}>
            {view.microIndex === null || view.microIndex === 0
              ? `block ${formatCount(view.height)}`
              : `microblock ${formatCount(view.microIndex)} on block ${formatCount(view.height)}`}
          </a>
        )}
        {view.index === null ? null : (
          <span className={styles["small"]}>
            {" "}
            · transaction {formatCount(view.index + 1)} in it
          </span>
        )}
      </dd>
      <dt>Number</dt>
      <dd>{view.nonce} of this sender</dd>
      <dt>Transaction</dt>
      <dd>
        <a
          className={controls["mono"]}
          href={explorerHref("tx", view.txid)}
          onClick={onLeave}
          data-txid
        >
          {view.txid}
        </a>
        <div className={controls["row"]}>
          <CopyButton text={view.txid} label="Copy" />
        </div>
      </dd>
    </dl>
  );
}
