/**
 * This tab beside the live chain: the share it should have and the share it has; and the last stretch of the
 * chain as a scenario.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import panel from "../../components/panel.module.css";
import { useStory } from "../../stores/story-store.ts";
import styles from "./lab.module.css";
import type { LabSession } from "./lab-session.ts";
import { liveBlocks } from "./live-blocks.ts";
import { LiveShare } from "./live-share.tsx";
import { ReplayButtons } from "./replay-buttons.tsx";

/** The section. */
export function LivePanel(props: { readonly session: LabSession }): ReactNode {
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
          <ReplayButtons paragraphs={paragraphs} genesis={genesis} session={props.session} />
        </>
      )}
    </section>
  );
}
