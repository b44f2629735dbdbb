/**
 * `lab run|sweep|compare|difficulty|validate|registry`: mining simulation. What simulates is loaded only when it is asked for.
 *
 * @module
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import { parseDuration } from "../lab/scenario/duration.ts";
import { BLOCKS_MAX, SEED_MAX, SEEDS_MAX, TRACE_MAX } from "../lab/scenario/limits.ts";
import type { LabCompareOptions } from "./lab-compare.ts";
import type { LabDifficultyOptions } from "./lab-difficulty.ts";
import type { LabRegistryOptions } from "./lab-registry.ts";
import type { LabReplayOptions } from "./lab-replay.ts";
import type { LabRunOptions } from "./lab-run.ts";
import type { LabSweepOptions } from "./lab-sweep.ts";
import { jsonOption, wholeNumber } from "./options.ts";
import type { CommandContext } from "./output.ts";

const SCENARIO = "YAML file, or - for standard input";

function seedOption(): Option {
  const what = "run with this seed instead of the scenario's";
  return new Option("--seed <number>", what).argParser(wholeNumber(0, SEED_MAX));
}

/** Seeds such as `1..30` or `1,2,7`, each once. */
function seedsOf(text: string): readonly number[] {
  const seeds = new Set<number>();
  for (const part of text.split(",")) {
    const [, first = "", last = first] = /^(\d+)(?:\.\.(\d+))?$/.exec(part.trim()) ?? [];
    const [from, to] = [Number(first), Number(last)];
    const count = to - from + 1;
    if (first === "" || to > SEED_MAX || count < 1 || seeds.size + count > SEEDS_MAX) {
      const message = `Give at most ${SEEDS_MAX} seeds from 0 to ${SEED_MAX}, such as 1..30 or 1,2,7.`;
      throw new InvalidArgumentError(message);
    }
    for (let seed = from; seed <= to; seed += 1) seeds.add(seed);
  }
  return [...seeds];
}

function seedsOption(): Option {
  const what = "run with each of these seeds instead of the scenario's: 1..30";
  return new Option("--seeds <list>", what).argParser(seedsOf).conflicts("seed");
}

function blocksOption(): Option {
  const what = "end at this height instead of where the scenario says";
  return new Option("--blocks <number>", what).argParser(wholeNumber(1, BLOCKS_MAX));
}

function engineOption(): Option {
  const what = "engine instead of the scenario's";
  return new Option("--engine <name>", what).choices(["autonomous", "controller"]);
}

function strictOption(): Option {
  return new Option("--strict", "take warnings for errors").default(false);
}

const NANOSECONDS_IN_MS = 1_000_000n;

/** Reads values with commas between them; `example` is what a refusal shows. */
function listOf(
  read: (text: string) => number | null,
  example: string,
): (text: string) => readonly number[] {
  return (text) =>
    text.split(",").map((part) => {
      const value = read(part.trim());
      if (value !== null) return value;
      throw new InvalidArgumentError(`Give values with commas between them, such as ${example}.`);
    });
}

function numberOf(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** Whole milliseconds of a time; a bare number is in `unit`. */
function timeOf(unit: "s" | "ms"): (text: string) => number | null {
  return (text) => {
    const nanoseconds = parseDuration(text, unit);
    const isWhole = nanoseconds !== null && nanoseconds % NANOSECONDS_IN_MS === 0n;
    return isWhole ? Number(nanoseconds / NANOSECONDS_IN_MS) : null;
  };
}

/** One option for each axis of a sweep. */
function axisOptions(): readonly Option[] {
  return [
    new Option(
      "--latency <list>",
      "one-way delays, in ms unless a unit is given: 20,100,500",
    ).argParser(listOf(timeOf("ms"), "20,100,500")),
    new Option("--pace <list>", "paces, in s unless a unit is given: 2,10,1m").argParser(
      listOf(timeOf("s"), "2,10,1m"),
    ),
    new Option(
      "--attacker <list>",
      "hash rates of the one attacker, in per cent of all: 10,20,30,40",
    ).argParser(listOf(numberOf, "10,20,30,40")),
    new Option("--peers <list>", "numbers of peers: 10,100,1000").argParser(
      listOf(numberOf, "10,100,1000"),
    ),
    new Option("--degree <list>", "links that a peer chooses: 4,8,16").argParser(
      listOf(numberOf, "4,8,16"),
    ),
  ];
}

/** Adds the commands. */
export function addLabCommands(program: Command, { output }: CommandContext): void {
  const lab = program.command("lab").description("simulate mining: scenarios, runs, reports");
  lab
    .command("run")
    .description("run a scenario and say what came of it")
    .argument("<scenario>", SCENARIO)
    .addOption(seedOption())
    .addOption(seedsOption())
    .addOption(blocksOption())
    .addOption(engineOption())
    .addOption(strictOption())
    .addOption(jsonOption())
    .option("--report <file>", "write a page with plots; replaces the file")
    .option("--csv <file>", "write the blocks of the best chain; replaces the file")
    .action(async (scenario: string, options: LabRunOptions) => {
      const { labRun } = await import("./lab-run.ts");
      await labRun(scenario, options, output);
    });

  const sweep = lab
    .command("sweep")
    .description("run a scenario at many points: forks by latency and pace, shares by hash rate")
    .argument("<scenario>", SCENARIO);
  for (const option of axisOptions()) sweep.addOption(option);
  sweep
    .addOption(seedOption())
    .addOption(blocksOption())
    .addOption(engineOption())
    .addOption(strictOption())
    .addOption(jsonOption())
    .option("--report <file>", "write a page with plots, of one or two lists; replaces the file")
    .option("--csv <file>", "write a line for each run; replaces the file")
    .action(async (scenario: string, options: LabSweepOptions) => {
      const { labSweep } = await import("./lab-sweep.ts");
      await labSweep(scenario, options, output);
    });

  lab
    .command("compare")
    .description("compare two scenarios, or two reports of lab run --json")
    .argument("<a>", "scenario or report")
    .argument("<b>", "scenario or report")
    .addOption(seedOption())
    .addOption(blocksOption())
    .addOption(jsonOption())
    .action(async (a: string, b: string, options: LabCompareOptions) => {
      const { labCompare } = await import("./lab-compare.ts");
      await labCompare(a, b, options, output);
    });

  lab
    .command("difficulty")
    .description("run a scenario under each difficulty rule and put the figures side by side")
    .argument("<scenario>", SCENARIO)
    .addOption(seedOption())
    .addOption(blocksOption())
    .addOption(jsonOption())
    .action(async (scenario: string, options: LabDifficultyOptions) => {
      const { labDifficulty } = await import("./lab-difficulty.ts");
      await labDifficulty(scenario, options, output);
    });

  lab
    .command("validate")
    .description("say what is wrong with a scenario, with line numbers; 1 when there is an error")
    .argument("<scenario>", SCENARIO)
    .addOption(strictOption())
    .action(async (scenario: string, options: { readonly strict: boolean }) => {
      const { labValidate } = await import("./lab-validate.ts");
      await labValidate(scenario, options, output);
    });

  lab
    .command("schema")
    .description("print every key that a scenario may have, with its default")
    .addOption(jsonOption())
    .action(async (options: { readonly json: boolean }) => {
      const { labSchema } = await import("./lab-schema.ts");
      labSchema(options, output);
    });

  lab
    .command("replay")
    .description("print a scenario of the real solve times and authors of an exported story")
    .argument("<export>", "file of story export, or - for standard input")
    .addOption(
      new Option("--last <number>", "so many paragraphs from the end")
        .argParser(wholeNumber(1, TRACE_MAX))
        .default(100),
    )
    .action(async (path: string, options: LabReplayOptions) => {
      const { labReplay } = await import("./lab-replay.ts");
      await labReplay(path, options, output);
    });

  lab
    .command("registry")
    .description("print who takes part, as the registries of the block controller: agents, miners")
    .argument("<scenario>", SCENARIO)
    .addOption(seedOption())
    .addOption(engineOption())
    .option("--out <folder>", "write one file for each registry; replaces them")
    .action(async (scenario: string, options: LabRegistryOptions) => {
      const { labRegistry } = await import("./lab-registry.ts");
      await labRegistry(scenario, options, output);
    });
}
