/**
 * Difficulty rules side by side as text for a terminal.
 *
 * @module
 */
import { durationText, figureText, percentText } from "../lab/report/format.ts";
import type { RuleComparison, RuleRow } from "../lab/retarget/compare-rules.ts";
import { aligned } from "./lab-text.ts";

/** One column: what it shows, and how far a row is from the best there could be. */
interface Column {
  readonly title: string;
  readonly text: (row: RuleRow) => string;
  /** `null` for a row without the figure. */
  readonly distance: (row: RuleRow) => number | null;
}

function column(
  title: string,
  figure: (row: RuleRow) => number | null,
  textOf: (figure: number) => string,
  ideal = 0,
): Column {
  const shown = (value: number | null): string => (value === null ? "–" : textOf(value));
  const distance = (value: number | null): number | null =>
    value === null ? null : Math.abs(value - ideal);
  return {
    title,
    text: (row) => shown(figure(row)),
    distance: (row) => distance(figure(row)),
  };
}

const COLUMNS: readonly Column[] = [
  column("mean ÷ pace", ({ meanToPace }) => meanToPace, figureText, 1),
  column("deviation ÷ mean", ({ variation }) => variation, figureText),
  column("longest wait", ({ worstGapMs }) => worstGapMs, durationText),
  column("silent", ({ silentShare }) => silentShare, percentText),
  column("rush", ({ burst }) => burst, figureText),
  column("stale", ({ staleRate }) => staleRate, percentText),
  column("deepest", ({ deepest }) => deepest, figureText),
];

const ATTACKERS: Column = column("attackers", ({ attackerShare }) => attackerShare, percentText);

/** The rules that show the best figure of a column; empty when all show the same, or none has one. */
function bestOf({ text, distance }: Column, rows: readonly RuleRow[]): readonly string[] {
  const known = rows.flatMap((row) => {
    const far = distance(row);
    return far === null ? [] : [{ row, far }];
  });
  const nearest = known.reduce<(typeof known)[number] | null>(
    (best, one) => (best === null || one.far < best.far ? one : best),
    null,
  );
  if (nearest === null) return [];
  const alike = known.filter(({ row }) => text(row) === text(nearest.row));
  return alike.length === rows.length ? [] : alike.map(({ row }) => row.rule);
}

/** Not judged: neither many nor few hashes are good in themselves. */
const WORK: Column = column("mean hashes", ({ meanWork }) => meanWork, figureText);

/** What is to be said where no column but that of the hashes tells rules apart. */
function alikeLine(isTraced: boolean, rows: readonly RuleRow[]): string {
  if (isTraced) return "The times are given; what differs is what each rule asks (mean hashes).";
  return bestOf(WORK, rows).length === 0
    ? "All rules show the same figures."
    : "The rules differ in what they ask (mean hashes), and in nothing else.";
}

function bestLine(isTraced: boolean, columns: readonly Column[], rows: readonly RuleRow[]): string {
  const parts = columns.flatMap((one) => {
    const best = bestOf(one, rows);
    return best.length === 0 ? [] : [`${one.title}: ${best.join(", ")}`];
  });
  return parts.length === 0
    ? alikeLine(isTraced, rows)
    : `${isTraced ? `${alikeLine(true, rows)} ` : ""}Best in each column – ${parts.join("; ")}.`;
}

/** What `lab difficulty` prints; `isTraced` where a trace gave the times of all finds. */
export function difficultyText(comparison: RuleComparison, isTraced: boolean): string {
  const { scenario, seeds, durationMs, paceMs, attackerWeight, rows } = comparison;
  const columns = attackerWeight > 0 ? [...COLUMNS, ATTACKERS] : COLUMNS;
  const over = seeds.length === 1 ? `seed ${seeds[0]}` : `means over seeds ${seeds.join(", ")}`;
  const head = `${scenario}: ${durationText(durationMs)} at a pace of ${durationText(paceMs)}, ${over}`;
  const table = aligned([
    ["rule", "blocks", "mean hashes", ...columns.map(({ title }) => title)],
    ...rows.map((row) => [
      row.rule,
      figureText(row.blocks),
      row.meanWork === null ? "–" : figureText(row.meanWork),
      ...columns.map(({ text }) => text(row)),
    ]),
  ]);
  const legend = [
    "Silent: share of the time in which the newest block was older than four paces. Rush: blocks in the",
    "busiest 60 paces ÷ 60. Deepest: most blocks that a peer gave up at once.",
    ...(attackerWeight > 0
      ? [
          `Attackers: their share of the best chain, with ${percentText(attackerWeight)} of the hash rate.`,
        ]
      : []),
  ].join("\n");
  return [head, table, bestLine(isTraced, columns, rows), legend].join("\n\n");
}
