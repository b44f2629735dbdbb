/**
 * @module `npm run check`: generate, format, types, lint, unused code, unit tests, rules, build and
 * size, two at a time. `test.mjs` starts with the same steps.
 */
import { pathToFileURL } from "node:url";
import { printResults, REPORTS, runSteps } from "./steps.mjs";

const bin = (name) => `node_modules/.bin/${name}`;

/** The steps of `npm run check`. */
export const CHECK_STEPS = [
  { name: "generate", command: ["npm", "run", "-s", "generate"] },
  {
    name: "unit",
    command: [
      bin("vitest"),
      "run",
      "--project",
      "node",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${REPORTS}/unit.json`,
    ],
    after: ["generate"],
    report: `${REPORTS}/unit.json`,
  },
  { name: "types", command: [bin("tsc"), "-b"], after: ["generate"] },
  { name: "build:site", command: ["npm", "run", "-s", "build:site"], after: ["generate"] },
  { name: "build:node", command: ["npm", "run", "-s", "build:node"], after: ["generate"] },
  {
    name: "lint",
    command: [bin("oxlint"), "--type-aware", "--deny-warnings"],
    after: ["generate"],
  },
  { name: "format", command: [bin("biome"), "check", "."] },
  { name: "unused", command: [bin("knip"), "--no-progress"], after: ["generate"] },
  { name: "rules", command: [process.execPath, "scripts/check-rules.mjs"] },
  { name: "size", command: [bin("size-limit")], after: ["build:site"] },
];

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const startedMs = performance.now();
  const results = await runSteps(CHECK_STEPS);
  printResults(results);
  const ok = results.every((result) => result.ok);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(`\ncheck ${ok ? "passed" : "FAILED"} in ${seconds} s\n`);
  process.exitCode = ok ? 0 : 1;
}
