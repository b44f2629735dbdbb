/**
 * The contents beside the book: chapters, where the reader is, where they stopped, the apocrypha.
 *
 * @module
 */
import type { ReactNode } from "react";
import { cls } from "../../css.ts";
import { formatCount, romanNumeral } from "../../format/numbers.ts";
import type { Chapter } from "../../stores/story-reducer.ts";
import { SHELL } from "../../strings.ts";
import styles from "./story.module.css";
import { STORY } from "./strings.ts";
import { scrollToHeight } from "./use-reading.ts";

/** `II. What the harbour owed`, or `Chapter II` for a chapter without a title. */
export function chapterName(chapter: Chapter): string {
  const number = romanNumeral(chapter.number);
  return chapter.title === null || chapter.title === ""
    ? `Chapter ${number}`
    : `${number}. ${chapter.title}`;
}

/** The aside of wide screens, or the list inside the phone's fold. */
export function Contents(props: {
  readonly chapters: readonly Chapter[];
  readonly reading: number;
  readonly bookmark: number;
  readonly apocrypha: number | null;
  readonly folded?: boolean;
}): ReactNode {
  const { chapters, reading, bookmark, apocrypha, folded = false } = props;
  const current = chapters.findLast(
    (chapter) => (chapter.paragraphs[0]?.height ?? Number.MAX_SAFE_INTEGER) <= reading,
  );
  const list = (
    <ol className={styles["toc-list"]}>
      <li>
        <button
          type="button"
          aria-current={current === undefined ? "location" : undefined}
          onClick={() => {
            scrollTo({ top: 0 });
          }}
        >
          {STORY.premise}
        </button>
      </li>
      {chapters.map((chapter) => (
        <li key={chapter.number}>
          <button
            type="button"
            aria-current={chapter === current ? "location" : undefined}
            onClick={() => {
              scrollToHeight(chapter.paragraphs[0]?.height ?? 1);
            }}
          >
            {chapterName(chapter)}
          </button>
        </li>
      ))}
      {bookmark > 3 ? (
        <li>
          <button
            type="button"
            onClick={() => {
              scrollToHeight(bookmark);
            }}
          >
            Where you stopped · {formatCount(bookmark)}
          </button>
        </li>
      ) : null}
      <li>
        <a href="#/codex">{SHELL.codex}</a>
      </li>
      {apocrypha === null || apocrypha === 0 ? null : (
        <li>
          <a href="#/apocrypha">Apocrypha · {formatCount(apocrypha)}</a>
        </li>
      )}
    </ol>
  );
  if (folded) {
    return (
      <details className={styles["toc-fold"]}>
        <summary>{STORY.contents}</summary>
        <nav aria-label={STORY.contents}>{list}</nav>
      </details>
    );
  }
  return (
    <nav className={cls(styles["toc"])} aria-label={STORY.contents}>
      <b aria-hidden>{STORY.contents}</b>
      {list}
    </nav>
  );
}
