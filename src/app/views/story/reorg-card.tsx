/**
 * A reorganisation told as a story diff, at the place where the story forked: these left, those came.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { ParagraphView, ReorgView } from "../../../peer/rpc/shapes.ts";
import { AuthorMark } from "../../components/author-mark.tsx";
import controls from "../../components/controls.module.css";
import { cls } from "../../css.ts";
import { formatCount } from "../../format/numbers.ts";
import { relativeTime } from "../../format/times.ts";
import styles from "./reorg-card.module.css";
import { reorgSentence } from "./strings.ts";

function Side(props: {
  readonly sign: "−" | "+";
  readonly name: string;
  readonly paragraphs: readonly ParagraphView[];
}): ReactNode {
  return (
    <div className={cls(styles["side"], props.sign === "−" ? styles["left"] : styles["came"])}>
      <p className={styles["side-name"]}>
        <span aria-hidden>{props.sign} </span>
        {props.name}
      </p>
      <ol className={styles["list"]}>
        {props.paragraphs.map((paragraph) => (
          <li key={paragraph.block}>
            <AuthorMark address={paragraph.author} mine={paragraph.mine} />
            <span className={styles["excerpt"]}>{paragraph.text}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The card of one change of the canon. */
export function ReorgCard(props: {
  readonly reorg: ReorgView;
  readonly nowMs: number;
  readonly onDismiss?: () => void;
  /** False outside of the book, where the place must be named. */
  readonly here?: boolean;
}): ReactNode {
  const { reorg, nowMs, onDismiss, here = true } = props;
  const place = here ? "here" : `after paragraph ${formatCount(reorg.forkHeight)}`;
  return (
    <section
      className={styles["diff"]}
      aria-label={`The canon changed ${place}`}
      data-reorg={reorg.to}
    >
      <p>
        <b>
          The canon changed {place} {relativeTime(reorg.atMs, nowMs)}.
        </b>{" "}
        {reorgSentence(reorg)}
      </p>
      <details>
        <summary>What left and what came</summary>
        <div className={styles["sides"]}>
          <Side sign="−" name="These left" paragraphs={reorg.lost} />
          <Side sign="+" name="These came" paragraphs={reorg.gained} />
        </div>
      </details>
      <div className={controls["row"]}>
        {here ? <a href="#/apocrypha">Read what was lost</a> : null}
        {onDismiss === undefined ? null : (
          <button
            type="button"
            className={cls(controls["button"], controls["quiet"])}
            onClick={onDismiss}
          >
            Put away
          </button>
        )}
      </div>
    </section>
  );
}
