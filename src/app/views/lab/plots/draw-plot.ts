/**
 * Draws a plot into a box and keeps it as wide as that. Loaded when the first plot is shown.
 *
 * @module
 */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { type PlotContent, plotData, plotOptions } from "./plot-options.ts";
import type { Ink } from "./use-ink.ts";

const HEIGHT = 200;
const LEAST_WIDTH = 120;

/** A plot on screen. */
export interface DrawnPlot {
  /** New figures in the same series. */
  update(content: PlotContent): void;
  remove(): void;
}

/** Draws `content`; `onPoint` hears which point the pointer is nearest to, or null. */
export function drawPlot(
  box: HTMLElement,
  content: PlotContent,
  ink: Ink,
  onPoint: (content: PlotContent, index: number | null) => void,
): DrawnPlot {
  let latest = content;
  const width = (): number => Math.max(LEAST_WIDTH, Math.floor(box.clientWidth));
  const size = { width: width(), height: HEIGHT };
  const plot = new uPlot(
    plotOptions(
      () => latest,
      ink,
      size,
      (index) => onPoint(latest, index),
    ),
    plotData(content),
    box,
  );
  const resized = new ResizeObserver(() => {
    if (plot.width !== width()) plot.setSize({ width: width(), height: HEIGHT });
  });
  resized.observe(box);
  return {
    update(next) {
      latest = next;
      plot.setData(plotData(next));
    },
    remove() {
      resized.disconnect();
      plot.destroy();
    },
  };
}
