/**
 * This tab beside the live chain: the share it should have and the share it has; and the last stretch of the
 * chain as a scenario.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import type { LiveBlock } from "../../../lab/live/live-block.ts";
import { replayScenario } from "../../../lab/live/replay-scenario.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { calledName } from "../../format/identity.ts";
import { formatCount, plural } from "../../format/numbers.ts";
import { useNames } from "../../stores/names-store.ts";
import { useStory } from "../../stores/story-store.ts";
import styles from "./lab.module.css";
import { openScenario } from "./lab-session.ts";
import { liveBlocks } from "./live-blocks.ts";
import { LiveShare } from "./live-share.tsx";

const REPLAYED = 100;

/** The section. */
export function LivePanel(): ReactNode {
  const paragraphs = useStory((state) => state.paragraphs);
  const genesis = useStory((state) => state.genesis);
  const blocks = useMemo(() => liveBlocks(paragraphs), [paragraphs]);
  return (
    <section className={panel["section"]} aria-labelledby="lab-live" data-part="live">
      <div className={styles["part-head"]}>
        <h2 id="lab-live">This tab on the live chain</h2>
        <span className={styles["live-badge"]}>Live, not simulated</span>
      </div>
      {genesis === null ? (
        <p className={panel["empty"]}>The story is still being opened.</p>
      ) : (
        <>
          <LiveShare blocks={blocks} paceMs={genesis.paceMs} paragraphs={paragraphs} />
          <ReplayButton
            blocks={blocks.slice(-REPLAYED)}
            title={genesis.title}
            story={genesis.story}
            paceMs={genesis.paceMs}
          />
        </>
      )}
    </section>
  );
}

function ReplayButton(props: {
  readonly blocks: readonly LiveBlock[];
  readonly title: string;
  readonly story: string;
  readonly paceMs: number;
}): ReactNode {
  const { blocks, title, story, paceMs } = props;
  const authors = new Set(blocks.map(({ author }) => author)).size;
  const replay = (): void => {
    const { names } = useNames.getState();
    const nameOf = (author: string): string =>
      calledName(author, names.get(author)?.handle ?? null);
    const made = replayScenario({ title, story, paceMs, blocks, nameOf });
    openScenario(made.yaml, { stretch: { ...made, blocks } });
    // The scenario may have been folded away until now.
    requestAnimationFrame(() => {
      document.querySelector("#lab-scenario")?.scrollIntoView();
    });
  };
  return (
    <div className={controls["row"]}>
      <button
        type="button"
        className={controls["button"]}
        disabled={blocks.length === 0}
        onClick={replay}
      >
        {blocks.length < REPLAYED
          ? "Replay the story so far as a scenario"
          : `Replay the last ${formatCount(REPLAYED)} paragraphs as a scenario`}
      </button>
      <span className={controls["hint"]}>
        {blocks.length === 0
          ? "The story has no paragraphs yet."
          : `${plural(blocks.length, "paragraph")} by ${plural(authors, "author")}: their hash rates are estimated, and a simulation of them can be set beside what happened.`}
      </span>
    </div>
  );
}
