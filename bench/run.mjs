/**
 * @module Runs the benches. Each row is a file in `bench/rows/` that exports `name`, `description`,
 * `targets` and `run(log)`, which resolves to a plain object of figures.
 *
 * Usage: node bench/run.mjs                 every row, as a table
 *        node bench/run.mjs NAME            one row, as a table
 *        node bench/run.mjs --json NAME     one row, as JSON on stdout (without NAME: an array of all)
 * Logs go to stderr. Exit code 1 when a row cannot be measured or is unknown.
 */
import { readdir } from "node:fs/promises";
import { parseArgs } from "node:util";

const ROWS = new URL("./rows/", import.meta.url);

const log = (text) => process.stderr.write(`${text}\n`);

async function loadRows() {
  const files = (await readdir(ROWS)).filter((file) => file.endsWith(".mjs")).toSorted();
  return Promise.all(files.map((file) => import(new URL(file, ROWS).href)));
}

function chooseRows(rows, name) {
  if (name === undefined) return rows;
  const chosen = rows.filter((row) => row.name === name);
  if (chosen.length > 0) return chosen;
  const known = rows.map((row) => row.name).join(", ");
  throw new Error(`There is no bench row "${name}". Rows: ${known}.`);
}

/** What the row's targets say about its figures: `met`, `missed` or `not measured`. */
export function judge(targets, figures) {
  return targets.map(({ key, atLeast, atMost }) => {
    const value = figures[key];
    const wanted = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
    if (typeof value !== "number") return { key, wanted, verdict: "not measured" };
    const met =
      (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
    return { key, wanted, verdict: met ? "met" : "missed" };
  });
}

function shown(value) {
  if (typeof value === "number") return String(Number(value.toPrecision(4)));
  return typeof value === "object" ? "(with --json)" : String(value);
}

function table(row, figures) {
  const verdicts = new Map(
    judge(row.targets ?? [], figures).map(({ key, wanted, verdict }) => [
      key,
      `  (target ${wanted}: ${verdict})`,
    ]),
  );
  const keys = [...new Set([...Object.keys(figures), ...verdicts.keys()])];
  const width = Math.max(...keys.map((key) => key.length));
  const lines = keys.map(
    (key) => `  ${key.padEnd(width)}  ${shown(figures[key] ?? "–")}${verdicts.get(key) ?? ""}`,
  );
  return [`${row.name}: ${row.description}`, ...lines, ""].join("\n");
}

async function main() {
  const { values, positionals } = parseArgs({
    options: { json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const rows = chooseRows(await loadRows(), positionals[0]);
  const results = [];
  // One after the other: rows that share the processor measure each other.
  for (const row of rows) {
    log(`bench ${row.name} …`);
    const figures = await row.run(log);
    results.push({ name: row.name, ...figures });
    if (!values.json) process.stdout.write(`${table(row, figures)}\n`);
  }
  if (values.json) {
    const answer = positionals[0] === undefined ? results : results[0];
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}

try {
  await main();
} catch (error) {
  log(`bench: ${error.message}`);
  process.exitCode = 1;
}
