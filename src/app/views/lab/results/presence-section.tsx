/**
 * Who is online, how far apart they are, and what becomes of payments.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import type { RunView } from "../../../../lab/host/protocol.ts";
import { countText, figureText } from "../../../../lab/report/format.ts";
import { transactionsVerdict } from "../../../../lab/report/verdicts.ts";
import { plural } from "../../../format/numbers.ts";
import styles from "../lab.module.css";
import { Plot } from "../plots/plot.tsx";
import type { PlotContent } from "../plots/plot-options.ts";
import { momentsOf, timeAxis } from "./axes.ts";
import { type PartProps, ResultSection } from "./result-section.tsx";

function courseOf(view: RunView, name: string, unit: string, values: Float64Array): PlotContent {
  return {
    x: timeAxis(view.series.atMs),
    y: { name: unit, text: figureText, isWhole: true },
    series: [{ name, look: "main", values }],
    moments: momentsOf(view),
  };
}

function bounds(values: Float64Array): readonly [least: number, most: number] {
  return values.reduce<readonly [number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [values[0] ?? 0, values[0] ?? 0],
  );
}

/** Peers online, and the spread of their heights. */
export function PresenceSection({ view, isAnswer }: PartProps): ReactNode {
  const { series } = view;
  const online = useMemo(() => courseOf(view, "online", "peers", series.online), [view, series]);
  const spread = useMemo(
    () => courseOf(view, "spread", "blocks between the highest and the lowest peer", series.spread),
    [view, series],
  );
  const [least, most] = bounds(series.online);
  const [, widest] = bounds(series.spread);
  const present =
    least === most
      ? `${least === 1 ? "One peer was" : `All ${countText(most)} peers were`} online throughout`
      : `Between ${countText(least)} and ${plural(most, "peer")} were online`;
  const apart =
    widest === 0
      ? "whenever they were sampled, all had the same height"
      : `when they were sampled, their heights differed by at most ${plural(widest, "block")}`;
  return (
    <ResultSection part="presence" isAnswer={isAnswer} verdict={`${present}; ${apart}.`}>
      {least === most && widest === 0 ? null : (
        <div className={styles["pair"]}>
          {least === most ? null : (
            <Plot title="Peers online" words={`${present}.`} content={online} />
          )}
          {widest === 0 ? null : (
            <Plot
              title="How far apart peers are"
              words="Between two peers that are connected this is how far one is behind the other."
              content={spread}
            />
          )}
        </div>
      )}
    </ResultSection>
  );
}

/** What became of payments; nothing where nobody pays. */
export function PaymentsSection({ view, isAnswer }: PartProps): ReactNode {
  const { summary, series } = view;
  const { created, unfunded } = summary.transactions;
  const pool = useMemo(() => courseOf(view, "waiting", "payments", series.pool), [view, series]);
  if (created + unfunded === 0) return null;
  const [, most] = bounds(series.pool);
  return (
    <ResultSection part="payments" isAnswer={isAnswer} verdict={transactionsVerdict(summary)}>
      {most === 0 ? null : (
        <Plot
          title="Payments that wait"
          words={`At most ${plural(most, "payment")} waited when that was sampled.`}
          content={pool}
        />
      )}
    </ResultSection>
  );
}
