/**
 * One chart: a canvas for eyes, a sentence and a table for everybody, the figures under the pointer as text.
 *
 * @module
 */
import { type ReactNode, useEffect, useRef, useState } from "react";
import panel from "../../../components/panel.module.css";
import { ScrollRegion } from "../../../components/scroll-region.tsx";
import type { DrawnPlot, drawPlot } from "./draw-plot.ts";
import { isLine, LINE_LOOKS, type SeriesLook } from "./looks.ts";
import styles from "./plot.module.css";
import type { PlotContent, PlotSeries } from "./plot-options.ts";
import { useInk } from "./use-ink.ts";
import { useNear } from "./use-near.ts";
import { mendLanguage } from "./valid-language.ts";

/** Rows of the table: enough to follow a course, few enough to be heard. */
const ROWS = 12;
const NOT_DRAWN = "The chart could not be drawn; the figures stand below.";

type Draw = typeof drawPlot;

/** The drawing code; null until it is there. `failed` where it cannot be had: words and figures stand for it. */
function useDrawing(): { readonly draw: Draw | null; readonly failed: boolean } {
  const [draw, setDraw] = useState<Draw | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let over = false;
    mendLanguage(navigator);
    import("./draw-plot.ts").then(
      (module) => {
        if (!over) setDraw(() => module.drawPlot);
      },
      () => {
        if (!over) setFailed(true);
      },
    );
    return () => {
      over = true;
    };
  }, []);
  return { draw, failed };
}

/** The chart; `words` say what it shows to somebody who cannot see it. */
export function Plot(props: {
  readonly title: string;
  readonly words: string;
  readonly content: PlotContent;
}): ReactNode {
  const { title, words, content } = props;
  const { place, ink } = useInk();
  const isNear = useNear(place);
  const { draw, failed } = useDrawing();
  const latest = useRef(content);
  const plot = useRef<DrawnPlot | null>(null);
  const readout = useRef<HTMLParagraphElement>(null);
  // Another set of series is another plot; new figures in the same ones only move its lines.
  const shape = JSON.stringify(content.series.map(({ name, look }) => [name, look]));
  useEffect(() => {
    latest.current = content;
    plot.current?.update(content);
  }, [content]);
  useEffect(() => {
    const box = place.current;
    if (box === null || ink === null || draw === null || !isNear) return undefined;
    const made = draw(box, latest.current, ink, (drawn, index) => {
      if (readout.current !== null) readout.current.textContent = pointText(drawn, index);
    });
    plot.current = made;
    return () => {
      made.remove();
      plot.current = null;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- `shape` stands for the series of `content`
  }, [place, ink, draw, isNear, shape]);
  const moments = content.moments ?? [];
  const canvas = failed ? styles["absent"] : styles["canvas"];
  return (
    <figure className={styles["figure"]}>
      <figcaption className={styles["caption"]}>
        <b>{title}</b>
        <Legend content={content} />
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- uPlot draws on a canvas inside of it */}
      <div ref={place} className={canvas} role="img" aria-label={`${title}. ${words}`} />
      {failed ? <p className={styles["words"]}>{NOT_DRAWN}</p> : null}
      <p ref={readout} className={styles["readout"]} aria-hidden />
      <p className={styles["words"]}>{words}</p>
      {moments.length === 0 ? null : (
        <p className={styles["words"]}>
          {moments
            .map(({ at, label }, index) => `${index + 1}: ${label} (${content.x.text(at)})`)
            .join(" · ")}
        </p>
      )}
      <Figures title={title} content={content} open={failed} />
    </figure>
  );
}

/** A value, with where it may lie if that is known; null where there is none. */
function valueText(
  { values, reach }: PlotSeries,
  index: number,
  text: (value: number) => string,
): string | null {
  const value = values[index];
  if (value === null || value === undefined) return null;
  const [low, high] = [reach?.low[index], reach?.high[index]];
  return low == null || high == null
    ? text(value)
    : `${text(value)} (${text(low)} to ${text(high)})`;
}

function pointText({ x, y, series }: PlotContent, index: number | null): string {
  const at = index === null ? undefined : x.values[index];
  if (index === null || at === undefined) return "";
  const values = series.flatMap((one) => {
    const value = valueText(one, index, y.text);
    return value === null ? [] : [`${one.name} ${value}`];
  });
  return [x.text(at), ...values].join(" · ");
}

/** A short piece of the series as it is drawn. */
function Key(props: { readonly look: SeriesLook }): ReactNode {
  const { look } = props;
  if (!isLine(look)) return <span className={styles[look]} aria-hidden />;
  const { ink, width, dash } = LINE_LOOKS[look];
  return (
    <svg className={styles["mark"]} viewBox="0 0 24 4" aria-hidden>
      <path
        d="M0 2h24"
        stroke={`var(--${ink})`}
        strokeWidth={width}
        strokeDasharray={dash.join(" ")}
      />
    </svg>
  );
}

function Legend(props: { readonly content: PlotContent }): ReactNode {
  const { x, y, series } = props.content;
  return (
    <span className={styles["legend"]}>
      {series.map(({ name, look, legend = name }) =>
        legend === "" ? null : (
          <span key={name} className={styles["key"]}>
            <Key look={look} />
            {legend}
          </span>
        ),
      )}
      <span>
        {y.name} against {x.name}
      </span>
    </span>
  );
}

function Figures(props: {
  readonly title: string;
  readonly content: PlotContent;
  /** Whether they are shown without being asked for. */
  readonly open: boolean;
}): ReactNode {
  const { x, y, series } = props.content;
  const count = x.values.length;
  const step = Math.max(1, Math.ceil(count / ROWS));
  const rows = Array.from({ length: Math.ceil(count / step) }, (_, row) => row * step);
  if (count === 0) return null;
  return (
    <details className={styles["figures"]} open={props.open}>
      <summary>{step > 1 ? `The figures, one row in ${step}` : "The figures"}</summary>
      <ScrollRegion label={`${props.title}: the figures`}>
        <table className={panel["table"]}>
          <thead>
            <tr>
              <th scope="col">{x.name}</th>
              {series.map(({ name }) => (
                <th key={name} scope="col" className={panel["right"]}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((index) => (
              <tr key={index}>
                <td>{x.text(x.values[index] ?? 0)}</td>
                {series.map((one) => (
                  <td key={one.name} className={panel["right"]}>
                    {valueText(one, index, y.text) ?? "–"}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  );
}
