/**
 * @module `npm test`: the steps of `npm run check`, then the tests over real sockets, the unit tests
 * that need a real browser, a minute of fuzzing, and the end-to-end tests. The last line adds up all runners: `N passed, N failed`.
 */
import { findBrowser } from "./browser.mjs";
import { CHECK_STEPS } from "./check.mjs";
import { printResults, REPORTS, runSteps, sumTests } from "./steps.mjs";

const vitestStep = (project) => ({
  name: project,
  command: [
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
  command: [process.execPath, "scripts/fuzz.mjs", "--seconds=60", `--report=${REPORTS}/fuzz.json`],
  report: `${REPORTS}/fuzz.json`,
};
const SLOW_STEPS = [vitestStep("integration"), vitestStep("browser"), FUZZ_STEP];
const E2E_STEP = {
  name: "e2e",
  command: [process.execPath, "scripts/e2e.mjs", "--no-build"],
  report: `${REPORTS}/e2e.json`,
  live: true,
};

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
  // Alone, one after the other: they measure times and share two cores with nothing else.
  const built = checked.every(({ name, ok }) => ok || !name.startsWith("build"));
  const slow = await runSteps(built ? [...SLOW_STEPS, E2E_STEP] : SLOW_STEPS, 1);
  const results = [...checked, ...slow];
  if (!built) results.push({ name: "e2e", ok: false, skipped: true, seconds: 0, output: "" });
  printResults(results);
  const { passed, failed } = sumTests(results);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  process.stdout.write(`\ntotal ${seconds} s\n${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 && results.every(({ ok }) => ok) ? 0 : 1;
}

process.exitCode = await main();
