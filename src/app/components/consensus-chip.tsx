/**
 * The one always-visible sign of where this tab stands with the others; its words on click.
 *
 * @module
 */
import type { ReactNode } from "react";
import { cls } from "../css.ts";
import { formatCount, formatWork } from "../format/numbers.ts";
import { useStatus } from "../stores/status-store.ts";
import { chipWords } from "../strings.ts";
import controls from "./controls.module.css";
import styles from "./shell.module.css";

/** Chip and popover. */
export function ConsensusChip(): ReactNode {
  const status = useStatus((state) => state.status);
  const words = chipWords(status);
  return (
    <>
      <button
        type="button"
        className={styles["chip"]}
        popoverTarget="consensus-words"
        aria-label={words.long}
        data-consensus={words.state}
      >
        <span className={cls(styles["dot"], styles[words.state])} aria-hidden />
        <span className={styles["chip-long"]}>{words.long}</span>
        <span className={styles["chip-short"]}>{words.short}</span>
      </button>
      <section
        id="consensus-words"
        popover="auto"
        className={styles["popover"]}
        aria-label="Where this tab stands"
      >
        <p className={styles["popover-title"]}>{words.long}</p>
        <p>{words.explanation}</p>
        {status === null ? null : (
          <dl className={styles["facts"]}>
            <dt>Paragraphs</dt>
            <dd>{formatCount(status.tip.height)}</dd>
            <dt>Work behind them</dt>
            <dd>{formatWork(status.tip.work)}</dd>
            <dt>Direct peers</dt>
            <dd>{formatCount(status.peerCount.direct)}</dd>
            <dt>Through a relay</dt>
            <dd>{formatCount(status.peerCount.relayed)}</dd>
            <dt>Lighthouses</dt>
            <dd>{formatCount(status.peerCount.server)}</dd>
          </dl>
        )}
        <a className={controls["button"]} href="#/network">
          Network
        </a>
      </section>
    </>
  );
}
