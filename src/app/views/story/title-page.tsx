/**
 * The head of the book: title, who wrote it, the premise with its drop cap, a ribbon of its authors.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";
import type { GenesisView } from "../../api-types.ts";
import controls from "../../components/controls.module.css";
import { cls } from "../../css.ts";
import { shownColour } from "../../format/identity.ts";
import { plural } from "../../format/numbers.ts";
import { calendarDay, pacePhrase } from "../../format/times.ts";
import { useNames } from "../../stores/names-store.ts";
import styles from "./story.module.css";

const RIBBON = 240;

/** Title page of the open story. */
export function TitlePage(props: {
  readonly genesis: GenesisView;
  readonly paragraphs: readonly ParagraphView[];
  readonly total: number;
  readonly nowMs: number;
  readonly onShare: () => void;
}): ReactNode {
  const { genesis, paragraphs, total, nowMs, onShare } = props;
  const hands = useMemo(() => new Set(paragraphs.map((one) => one.author)).size, [paragraphs]);
  const byline =
    total === 0
      ? `Begun ${calendarDay(genesis.createdMs, nowMs)} · a paragraph about ${pacePhrase(genesis.paceMs)}`
      : `${plural(total, "paragraph")} by ${plural(hands, "hand")} since ${calendarDay(genesis.createdMs, nowMs)} · one about ${pacePhrase(genesis.paceMs)}`;
  return (
    <header className={styles["title-page"]} lang={genesis.language}>
      <h1 className={styles["title"]}>{genesis.title}</h1>
      <div className={styles["by"]} lang="en">
        <span>{byline}</span>
        {genesis.network === "test" ? <span className={styles["badge"]}>test network</span> : null}
        {genesis.contentRating === "everyone" ? null : (
          <span className={styles["badge"]}>{genesis.contentRating}</span>
        )}
        <button
          type="button"
          className={cls(controls["button"], controls["quiet"])}
          onClick={onShare}
        >
          Share…
        </button>
      </div>
      <Ribbon paragraphs={paragraphs} hands={hands} />
      <p className={styles["premise"]}>{genesis.premise}</p>
      {genesis.rules === "" ? null : (
        <p className={styles["rules"]}>
          <b lang="en">House rules.</b> {genesis.rules}
        </p>
      )}
    </header>
  );
}

/** One thin tick for each of the last paragraphs in its author's colour: the book's weave at a glance. */
function Ribbon(props: {
  readonly paragraphs: readonly ParagraphView[];
  readonly hands: number;
}): ReactNode {
  const names = useNames((state) => state.names);
  const last = props.paragraphs.slice(-RIBBON);
  // Its room is kept, so that the premise stays where it is when the first paragraphs come.
  if (last.length < 2) return <div className={styles["ribbon"]} aria-hidden />;
  return (
    <svg
      className={styles["ribbon"]}
      role="img"
      aria-label={`The last ${last.length} paragraphs, by ${plural(props.hands, "author")}, in order`}
      viewBox={`0 0 ${last.length} 1`}
      preserveAspectRatio="none"
    >
      {last.map((paragraph, index) => (
        <rect
          key={paragraph.block}
          x={index}
          width={1 - last.length / 800}
          height={1}
          style={{
            fill: shownColour(paragraph.author, names.get(paragraph.author)?.profile ?? null),
          }}
        />
      ))}
    </svg>
  );
}
