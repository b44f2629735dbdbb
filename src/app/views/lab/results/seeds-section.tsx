/**
 * All runs of a scenario that asks for several seeds; the sections above show the first.
 *
 * @module
 */
import type { ReactNode } from "react";
import { countText, durationText, percentText } from "../../../../lab/report/format.ts";
import type { RunSummary } from "../../../../lab/statistics/summary.ts";
import controls from "../../../components/controls.module.css";
import panel from "../../../components/panel.module.css";
import { ScrollRegion } from "../../../components/scroll-region.tsx";
import styles from "../lab.module.css";
import { LAB } from "../strings.ts";

/** The table; nothing for one seed. */
export function SeedsSection(props: { readonly summaries: readonly RunSummary[] }): ReactNode {
  const { summaries } = props;
  if (summaries.length < 2) return null;
  return (
    <section className={styles["part"]}>
      <div className={styles["part-head"]}>
        <h3>All seeds</h3>
        <span className={styles["badge"]}>{LAB.simulated}</span>
      </div>
      <p className={controls["hint"]}>What is above is about the first seed.</p>
      <ScrollRegion label="All seeds">
        <table className={panel["table"]}>
          <thead>
            <tr>
              <th scope="col">Seed</th>
              <th scope="col" className={panel["right"]}>
                Blocks
              </th>
              <th scope="col" className={panel["right"]}>
                Mean block time
              </th>
              <th scope="col" className={panel["right"]}>
                Stale
              </th>
              <th scope="col">Hash of the log</th>
            </tr>
          </thead>
          <tbody>
            {summaries.map(({ seed, blocks, blockTimes, forks, logHash }) => (
              <tr key={seed}>
                <th scope="row">{seed}</th>
                <td className={panel["right"]}>{countText(blocks)}</td>
                <td className={panel["right"]}>
                  {blockTimes.sample === null ? "–" : durationText(blockTimes.sample.mean)}
                </td>
                <td className={panel["right"]}>{percentText(forks.staleRate)}</td>
                <td className={controls["mono"]} title={logHash}>
                  {logHash.slice(0, 16)}…
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
