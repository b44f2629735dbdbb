/**
 * Where each reward came from, with the way to its paragraph.
 *
 * @module
 */
import type { ReactNode } from "react";
import panel from "../../components/panel.module.css";
import { ScrollRegion } from "../../components/scroll-region.tsx";
import { useNow } from "../../components/use-now.ts";
import { cls } from "../../css.ts";
import { formatLedger } from "../../format/amounts.ts";
import { formatCount, plural } from "../../format/numbers.ts";
import { relativeTime } from "../../format/times.ts";
import { storyHref } from "../../routes.ts";
import { useStory } from "../../stores/story-store.ts";
import { useWallet } from "../../stores/wallet-store.ts";
import { REASONS, WALLET } from "./strings.ts";
import styles from "./wallet.module.css";

/** The section. */
export function Rewards(): ReactNode {
  const { rewards, rewardsTotal } = useWallet();
  const story = useStory((state) => state.genesis?.story ?? null);
  const nowMs = useNow(15_000);
  return (
    <section className={panel["section"]}>
      <h2>Rewards</h2>
      <p className={panel["lead"]}>{WALLET.rewardsLead}</p>
      {rewards.length === 0 ? (
        <p className={panel["empty"]}>{WALLET.noRewards}</p>
      ) : (
        <ScrollRegion label="Rewards, as a table">
          <table className={cls(panel["table"], styles["rewards"])}>
            <caption>
              {plural(rewardsTotal, "reward")}
              {rewardsTotal > rewards.length ? `, the newest ${rewards.length} shown` : ""}
            </caption>
            <thead>
              <tr>
                <th scope="col">For</th>
                <th scope="col" className={panel["right"]}>
                  Consumer
                </th>
                <th scope="col" className={panel["right"]}>
                  Industrial
                </th>
              </tr>
            </thead>
            <tbody>
              {rewards.map((reward) => (
                <tr key={reward.block + reward.reason}>
                  <th scope="row" className={styles["reward"]}>
                    {REASONS[reward.reason]}{" "}
                    <span>
                      {story === null ? (
                        `block ${formatCount(reward.height)}`
                      ) : (
                        <a href={storyHref(story, reward.block)}>
                          block {formatCount(reward.height)}
                        </a>
                      )}{" "}
                      · {relativeTime(reward.timestampMs, nowMs)}
                    </span>
                  </th>
                  <td className={panel["right"]}>{formatLedger(reward.consumer)}</td>
                  <td className={panel["right"]}>{formatLedger(reward.industrial)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
