/**
 * @module Difficulty rules side by side (DIF-3): every trace under every rule, with three seeds. What it
 * measures is the rules and not the machine, so that the figures are the same everywhere.
 */
import { withTypeScript } from "../typescript.mjs";

export const name = "difficulty";
export const description =
  "difficulty rules on ten traces of churn and attack: figures by trace and rule, means over three seeds";
export const targets = [];

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const fixed = (figure) => (figure === null ? "–" : figure.toFixed(2));

const COLUMNS = [
  ["blocks", ({ blocks }) => Math.round(blocks)],
  ["mean ÷ pace", ({ meanToPace }) => fixed(meanToPace)],
  ["deviation ÷ mean", ({ variation }) => fixed(variation)],
  ["longest wait, min", ({ worstGapMs }) => (worstGapMs / 60_000).toFixed(1)],
  ["silent", ({ silentShare }) => percent(silentShare)],
  ["burst", ({ burst }) => fixed(burst)],
  ["stale", ({ staleRate }) => percent(staleRate)],
  ["deepest", ({ deepest }) => deepest.toFixed(1)],
  ["attacker", ({ attackerShare }) => (attackerShare === null ? "–" : percent(attackerShare))],
];

function markdown({ rows }) {
  const head = ["rule", ...COLUMNS.map(([title]) => title)];
  const lines = rows.map((row) => [row.rule, ...COLUMNS.map(([, text]) => text(row))]);
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`);
}

export async function run(log) {
  return withTypeScript(async (load) => {
    const { TRACES } = await load("/src/lab/retarget/traces.ts");
    const { compareRules } = await load("/src/lab/retarget/compare-rules.ts");
    const { parseScenario } = await load("/src/lab/scenario/parse-scenario.ts");
    const { createRun } = await load("/src/lab/create-run.ts");
    const { driveRun } = await load("/src/lab/drive-run.ts");
    const { summarise } = await load("/src/lab/statistics/summarise.ts");
    const runToItsEnd = async (scenario, seed) =>
      summarise(
        await driveRun(await createRun(scenario, seed), {
          now: () => performance.now(),
          pause: () => Promise.resolve(),
        }),
      );
    const startedMs = performance.now();
    const traces = {};
    for (const { id, title, yaml } of TRACES) {
      const { scenario, problems } = parseScenario(yaml, { strict: true });
      if (scenario === null) throw new Error(`${id}: ${problems[0]?.message}`);
      const comparison = await compareRules(scenario, runToItsEnd);
      log([`\n${title} (${id})\n`, ...markdown(comparison)].join("\n"));
      traces[id] = comparison.rows;
    }
    return { seconds: (performance.now() - startedMs) / 1_000, traces };
  });
}
