/**
 * Blocks in their order of time: on the left what is to come, projected from what waits, on the right the
 * running round's seals and the paragraphs that stand.
 *
 * @module
 */
import { type ReactNode, useEffect, useRef } from "react";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";
import type { MempoolView, StatusView } from "../../api-types.ts";
import { AuthorMark } from "../../components/author-mark.tsx";
import { ScrollRegion } from "../../components/scroll-region.tsx";
import { cls } from "../../css.ts";
import { formatBytes, formatCount, plural } from "../../format/numbers.ts";
import { formatDuration, relativeTime } from "../../format/times.ts";
import { explorerHref } from "../../routes.ts";
import { useStory } from "../../stores/story-store.ts";
import styles from "./explorer.module.css";
import { type Seal, useSeals } from "./use-seals.ts";

const SHOWN = 10;

/** The strip. */
export function BlockStrip(props: {
  readonly status: StatusView;
  readonly mempool: MempoolView | null;
  readonly nowMs: number;
}): ReactNode {
  const { status, mempool, nowMs } = props;
  const paragraphs = useStory((state) => state.paragraphs);
  const seals = useSeals(status.tip.hash);
  const now = useRef<HTMLLIElement>(null);
  const drawn = mempool !== null && paragraphs.length > 0;
  useEffect(() => {
    // On a phone the strip begins where past and future meet; from then on it is the person's.
    const place = now.current;
    const box = place?.closest("section");
    if (!drawn || place === null || !box) return;
    box.scrollLeft = place.offsetLeft - box.offsetLeft - box.clientWidth / 2;
  }, [drawn]);
  return (
    <ScrollRegion label="Blocks to come and blocks that stand">
      <ol className={styles["strip"]}>
        <NextParagraph status={status} nowMs={nowMs} />
        <Projected mempool={mempool} />
        <li ref={now} className={styles["now"]}>
          <span>now</span>
        </li>
        {[...seals].reverse().map((seal) => (
          <SealCard key={seal.id} seal={seal} nowMs={nowMs} />
        ))}
        {paragraphs
          .slice(-SHOWN)
          .reverse()
          .map((paragraph) => (
            <KeyBlock key={paragraph.block} paragraph={paragraph} nowMs={nowMs} />
          ))}
      </ol>
    </ScrollRegion>
  );
}

function NextParagraph(props: { readonly status: StatusView; readonly nowMs: number }): ReactNode {
  const { round } = props.status;
  const spentMs = Math.max(0, props.nowMs - round.startedMs);
  return (
    <li className={cls(styles["block"], styles["coming"])}>
      <b>{formatCount(round.height)}</b>
      <span>next paragraph</span>
      <span>being mined</span>
      <span className={styles["foot"]}>
        {round.tracker === null
          ? ""
          : `${formatDuration(spentMs)} of ${formatDuration(round.paceMs)}`}
      </span>
    </li>
  );
}

function Projected(props: { readonly mempool: MempoolView | null }): ReactNode {
  const { mempool } = props;
  if (mempool === null) return null;
  if (mempool.projected.length === 0) {
    return (
      <li className={cls(styles["block"], styles["coming"], styles["nothing"])}>
        <b>–</b>
        <span>next seal</span>
        <span>nothing waits</span>
      </li>
    );
  }
  // The nearest stands beside the line.
  return [...mempool.projected].reverse().map((one, index, all) => {
    const first = index === all.length - 1;
    const { minFeePerByte: least, maxFeePerByte: most } = one;
    return (
      <li key={all.length - index} className={cls(styles["block"], styles["coming"])}>
        <b>{formatCount(one.count)}</b>
        <span>{first ? "next seal" : `seal after ${all.length - 1 - index}`}</span>
        <span>{formatBytes(one.sizeBytes)}</span>
        <span className={styles["foot"]}>
          {least === most ? least : `${least}–${most}`} units/byte
        </span>
      </li>
    );
  });
}

function SealCard(props: { readonly seal: Seal; readonly nowMs: number }): ReactNode {
  const { seal, nowMs } = props;
  return (
    <li>
      <a className={cls(styles["block"], styles["seal"])} href={explorerHref("block", seal.id)}>
        <b>{plural(seal.transactions, "payment")}</b>
        <span>seal {formatCount(seal.microIndex)}</span>
        <span>{formatBytes(seal.sizeBytes)}</span>
        <span className={styles["foot"]}>{relativeTime(seal.timestampMs, nowMs)}</span>
      </a>
    </li>
  );
}

function KeyBlock(props: { readonly paragraph: ParagraphView; readonly nowMs: number }): ReactNode {
  const { paragraph, nowMs } = props;
  return (
    <li>
      <a className={styles["block"]} href={explorerHref("block", paragraph.block)}>
        <b>{formatCount(paragraph.height)}</b>
        <span>paragraph by</span>
        <AuthorMark address={paragraph.author} mine={paragraph.mine} />
        <span className={styles["foot"]}>{relativeTime(paragraph.timestampMs, nowMs)}</span>
      </a>
    </li>
  );
}
