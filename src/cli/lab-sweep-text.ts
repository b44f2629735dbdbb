/**
 * A sweep as text for a terminal.
 *
 * @module
 */
import {
  countText,
  deviationText,
  durationText,
  figureText,
  percentFigure,
  percentText,
  plural,
} from "../lab/report/format.ts";
import { orDash } from "../lab/report/sweep-series.ts";
import { selfishSweepVerdict, staleSweepVerdict } from "../lab/report/sweep-verdicts.ts";
import type { SweepResult, SweepRow } from "../lab/sweep/sweep-result.ts";
import { axisTitle, axisValueText } from "../lab/sweep/sweep-text.ts";
import { aligned } from "./lab-text.ts";

interface Column {
  readonly title: string;
  readonly text: (row: SweepRow) => string;
}

const COLUMNS: readonly Column[] = [
  { title: "blocks", text: ({ blocks }) => countText(blocks) },
  { title: "stale", text: ({ staleRate }) => percentText(staleRate) },
  {
    title: "95 % interval",
    text: ({ staleBand }) => `${percentFigure(staleBand.low)}–${percentText(staleBand.high)}`,
  },
  { title: "theory", text: ({ theory }) => orDash(theory?.staleRate, percentText) },
  { title: "forks", text: ({ forkRate }) => orDash(forkRate, percentText) },
  { title: "deepest", text: ({ deepest }) => countText(deepest) },
  { title: "mean depth", text: ({ meanDepth }) => orDash(meanDepth, figureText) },
  { title: "half within", text: (row) => orDash(row.propagationP50Ms, durationText) },
  { title: "95 % within", text: (row) => orDash(row.propagationP95Ms, durationText) },
  { title: "mean ÷ pace", text: ({ meanToPace }) => orDash(meanToPace, figureText) },
];

const ATTACKER: readonly Column[] = [
  { title: "attacker", text: ({ attacker }) => orDash(attacker?.share, percentText) },
];

const SELFISH: readonly Column[] = [
  { title: "in theory", text: ({ attacker }) => orDash(attacker?.theory, percentText) },
  {
    title: "off by",
    text: ({ attacker }) => orDash(attacker?.deviation, deviationText),
  },
];

/** What `lab sweep` prints. */
export function sweepText(result: SweepResult): string {
  const { scenario, seeds, axes, rows } = result;
  const columns: readonly Column[] = [
    ...axes.map(
      ({ name }): Column => ({
        title: axisTitle(name),
        text: ({ values }) => axisValueText(name, values[name] ?? 0),
      }),
    ),
    ...COLUMNS,
    ...(rows.some(({ attacker }) => attacker !== null) ? ATTACKER : []),
    ...(rows.some(({ attacker }) => attacker?.theory != null) ? SELFISH : []),
  ];
  const over = seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds.join(", ")} put together`;
  const head = `${scenario.name}: ${plural(rows.length, "point")}, ${over}`;
  const table = aligned([
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ text }) => text(row))),
  ]);
  const legend =
    "Stale: blocks found that are not on the best chain; forks: heights with two blocks; deepest and mean depth:\n" +
    "blocks that a peer gave up at once; within: time from finding to acceptance.";
  const verdicts = [staleSweepVerdict(result), selfishSweepVerdict(result)];
  return [head, table, verdicts.filter((verdict) => verdict !== "").join("\n"), legend].join(
    "\n\n",
  );
}
