/**
 * @module Fuzzes all decoders from a seed (docs: `src/audit/testing/fuzz-run.ts`), on one core. The last
 * line counts decoders: `N passed, M failed`.
 *
 * Usage: node scripts/fuzz.mjs [--seconds 60 | --inputs 10000000] [--seed N] [--from N] [--report FILE]
 * A finding names its seed and number; `--seed S --from N --inputs 1` repeats that one input.
 */
import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { withTypeScript } from "../bench/typescript.mjs";

const DEFAULT_SECONDS = 60;
const TELL_EVERY_MS = 30_000;
/** An input that runs for so long never ends; those that end late are findings of the run itself. */
const HANG_MS = 60_000;

/**
 * A thread of its own, because one that hangs cannot say so: it watches the number of the input, and ends
 * the process when that stands still.
 */
function watchFor(seed) {
  const shared = new BigInt64Array(new SharedArrayBuffer(16));
  const [CURRENT, RUNNING] = [0, 1];
  const source = `
    const { workerData } = require("node:worker_threads");
    const { writeSync } = require("node:fs");
    const { shared, seed, hangMs } = workerData;
    let seen = -1n;
    setInterval(() => {
      const current = Atomics.load(shared, ${CURRENT});
      if (Atomics.load(shared, ${RUNNING}) === 1n && current === seen) {
        writeSync(2, "hang: seed " + seed + ", input " + current + "\\n0 passed, 1 failed\\n");
        process.kill(process.pid, "SIGKILL");
      }
      seen = current;
    }, hangMs);`;
  const worker = new Worker(source, { eval: true, workerData: { shared, seed, hangMs: HANG_MS } });
  worker.unref();
  return {
    onInput: (input) => {
      shared[CURRENT] = BigInt(input);
      shared[RUNNING] = 1n;
    },
    rest: () => {
      shared[RUNNING] = 0n;
    },
    end: () => worker.terminate(),
  };
}

function wholeNumber(text, name) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} ${text}`);
  return value;
}

function optionsFrom(args) {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: "string" },
      inputs: { type: "string" },
      seed: { type: "string" },
      from: { type: "string", default: "0" },
      report: { type: "string" },
    },
  });
  const inputs = values.inputs === undefined ? undefined : wholeNumber(values.inputs, "inputs");
  const seconds = values.seconds === undefined ? undefined : wholeNumber(values.seconds, "seconds");
  return {
    seed: values.seed === undefined ? randomInt(2 ** 48 - 1) : wholeNumber(values.seed, "seed"),
    from: wholeNumber(values.from, "from"),
    report: values.report,
    inputs: inputs ?? Number.MAX_SAFE_INTEGER,
    seconds: seconds ?? (inputs === undefined ? DEFAULT_SECONDS : Number.POSITIVE_INFINITY),
  };
}

/** Counts as Vitest reports them, for `steps.mjs`. */
function countsOf(targets) {
  const failed = targets.filter(({ findings }) => findings.length > 0).length;
  return {
    numTotalTests: targets.length,
    numPassedTests: targets.length - failed,
    numFailedTests: failed,
  };
}

function print({ inputs, targets }, seed, seconds) {
  for (const { name, inputs: made, accepted, findings } of targets) {
    const share = made === 0 ? "" : `${((100 * accepted) / made).toFixed(1)} %`;
    process.stdout.write(`${name.padEnd(22)} ${String(made).padStart(9)} ${share.padStart(8)}\n`);
    for (const { input, problem, shown } of findings) {
      process.stdout.write(
        `  seed ${seed}, input ${input}: ${problem}\n  ${shown.slice(0, 2_000)}\n`,
      );
    }
  }
  const rate = Math.round(inputs / seconds);
  process.stdout.write(
    `seed ${seed}: ${inputs} inputs in ${seconds.toFixed(1)} s, ${rate} a second\n`,
  );
}

async function main() {
  const { seed, from, inputs, seconds, report: file } = optionsFrom(process.argv.slice(2));
  // Most inputs end in an error: longer traces would take a tenth of the time.
  Error.stackTraceLimit = 4;
  process.stdout.write(`seed ${seed}\n`);
  const report = await withTypeScript(async (load) => {
    const [{ initKernel }, { allTargets, fuzz }] = [
      await load("/src/kernel/init.ts"),
      await load("/src/audit/testing/fuzz-run.ts"),
    ];
    await initKernel();
    const targets = allTargets();
    const watch = watchFor(seed);
    const nowMs = () => performance.now();
    const startMs = nowMs();
    let toldMs = startMs;
    const isOver = (done) => {
      if (nowMs() - toldMs > TELL_EVERY_MS) {
        toldMs = nowMs();
        process.stderr.write(`  ${done} inputs\n`);
      }
      return nowMs() - startMs >= seconds * 1_000;
    };
    const { onInput } = watch;
    // Slow is what takes the processor's time: the wall's says how busy the machine is.
    const cpuMs = () => process.cpuUsage().user / 1_000;
    const result = await fuzz({ seed, from, inputs, targets, isOver, nowMs: cpuMs, onInput });
    watch.rest();
    const tookSeconds = (nowMs() - startMs) / 1_000;
    await watch.end();
    print(result, seed, tookSeconds);
    return result;
  });
  const counts = countsOf(report.targets);
  if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  const { numPassedTests, numFailedTests } = counts;
  process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed\n`);
  return numFailedTests === 0 ? 0 : 1;
}

process.exitCode = await main();
