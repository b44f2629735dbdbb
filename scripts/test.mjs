/**
 * @module `npm test`: the steps of `npm run check`, then the tests over real sockets, the unit tests
 * that need a real browser, how the app looks in every state, and the journeys end to end beside a minute of
 * fuzzing. The last line adds up all runners: `N passed, N failed`.
 */
import { findBrowser } from "./browser.mjs";
import { CHECK_STEPS } from "./check.mjs";
import { printResults, REPORTS, runSteps, sumTests } from "./steps.mjs";

/** At the lowest priority: the journeys beside it leave much of the time unused, and must not feel it. */
const GENTLY = ["nice", "-n", "19"];

const vitestStep = (project, before = []) => ({
  name: project,
  command: [
    ...before,
    "node_modules/.bin/vitest",
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${REPORTS}/${project}.json`,
  ],
  report: `${REPORTS}/${project}.json`,
});
const FUZZ_STEP = {
  name: "fuzz",
  command: [
    ...GENTLY,
    process.execPath,
    "scripts/fuzz.mjs",
    "--seconds=60",
    `--report=${REPORTS}/fuzz.json`,
  ],
  report: `${REPORTS}/fuzz.json`,
};
const e2eStep = (project, ...extra) => ({
  name: project,
  command: [
    process.execPath,
    "scripts/e2e.mjs",
    "--no-build",
    `--report=${REPORTS}/${project}.json`,
    `--project=${project}`,
    `--output=test-results/${project}`,
    ...extra,
  ],
  report: `${REPORTS}/${project}.json`,
  live: true,
});
const STATES_STEP = e2eStep("states", "--workers=2");
const JOURNEYS_STEP = e2eStep("journeys");
/** What runs when, and how many at once: what measures times, or mines, shares the two cores with nothing of its rank. */
const STAGES = [
  { steps: [vitestStep("integration"), vitestStep("browser")], width: 1 },
  { steps: [STATES_STEP], width: 1, needsBuild: true },
  { steps: [JOURNEYS_STEP, FUZZ_STEP, vitestStep("long", GENTLY)], width: 2, needsBuild: true },
];

async function main() {
  const startedMs = performance.now();
  try {
    const { source } = await findBrowser();
    process.stdout.write(`browser: ${source}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.stdout.write("0 passed, 1 failed\n");
    return 1;
  }
  const checked = await runSteps(CHECK_STEPS);
  const built = checked.every(({ name, ok }) => ok || !name.startsWith("build"));
  const results = [...checked];
  for (const { steps, width, needsBuild } of STAGES) {
    if (built || needsBuild !== true) results.push(...(await runSteps(steps, width)));
    else {
      const skipped = { ok: false, skipped: true, seconds: 0, output: "" };
      for (const { name } of steps) results.push({ name, ...skipped });
    }
  }
  printResults(results);
  const { passed, failed } = sumTests(results);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  process.stdout.write(`\ntotal ${seconds} s\n${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 && results.every(({ ok }) => ok) ? 0 : 1;
}

process.exitCode = await main();
