/**
 * Paragraphs that were written and mined but lost their place, and the changes of canon that took it.
 * Dead branches can be read; what was true work stays true work.
 *
 * @module
 */
import { type ReactNode, useCallback } from "react";
import { AuthorMark } from "../../components/author-mark.tsx";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { StateNotice } from "../../components/state-notice.tsx";
import { useNow } from "../../components/use-now.ts";
import { useQuery } from "../../components/use-query.ts";
import { cls } from "../../css.ts";
import { formatCount, formatWork, plural } from "../../format/numbers.ts";
import { relativeTime } from "../../format/times.ts";
import { storyHref } from "../../routes.ts";
import { useClient } from "../../services-context.ts";
import { useStatus } from "../../stores/status-store.ts";
import { useStory } from "../../stores/story-store.ts";
import { ReorgCard } from "../story/reorg-card.tsx";
import { provenanceWords } from "../story/strings.ts";
import styles from "./apocrypha.module.css";
import { APOCRYPHA } from "./strings.ts";

/** The view. */
export function ApocryphaView(): ReactNode {
  const client = useClient();
  const tip = useStatus((state) => state.status?.tip.hash ?? null);
  const reorgs = useStory((state) => state.reorgs);
  const story = useStory((state) => state.genesis?.story ?? null);
  const nowMs = useNow(15_000);
  const ask = useCallback(
    () => client.request({ method: "get_apocrypha", params: { limit: 200 } }),
    [client],
  );
  const { data, problem, again } = useQuery(ask, tip);
  return (
    <div className={cls(panel["page"], panel["narrow"])}>
      <header>
        <h1 className={panel["heading"]}>{APOCRYPHA.title}</h1>
        <p className={panel["lead"]}>{APOCRYPHA.lead}</p>
      </header>
      <ProblemText problem={problem} onRetry={again} />
      {data !== null && data.total === 0 ? (
        <StateNotice
          id="no-apocrypha"
          tone="calm"
          place="inline"
          title={APOCRYPHA.none}
          text={APOCRYPHA.noneText}
          action={{ label: "Back to the story", href: "#/" }}
        />
      ) : null}
      {data === null || data.total === 0 ? null : (
        <section className={panel["section"]}>
          <h2>{plural(data.total, "lost paragraph")}</h2>
          <ol className={styles["list"]}>
            {data.paragraphs.map((one) => (
              <li key={one.block} className={styles["item"]} data-block={one.block}>
                <p className={styles["text"]}>{one.withheld ? APOCRYPHA.withheld : one.text}</p>
                <p className={styles["note"]}>
                  <AuthorMark address={one.author} mine={one.mine} />
                  <span>
                    {provenanceWords(one)} · stood at {formatCount(one.height)}, after the story
                    forked at {formatCount(one.forkHeight)} · {formatWork(one.work)} ·{" "}
                    {relativeTime(one.timestampMs, nowMs)}
                  </span>
                  {story === null ? null : (
                    <>
                      <a href={storyHref(story, one.block)}>
                        Open paragraph {formatCount(one.height)}, lost
                      </a>
                      {one.canonBlock === null ? null : (
                        <a href={storyHref(story, one.canonBlock)}>
                          What stands there now ({formatCount(one.height)})
                        </a>
                      )}
                    </>
                  )}
                </p>
              </li>
            ))}
          </ol>
        </section>
      )}
      {reorgs.length === 0 ? null : (
        <section className={panel["section"]}>
          <h2>{APOCRYPHA.changes}</h2>
          {reorgs.map((reorg) => (
            <ReorgCard key={reorg.from + reorg.to} reorg={reorg} nowMs={nowMs} here={false} />
          ))}
        </section>
      )}
    </div>
  );
}
