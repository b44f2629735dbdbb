/**
 * The last log lines: refused blocks with their code, dials, faults.
 *
 * @module
 */
import { type ReactNode, useCallback } from "react";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { ScrollRegion } from "../../components/scroll-region.tsx";
import { useNow } from "../../components/use-now.ts";
import { useQuery } from "../../components/use-query.ts";
import { shortPeerId } from "../../format/identity.ts";
import { relativeTime } from "../../format/times.ts";
import { useClient } from "../../services-context.ts";
import { NETWORK } from "./strings.ts";

/** The section; asks again when `mark` changes. */
export function LogLines(props: { readonly mark: string }): ReactNode {
  const client = useClient();
  const nowMs = useNow(15_000);
  const ask = useCallback(
    () => client.request({ method: "get_log", params: { limit: 60 } }),
    [client],
  );
  const { data, problem, again } = useQuery(ask, props.mark);
  return (
    <section className={panel["section"]}>
      <div className={panel["head"]}>
        <h2>Log</h2>
        <span>{NETWORK.log}</span>
      </div>
      <ProblemText problem={problem} onRetry={again} />
      {data === null || data.entries.length === 0 ? (
        <p className={panel["empty"]}>{NETWORK.noLog}</p>
      ) : (
        <ScrollRegion label="Log lines">
          <table className={panel["table"]}>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Level</th>
                <th scope="col">Code</th>
                <th scope="col">Peer</th>
                <th scope="col">Detail</th>
              </tr>
            </thead>
            <tbody>
              {[...data.entries]
                .sort((a, b) => b.atMs - a.atMs)
                .map((entry, index) => (
                  // Two lines may agree in every field; their place tells them apart.
                  <tr key={`${entry.atMs}/${entry.code}/${index}`} data-code={entry.code}>
                    <td>{relativeTime(entry.atMs, nowMs)}</td>
                    <td>{entry.level}</td>
                    <td>{entry.code}</td>
                    <td title={entry.peer ?? undefined}>
                      {entry.peer === null ? "–" : shortPeerId(entry.peer)}
                    </td>
                    <td className={panel["wrap"]}>{entry.detail}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  );
}
