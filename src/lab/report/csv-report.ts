/**
 * The best chain as CSV (RFC 4180), one line for each block.
 *
 * @module
 */
import type { RunRecord } from "../run.ts";
import { intervalsOf } from "../statistics/block-times.ts";

const COLUMNS = "height,miner,found_ms,timestamp_ms,interval_ms,work,seed";

/** Quoted where it must be; a leading sign that a spreadsheet would take for a formula gets an apostrophe. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Differences of times may have a trace of rounding in their last bits. */
function thousandths(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

/** All blocks of the best chains of runs, in the order of the runs. Times are virtual milliseconds, work is expected hashes. */
export function csvReport(records: readonly RunRecord[]): string {
  const lines = [COLUMNS];
  for (const { scenario, canon, seed } of records) {
    const intervals = intervalsOf(canon);
    const names = scenario.agents.map(({ id }) => field(id));
    canon.foundMs.forEach((foundMs, index) => {
      const numbers = [foundMs, canon.timestampMs[index], intervals[index], canon.work[index]];
      const cells = numbers.map((value) => thousandths(value ?? 0));
      lines.push([index + 1, names[canon.miner[index] ?? -1] ?? "", ...cells, seed].join(","));
    });
  }
  return `${lines.join("\r\n")}\r\n`;
}
