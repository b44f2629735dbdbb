/**
 * What selfish miners of the run gained, beside the curve of Eyal and Sirer.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import { percentText } from "../../../../lab/report/format.ts";
import { selfishVerdict } from "../../../../lab/report/verdicts.ts";
import type { SelfishSummary } from "../../../../lab/statistics/summary.ts";
import { Plot } from "../plots/plot.tsx";
import { selfishContent } from "../plots/selfish-content.ts";
import { type PartProps, ResultSection } from "./result-section.tsx";

function pointWords({ id, alpha, share, standardError }: SelfishSummary): string {
  const error =
    standardError === null
      ? "the run is too short for an error"
      : `give or take ${percentText(2 * standardError)} (two standard errors, the whisker)`;
  return `${id}: ${percentText(share)} of the blocks for ${percentText(alpha)} of the hash rate, ${error}.`;
}

/** The section; nothing without a selfish miner. */
export function SelfishSection({ view, isAnswer }: PartProps): ReactNode {
  const { selfish, blocks } = view.summary;
  const content = useMemo(
    () => selfishContent([{ name: "this run", look: "points", points: selfish }]),
    [selfish],
  );
  if (selfish.length === 0 || blocks === 0) return null;
  return (
    <ResultSection
      part="selfish"
      isAnswer={isAnswer}
      verdict={selfish.map(selfishVerdict).join(" ")}
    >
      <Plot
        title="What withholding blocks gains"
        words={`Above the dotted line it pays. ${selfish.map(pointWords).join(" ")}`}
        content={content}
      />
    </ResultSection>
  );
}
