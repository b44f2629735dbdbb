/**
 * Runs fuzz targets from a seed. Input number n depends on seed and n alone, so that any finding is
 * repeated by its two numbers. Time is the caller's: it says when the run is over and what took too
 * long. Test-only.
 *
 * @module
 */
import { isCoded } from "../../kernel/errors.ts";
import { binaryTargets } from "./fuzz-binary-targets.ts";
import type { FuzzCase, FuzzTarget } from "./fuzz-case.ts";
import { streamTargets } from "./fuzz-stream-targets.ts";
import { textTargets } from "./fuzz-text-targets.ts";
import { createRandom, type Random } from "./random.ts";

/** What went wrong, and with which input. */
export interface Finding {
  readonly input: number;
  readonly problem: string;
  /** The input itself: hex, or a text as JSON. */
  readonly shown: string;
}

/** What a target came to. */
export interface TargetReport {
  readonly name: string;
  readonly inputs: number;
  readonly accepted: number;
  readonly findings: readonly Finding[];
}

/** What a run came to. */
export interface FuzzReport {
  readonly inputs: number;
  readonly targets: readonly TargetReport[];
}

/** How a run goes. */
export interface FuzzOptions {
  /** A whole number below 2^53. */
  readonly seed: number;
  readonly targets: readonly FuzzTarget[];
  /** Number of the first input (default 0). */
  readonly from?: number;
  /** Inputs at most. */
  readonly inputs: number;
  /** Asked every 256 inputs; true ends the run. */
  readonly isOver?: (done: number) => boolean;
  /** Milliseconds of a clock that never goes back; with it, an input that takes `SLOW_MS` twice is a finding. */
  readonly nowMs?: () => number;
  /** Hears the number of each input before it runs: for whoever watches for one that never ends. */
  readonly onInput?: (input: number) => void;
}

/** No input may take so long: the largest legitimate ones take a hundredth of it. */
export const SLOW_MS = 2_000;
const FINDINGS_KEPT = 5;
const ASK_EVERY = 256;

interface Tally {
  inputs: number;
  accepted: number;
  readonly findings: Finding[];
}

/** All targets; needs `initKernel()`. */
export function allTargets(): readonly FuzzTarget[] {
  return [...binaryTargets(), ...streamTargets(), ...textTargets()];
}

function chosen(random: Random, targets: readonly FuzzTarget[], total: number): FuzzTarget {
  let left = random.below(total);
  for (const target of targets) {
    left -= target.weight;
    if (left < 0) return target;
  }
  throw new RangeError("no targets");
}

function problemOf(error: unknown): string {
  if (isCoded(error, "fuzz-finding")) return String(error.data["what"]);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `threw ${text.split("\n").slice(0, 4).join(" | ")}`;
}

/** Undefined when all is well. */
async function problemWith(
  one: FuzzCase,
  tally: Tally,
  nowMs: () => number,
): Promise<string | undefined> {
  const startMs = nowMs();
  try {
    const result = one.check();
    const isAccepted = typeof result === "boolean" ? result : await result;
    if (isAccepted) tally.accepted++;
    else if (one.isValid) return "a valid input was refused";
  } catch (error) {
    return problemOf(error);
  }
  const tookMs = nowMs() - startMs;
  return tookMs > SLOW_MS ? `took ${Math.round(tookMs)} ms` : undefined;
}

/** Runs inputs until there were enough or `isOver` says so; never rejects for a finding. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { seed, targets, from = 0, inputs, isOver, nowMs = () => 0, onInput } = options;
  const total = targets.reduce((sum, { weight }) => sum + weight, 0);
  const tallies = new Map<string, Tally>(
    targets.map(({ name }) => [name, { inputs: 0, accepted: 0, findings: [] }]),
  );
  let done = 0;
  for (; done < inputs; done++) {
    if (done % ASK_EVERY === 0 && isOver?.(done) === true) break;
    const input = from + done;
    onInput?.(input);
    const random = createRandom(seed, input);
    const target = chosen(random, targets, total);
    const tally = tallies.get(target.name);
    if (tally === undefined) continue;
    tally.inputs++;
    const one = target.make(random);
    let problem = await problemWith(one, tally, nowMs);
    // The machine may have been busy elsewhere: only what is slow again is slow.
    if (problem?.startsWith("took") === true) problem = await problemWith(one, tally, nowMs);
    if (problem === undefined || tally.findings.length >= FINDINGS_KEPT) continue;
    tally.findings.push({ input, problem, shown: one.shown() });
  }
  return { inputs: done, targets: [...tallies].map(([name, tally]) => ({ name, ...tally })) };
}
