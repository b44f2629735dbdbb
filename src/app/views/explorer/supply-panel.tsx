/**
 * How much of both tokens there is, against the schedule: where it stands on the curve of the whole
 * emission, and the figures to the unit.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { SupplyView } from "../../api-types.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { cls } from "../../css.ts";
import { formatTokens, TOKENS } from "../../format/amounts.ts";
import { formatCount } from "../../format/numbers.ts";
import styles from "./explorer.module.css";
import { EXPLORER } from "./strings.ts";

const WIDTH = 600;
const HEIGHT = 96;
/** Reward falls by one part in so many with each block (RWD-1). */
const DECAY = 20_000;
const STEPS = 60;

/** Share of the cap that the schedule has emitted at a height. */
const scheduledShare = (height: number): number => 1 - (1 - 1 / DECAY) ** height;

/** Parts of `whole` in millionths, exactly enough for a drawing. */
const share = (part: string, whole: string): number =>
  whole === "0" ? 0 : Number((BigInt(part) * 1_000_000n) / BigInt(whole)) / 1_000_000;

/** The section. */
export function SupplyPanel(props: { readonly supply: SupplyView }): ReactNode {
  const { supply } = props;
  return (
    <section className={panel["section"]}>
      <div className={panel["head"]}>
        <h2>Supply</h2>
        <span>at paragraph {formatCount(supply.height)}</span>
      </div>
      <p className={panel["lead"]}>{EXPLORER.supplyLead}</p>
      <Curve supply={supply} />
      <table className={cls(panel["table"], styles["figures"])}>
        <caption className={controls["visually-hidden"]}>Supply in tokens</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className={controls["visually-hidden"]}>What</span>
            </th>
            <th scope="col" className={panel["right"]}>
              Consumer
            </th>
            <th scope="col" className={panel["right"]}>
              Industrial
            </th>
          </tr>
        </thead>
        <tbody>
          <Figures name="Emitted" values={TOKENS.map((token) => supply.emitted[token])} />
          <Figures name="On schedule by now" values={[supply.scheduled, supply.scheduled]} />
          <Figures
            name="In the pot, for the next author"
            values={TOKENS.map((token) => supply.pot[token])}
          />
          <Figures
            name="A full paragraph pays"
            values={TOKENS.map((token) => supply.nextReward[token])}
          />
          <Figures name="There will never be more than" values={[supply.max, supply.max]} />
        </tbody>
      </table>
    </section>
  );
}

function Figures(props: { readonly name: string; readonly values: readonly string[] }): ReactNode {
  const [consumer = "0", industrial = "0"] = props.values;
  return (
    <tr>
      <th scope="row">{props.name}</th>
      <td className={panel["right"]}>{formatTokens(consumer)}</td>
      <td className={panel["right"]}>{formatTokens(industrial)}</td>
    </tr>
  );
}

function Curve(props: { readonly supply: SupplyView }): ReactNode {
  const { height, emitted, max, scheduled } = props.supply;
  // The first half of all tokens, or twice the way that was gone: far enough to see the bend.
  const end = Math.max(14_000, 2 * height);
  const top = scheduledShare(end);
  const x = (at: number): number => (at / end) * WIDTH;
  const y = (part: number): number => HEIGHT - (part / top) * HEIGHT;
  const line = Array.from({ length: STEPS + 1 }, (_, index) => {
    const at = (end * index) / STEPS;
    return `${index === 0 ? "M" : "L"}${x(at).toFixed(1)} ${y(scheduledShare(at)).toFixed(1)}`;
  }).join("");
  const kept = TOKENS.map((token) => `${Math.round(share(emitted[token], scheduled) * 100)} %`);
  const words = `Of what the schedule allows by now, ${kept[0]} of the consumer and ${kept[1]} of the industrial tokens were emitted: ${(share(emitted.consumer, max) * 100).toFixed(2)} % and ${(share(emitted.industrial, max) * 100).toFixed(2)} % of all there will be.`;
  return (
    <figure>
      <svg
        className={styles["curve"]}
        viewBox={`-6 -6 ${WIDTH + 12} ${HEIGHT + 12}`}
        role="img"
        aria-label={words}
      >
        <line className={styles["axis"]} x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        <path className={styles["schedule"]} d={line} />
        {TOKENS.map((token) => (
          <circle
            key={token}
            className={styles[token]}
            cx={x(height)}
            cy={y(share(emitted[token], max))}
            r={4.5}
          />
        ))}
      </svg>
      <figcaption className={styles["caption"]}>
        {words} The line is the schedule over the first {formatCount(end)} paragraphs, which bring{" "}
        {Math.round(top * 100)} % of all tokens; the dots are what was emitted.
      </figcaption>
    </figure>
  );
}
