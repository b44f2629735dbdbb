/**
 * What blocks earned: rewards against blocks, and how evenly they are spread.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import { countText } from "../../../../lab/report/format.ts";
import { giniVerdict } from "../../../../lab/report/verdicts.ts";
import { formatMetric } from "../../../format/numbers.ts";
import { Plot } from "../plots/plot.tsx";
import type { PlotContent } from "../plots/plot-options.ts";
import { type PartProps, ResultSection } from "./result-section.tsx";

/** `150 k`; the exact amounts stand in the report. */
function tokens(microUnits: number): string {
  return formatMetric(microUnits / 1_000_000);
}

/** The section. */
export function RewardSection({ view, isAnswer }: PartProps): ReactNode {
  const { summary } = view;
  const { miners, gini } = summary;
  const content = useMemo((): PlotContent => {
    const sorted = miners.toSorted((a, b) => a.blocks - b.blocks);
    const blocks = sorted.reduce((sum, one) => sum + one.blocks, 0);
    const reward = sorted.reduce((sum, one) => sum + one.reward, 0);
    const each = blocks === 0 ? 0 : reward / blocks;
    return {
      x: {
        name: "blocks on the best chain",
        text: countText,
        isWhole: true,
        values: sorted.map((one) => one.blocks),
      },
      y: { name: "tokens of both kinds", text: tokens },
      series: [
        { name: "a miner", look: "points", values: sorted.map((one) => one.reward) },
        {
          name: "the mean of all blocks",
          look: "dashed",
          values: sorted.map((one) => one.blocks * each),
        },
      ],
    };
  }, [miners]);
  if (gini.rewards === null) return null;
  return (
    <ResultSection part="rewards" isAnswer={isAnswer} verdict={giniVerdict(summary)}>
      <Plot
        title="Rewards against blocks"
        words="Each ring is a miner. On the dotted line every block paid the same; above it blocks paid more than the mean."
        content={content}
      />
    </ResultSection>
  );
}
