/**
 * The `fabula` command. Options have environment variables where a container wants them.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { EXIT_CODE, EXIT_CODE_HELP } from "./exit-codes.ts";
import { failureText } from "./failure-text.ts";
import type { RunOptions } from "./run-command.ts";
import type { TipOptions } from "./tip-command.ts";

const DEFAULT_PORT = 4173;
const DEFAULT_URL: string = `http://127.0.0.1:${process.env["FABULA_PORT"] ?? DEFAULT_PORT}`;

function versionOf(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const facts: unknown = JSON.parse(text);
  const known = typeof facts === "object" && facts !== null && "version" in facts;
  return known ? String(facts.version) : "unknown";
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
  };
}

function dataOption(): Option {
  return new Option("--data <folder>", "data folder: identity, token, story")
    .env("FABULA_DATA")
    .default(join(homedir(), ".fabula"));
}

function createProgram(finish: (code: number) => void): Command {
  const program = new Command("fabula")
    .description("A story that its readers write, mine and keep.")
    .version(versionOf())
    .addHelpText("after", EXIT_CODE_HELP)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });

  program
    .command("run")
    .description("run a lighthouse: site, relay, archive, JSON-RPC, metrics")
    .addOption(
      new Option("--port <number>", "public port; 0 takes any free one")
        .env("FABULA_PORT")
        .argParser(wholeNumber(0, 65_535))
        .default(DEFAULT_PORT),
    )
    .addOption(
      new Option("--host <address>", "address to listen on; 0.0.0.0 is open to other machines")
        .env("FABULA_HOST")
        .default("127.0.0.1"),
    )
    .addOption(dataOption())
    .option("--pace <ms>", "pace of a fresh story (default 15000)", wholeNumber(2_000, 86_400_000))
    .option("--title <text>", "title of a fresh story")
    .option("--premise <text>", "premise of a fresh story")
    .option("--public-url <url>", "address under which others reach this lighthouse")
    .option("--tls-cert <file>", "certificate (PEM), with --tls-key")
    .option("--tls-key <file>", "private key (PEM), with --tls-cert")
    .option("--mine", "write and mine with the built-in writer, at the gentle preset", false)
    .addOption(
      new Option("--log-level <level>", "how much to log")
        .choices(["silent", "error", "warn", "info", "debug"])
        .default("info"),
    )
    .action(async (options: RunOptions) => {
      const { runCommand } = await import("./run-command.ts");
      finish(await runCommand(options, versionOf()));
    });

  program
    .command("tip")
    .description("print the best block, from a running lighthouse or from its data folder")
    .option("--url <url>", "address of a lighthouse", DEFAULT_URL)
    .addOption(dataOption())
    .option("--json", "print JSON", false)
    .action(async (options: TipOptions) => {
      const { tipCommand } = await import("./tip-command.ts");
      await tipCommand(options, {
        result: (text) => process.stdout.write(`${text}\n`),
        message: (text) => process.stderr.write(`${text}\n`),
      });
    });
  return program;
}

async function main(): Promise<number> {
  let exitCode: number = EXIT_CODE.done;
  try {
    await createProgram((code) => {
      exitCode = code;
    }).parseAsync();
  } catch (error) {
    // Commander has already said what it did not understand.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODE.usage;
    process.stderr.write(`fabula: ${failureText(error)}\n`);
    return EXIT_CODE.failed;
  }
  return exitCode;
}

process.exitCode = await main();
