/**
 * The running round in words: who holds the peer list, how long it lasts against the pace, how
 * likely this tab is next, and why it rests.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { StatusView } from "../../api-types.ts";
import { AuthorMark } from "../../components/author-mark.tsx";
import { goWrite } from "../../components/bottom-bar.tsx";
import controls from "../../components/controls.module.css";
import { StateNotice } from "../../components/state-notice.tsx";
import { useNow } from "../../components/use-now.ts";
import { formatCount, formatShare } from "../../format/numbers.ts";
import { formatDuration } from "../../format/times.ts";
import { useStatus } from "../../stores/status-store.ts";
import { NOT_MINING } from "../../strings.ts";
import styles from "./story.module.css";

function chanceSentence(status: StatusView): string {
  const { mining, round } = status;
  // Until the first hashes are counted its chance is 0, which is not what a person would understand by it.
  if (mining.active && round.chance !== null && round.chance > 0) {
    return `Your chance at it: about ${formatShare(round.chance)}.`;
  }
  if (mining.active) return "Your chance at it is not known yet.";
  return mining.reason === null ? "" : NOT_MINING[mining.reason][1];
}

function TrackerSentence(props: { readonly round: StatusView["round"] }): ReactNode {
  const { round } = props;
  if (round.tracker === null)
    return "Only the premise stands; whoever comes first writes the first paragraph.";
  if (round.trackerIsMe) return "You wrote the last paragraph and keep the peer list this round.";
  return (
    <>
      <AuthorMark address={round.tracker} /> wrote the last paragraph and keeps the peer list this
      round.
    </>
  );
}

/** The panel below the last paragraph. */
export function RoundPanel(): ReactNode {
  const status = useStatus((state) => state.status);
  const nowMs = useNow(1000);
  if (status === null) return null;
  const { round } = status;
  // The premise may be old, and nobody works on its round until somebody comes: there is no time to show.
  const first = round.tracker === null;
  const spentMs = first ? 0 : Math.max(0, nowMs - round.startedMs);
  // The bar ends at twice the pace, so that the mark of the usual time stands in its middle.
  const filled = Math.min(1, spentMs / (2 * round.paceMs));
  const restingMs = round.restUntilMs === null ? 0 : round.restUntilMs - nowMs;
  const resting = status.mining.reason === "resting" || (round.trackerIsMe && restingMs > 0);
  const spent = first
    ? `A paragraph usually takes about ${formatDuration(round.paceMs)}.`
    : `${formatDuration(spentMs)} of about ${formatDuration(round.paceMs)}`;
  return (
    <section className={styles["round"]} aria-label={`Round ${round.height}`}>
      <p>
        <b>Round {formatCount(round.height)}.</b> <TrackerSentence round={round} />
      </p>
      <div className={styles["meter"]} aria-hidden>
        <span style={{ inlineSize: `${filled * 100}%` }} />
        <i />
      </div>
      <p className={controls["number"]}>
        {spent}
        {!first && round.relief > 0
          ? " · nobody has come for a while, so it gets easier until somebody does"
          : ""}
      </p>
      {resting ? (
        <StateNotice
          id="resting"
          tone="calm"
          place="inline"
          title={
            restingMs > 0 ? `You rest for ${formatDuration(restingMs)}` : "You rest this round"
          }
          text="Nobody writes two in a row, unless nobody else comes. You can prepare your next paragraph meanwhile."
          action={{ label: "Write the next one", onClick: goWrite }}
        />
      ) : (
        <p>{chanceSentence(status)}</p>
      )}
    </section>
  );
}
