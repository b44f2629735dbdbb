/**
 * One block: a paragraph or a seal, its transactions, its header down to the bytes.
 *
 * @module
 */
import { type ReactNode, useCallback } from "react";
import type { HeaderView } from "../../api-types.ts";
import { AuthorMark } from "../../components/author-mark.tsx";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { useNow } from "../../components/use-now.ts";
import { useQuery } from "../../components/use-query.ts";
import { formatPair, pairOf } from "../../format/amounts.ts";
import { formatBytes, formatCount, formatWork, plural } from "../../format/numbers.ts";
import { exactTime, relativeTime } from "../../format/times.ts";
import payments from "../../payments/receipts.module.css";
import { ReceiptsList, useReceipts } from "../../payments/receipts-list.tsx";
import { explorerHref, storyHref } from "../../routes.ts";
import { useClient } from "../../services-context.ts";
import { useLedger } from "../../stores/ledger-store.ts";
import { useStory } from "../../stores/story-store.ts";
import styles from "./explorer.module.css";
import { PageTitle } from "./page-title.tsx";
import { EXPLORER } from "./strings.ts";
import { useSeals } from "./use-seals.ts";

const FIRST = 100;

/** The page. */
export function BlockPage(props: { readonly block: string }): ReactNode {
  const { block } = props;
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const ask = useCallback(
    () => client.request({ method: "get_header", params: { block } }),
    [client, block],
  );
  const { data, problem, again } = useQuery(ask, mark);
  const key = data?.kind === "key";
  return (
    <>
      <PageTitle
        title={
          data === null
            ? "Block"
            : key
              ? `Block ${formatCount(data.height)}`
              : `Seal ${formatCount(data.microIndex)} on block ${formatCount(data.height)}`
        }
        id={block}
      >
        {data === null ? null : <Neighbours header={data} />}
      </PageTitle>
      <ProblemText problem={problem} onRetry={again} />
      {data === null ? (
        problem === null ? (
          <p aria-live="polite">The block is being read…</p>
        ) : null
      ) : (
        <>
          {key ? <ParagraphOf header={data} /> : null}
          <Transactions block={block} />
          {key ? <Seals block={block} /> : null}
          <Header header={data} />
        </>
      )}
    </>
  );
}

function Neighbours(props: { readonly header: HeaderView }): ReactNode {
  const { header } = props;
  const paragraphs = useStory((state) => state.paragraphs);
  const key = header.kind === "key";
  const next = paragraphs.find((one) => one.height === header.height + 1);
  const below = key ? header.height - 1 : header.height;
  return (
    <p className={styles["neighbours"]}>
      {below < 1 ? null : (
        <a href={explorerHref("block", header.keyParent)}>← block {formatCount(below)}</a>
      )}
      {next === undefined ? null : (
        <a href={explorerHref("block", next.block)}>block {formatCount(next.height)} →</a>
      )}
    </p>
  );
}

function ParagraphOf(props: { readonly header: HeaderView }): ReactNode {
  const { hash, story } = props.header;
  const paragraph = useStory((state) => state.paragraphs.find((one) => one.block === hash) ?? null);
  if (paragraph === null) return null;
  return (
    <blockquote className={styles["quote"]}>
      <p>{paragraph.withheld ? "Its text is not kept here." : paragraph.text}</p>
      <footer>
        <AuthorMark address={paragraph.author} mine={paragraph.mine} />{" "}
        <a href={storyHref(story, hash)}>Read it in the story</a>
      </footer>
    </blockquote>
  );
}

function Transactions(props: { readonly block: string }): ReactNode {
  const live = useReceipts("block", props.block, FIRST);
  const { data } = live.query;
  return (
    <section className={panel["section"]}>
      <h2>
        Transactions{data === null || data.more ? "" : ` · ${formatCount(data.receipts.length)}`}
      </h2>
      <ReceiptsList
        live={live}
        me={null}
        label="Transactions of this block"
        empty={EXPLORER.noTransactions}
      />
    </section>
  );
}

function Seals(props: { readonly block: string }): ReactNode {
  const seals = useSeals(props.block);
  const nowMs = useNow(15_000);
  if (seals.length === 0) return null;
  return (
    <section className={panel["section"]}>
      <div className={panel["head"]}>
        <h2>Sealed on it</h2>
        <span>by its author, as tracker of the round</span>
      </div>
      <ul className={styles["written"]}>
        {seals.map((seal) => (
          <li key={seal.id}>
            <a href={explorerHref("block", seal.id)}>Seal {formatCount(seal.microIndex)}</a>
            <span>
              {plural(seal.transactions, "payment")} · {formatBytes(seal.sizeBytes)} ·{" "}
              {relativeTime(seal.timestampMs, nowMs)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Header(props: { readonly header: HeaderView }): ReactNode {
  const { header } = props;
  const key = header.kind === "key";
  const hexes: readonly (readonly [string, string])[] = [
    ["Follows", header.parent],
    ["Body root", header.bodyRoot],
    ["State root", header.stateRoot],
    ["History root", header.historyRoot],
    ["Fee checksum", header.feeChecksum],
    ["Signature", header.signature],
  ];
  return (
    <section className={panel["section"]}>
      <h2>Header</h2>
      <dl className={payments["facts"]}>
        <dt>{key ? "Author" : "Sealed by"}</dt>
        <dd>
          <a href={explorerHref("address", header.author)}>
            <AuthorMark address={header.author} />
          </a>
        </dd>
        <dt>Standing</dt>
        <dd>
          {header.canon
            ? `in the canon · ${plural(header.confirmations, "confirmation")}`
            : "apocryphal: lost its place"}
        </dd>
        <dt>Time</dt>
        <dd>{exactTime(header.timestampMs)}</dd>
        {key ? (
          <>
            <dt>Work</dt>
            <dd>
              {formatWork(header.work)}, nonce {header.nonce}
            </dd>
            <dt>Reward and pot</dt>
            <dd>{formatPair(pairOf(header.coinbase))}</dd>
          </>
        ) : null}
        {hexes.map(([name, value]) => (
          <div key={name} className={controls["contents"]}>
            <dt>{name}</dt>
            <dd className={controls["mono"]}>{value}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>All {formatCount(header.encoded.length / 2)} header bytes</summary>
        <p className={controls["mono"]}>{header.encoded}</p>
      </details>
    </section>
  );
}
