/**
 * The body of the book: chapters, paragraphs, and the places where the canon changed.
 *
 * @module
 */
import { Fragment, memo, type ReactNode } from "react";
import type { ParagraphView, ReorgView } from "../../../peer/rpc/shapes.ts";
import type { Chapter } from "../../stores/story-reducer.ts";
import { chapterName } from "./contents.tsx";
import { Paragraph } from "./paragraph.tsx";
import { ReorgCard } from "./reorg-card.tsx";
import styles from "./story.module.css";

interface BookProps {
  readonly chapters: readonly Chapter[];
  readonly language: string;
  /** Shown after the paragraph at their fork height. */
  readonly reorgs: readonly ReorgView[];
  readonly linked: string | null;
  readonly proof: "verified" | "not verified" | null;
  readonly nowMs: number;
  readonly onOpen: (block: string) => void;
  readonly onTip: (paragraph: ParagraphView) => void;
  readonly onDismiss: (reorg: ReorgView) => void;
}

function BookInner(props: BookProps): ReactNode {
  const { chapters, language, reorgs, linked, proof, nowMs, onOpen, onTip, onDismiss } = props;
  const cardsAfter = (height: number): ReactNode =>
    reorgs
      .filter((reorg) => reorg.forkHeight === height)
      .map((reorg) => (
        <ReorgCard
          key={`${reorg.from}${reorg.to}`}
          reorg={reorg}
          nowMs={nowMs}
          onDismiss={() => {
            onDismiss(reorg);
          }}
        />
      ));
  return (
    <div lang={language}>
      {cardsAfter(0)}
      {chapters.map((chapter) => (
        <section key={chapter.number} className={styles["chapter"]}>
          <h2 className={styles["chapter-name"]}>{chapterName(chapter)}</h2>
          {chapter.paragraphs.map((paragraph, index) => (
            <Fragment key={paragraph.block}>
              <Paragraph
                paragraph={paragraph}
                first={index === 0}
                linked={paragraph.block === linked}
                proof={paragraph.block === linked ? proof : null}
                onOpen={onOpen}
                onTip={onTip}
              />
              {cardsAfter(paragraph.height)}
            </Fragment>
          ))}
        </section>
      ))}
    </div>
  );
}

/** Memoised: the clock of the view must not render the book. */
export const Book = memo(BookInner);
