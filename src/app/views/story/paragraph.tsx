/**
 * One paragraph of the book with its margin card. Memoised: a story has thousands of them and each
 * tip changes a few.
 *
 * @module
 */
import { memo, type ReactNode } from "react";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";
import { AuthorMark } from "../../components/author-mark.tsx";
import { useName } from "../../components/use-name.ts";
import { cls } from "../../css.ts";
import { calledName } from "../../format/identity.ts";
import { formatCount, formatWork } from "../../format/numbers.ts";
import styles from "./paragraph.module.css";
import { confirmationWords, provenanceWords, STORY } from "./strings.ts";
import { TipButton } from "./tip-button.tsx";

/** How a paragraph stands out. */
export interface ParagraphProps {
  readonly paragraph: ParagraphView;
  /** First of its chapter: no indent. */
  readonly first: boolean;
  /** Named by the permalink. */
  readonly linked: boolean;
  /** What the permalink's own check gave, when it was done. */
  readonly proof?: "verified" | "not verified" | null;
  readonly onOpen: (block: string) => void;
  readonly onTip: (paragraph: ParagraphView) => void;
}

function ParagraphInner(props: ParagraphProps): ReactNode {
  const { paragraph, first, linked, proof = null, onOpen, onTip } = props;
  const { block, height, author, mine } = paragraph;
  const handle = useName(author)?.handle ?? null;
  const by = mine ? "you" : calledName(author, handle);
  return (
    <div
      className={cls(styles["par"], linked && styles["linked"])}
      data-height={height}
      data-block={block}
      tabIndex={-1}
    >
      <p className={cls(styles["text"], first && styles["flush"])}>
        {paragraph.withheld ? (
          <span className={styles["withheld"]}>{STORY.withheld}</span>
        ) : (
          paragraph.text
        )}
      </p>
      <div className={styles["side"]}>
        <button
          type="button"
          className={styles["card"]}
          aria-haspopup="dialog"
          aria-label={`Paragraph ${height} by ${by}: details and proof`}
          onClick={() => {
            onOpen(block);
          }}
        >
          <span className={styles["card-line"]}>
            <AuthorMark address={author} mine={mine} /> · {provenanceWords(paragraph)}
          </span>
          <span className={styles["card-line"]}>
            block {formatCount(height)} · {confirmationWords(paragraph.confirmations)}
          </span>
          <span className={styles["card-more"]}>
            {formatWork(paragraph.work)} · proof {proof ?? "checked"}
          </span>
        </button>
        <TipButton paragraph={paragraph} onTip={onTip} />
      </div>
    </div>
  );
}

/** The memoised paragraph. */
export const Paragraph = memo(ParagraphInner);
