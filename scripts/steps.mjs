/**
 * @module Runs named commands, a few at a time, each after those it needs, and keeps their output
 * until it is worth reading: `check.mjs` and `test.mjs` share it.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Where test runners leave their JSON reports, relative to the project. */
export const REPORTS = "node_modules/.cache/fabula-reports";

const children = new Set();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    for (const child of children) child.kill(signal);
    process.exitCode = 130;
  });
}

function runStep(step) {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const output = [];
    const child = spawn(step.command[0], step.command.slice(1), {
      cwd: ROOT,
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? "1" : "0", ...step.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.add(child);
    const take = (chunk) => (step.live ? process.stdout.write(chunk) : output.push(chunk));
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => output.push(Buffer.from(`${error.message}\n`)));
    child.on("close", (code) => {
      children.delete(child);
      resolve({
        name: step.name,
        ok: code === 0,
        report: step.report,
        seconds: (performance.now() - startedMs) / 1000,
        output: Buffer.concat(output).toString(),
      });
    });
  });
}

/**
 * Runs `steps` ({name, command, after?, report?, live?, env?}), at most `width` at once; a step whose
 * `after` failed is skipped and counts as failed. Resolves to the results in the order given.
 */
export async function runSteps(steps, width = 2) {
  mkdirSync(`${ROOT}${REPORTS}`, { recursive: true });
  for (const step of steps) if (step.report) rmSync(`${ROOT}${step.report}`, { force: true });
  const results = new Map();
  const running = new Map();
  const waiting = [...steps];
  while (waiting.length > 0 || running.size > 0) {
    for (const step of waiting.slice()) {
      const needed = step.after ?? [];
      if (!needed.every((name) => results.has(name))) continue;
      if (needed.some((name) => !results.get(name).ok)) {
        waiting.splice(waiting.indexOf(step), 1);
        results.set(step.name, {
          name: step.name,
          ok: false,
          skipped: true,
          seconds: 0,
          output: "",
        });
        continue;
      }
      if (running.size >= width) break;
      waiting.splice(waiting.indexOf(step), 1);
      running.set(step.name, runStep(step));
    }
    if (running.size === 0) continue;
    const done = await Promise.race(running.values());
    running.delete(done.name);
    results.set(done.name, done);
    process.stdout.write(
      `${done.ok ? "ok  " : "FAIL"} ${done.name} (${done.seconds.toFixed(1)} s)\n`,
    );
  }
  return steps.map((step) => results.get(step.name));
}

/** Prints the whole output of each failed step, then one line for each step. */
export function printResults(results) {
  for (const result of results.filter(({ ok, skipped }) => !ok && !skipped)) {
    process.stdout.write(`\n──── ${result.name} ────\n${result.output}\n`);
  }
  process.stdout.write("\n");
  for (const { name, ok, skipped, seconds } of results) {
    const state = skipped ? "not run" : ok ? "ok" : "FAILED";
    process.stdout.write(
      `${name.padEnd(10)} ${state.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s\n`,
    );
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(`${ROOT}${path}`, "utf8"));
  } catch {
    return undefined;
  }
}

/** Tests passed and failed in one report of Vitest or Playwright Test; `undefined` without a report. */
export function countTests(report) {
  if (report?.numTotalTests !== undefined) {
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  }
  if (report?.stats?.expected !== undefined) {
    const { expected, unexpected, flaky } = report.stats;
    return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0) };
  }
  return undefined;
}

/**
 * Adds up all runners. A failed step that reports no failed test (the linter, a runner that crashed)
 * counts as one failure, so that the sum never hides it.
 */
export function sumTests(results, read = readJson) {
  const sum = { passed: 0, failed: 0 };
  for (const { ok, report } of results) {
    const counts = report ? countTests(read(report)) : undefined;
    const silent = report !== undefined && counts === undefined;
    sum.passed += counts?.passed ?? 0;
    sum.failed += counts?.failed || (ok && !silent ? 0 : 1);
  }
  return sum;
}
