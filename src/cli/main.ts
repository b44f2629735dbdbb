/**
 * The `fabula` command. Options have environment variables where a container wants them.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { EXIT_CODE, exitCodeHelp } from "./exit-codes.ts";
import { failureLine } from "./failure-text.ts";
import { addHandleCommands } from "./handle-commands.ts";
import { addKeyCommands } from "./key-commands.ts";
import { addLabCommands } from "./lab-commands.ts";
import { addLedgerCommands } from "./ledger-commands.ts";
import { addMineCommands } from "./mine-commands.ts";
import { DEFAULT_PORT, dataOption, jsonOption, urlOption, wholeNumber } from "./options.ts";
import { type CommandContext, standardOutput } from "./output.ts";
import { addPayloadCommands } from "./payload-commands.ts";
import type { RunOptions } from "./run-command.ts";
import { addStoryCommands } from "./story-commands.ts";
import type { TipOptions } from "./tip-command.ts";

function versionOf(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const facts: unknown = JSON.parse(text);
  const known = typeof facts === "object" && facts !== null && "version" in facts;
  return known ? String(facts.version) : "unknown";
}

/** A lighthouse needs libp2p and databases, which no other command should wait for. */
function addRun(program: Command, { finish }: CommandContext): void {
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
      new Option("--mempool-max <number>", "waiting transactions kept at most (default 1024)")
        .env("FABULA_MEMPOOL_MAX")
        .argParser(wholeNumber(1, 1_000_000)),
    )
    .addOption(
      new Option("--log-level <level>", "how much to log")
        .choices(["silent", "error", "warn", "info", "debug"])
        .default("info"),
    )
    .action(async (options: RunOptions) => {
      const { runCommand } = await import("./run-command.ts");
      finish(await runCommand(options, versionOf()));
    });
}

function addTip(program: Command, { output }: CommandContext): void {
  program
    .command("tip")
    .description("print the best block, from a running lighthouse or from its data folder")
    .addOption(urlOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options: TipOptions) => {
      const { tipCommand } = await import("./tip-command.ts");
      await tipCommand(options, output);
    });
}

/** Whether a command is `lab` or one of its own, which answer no question with yes or no. */
function isLab(command: Command): boolean {
  return command.name() === "lab" || command.parent?.name() === "lab";
}

function createProgram(context: CommandContext): Command {
  const program = new Command("fabula")
    .description("A story that its readers write, mine and keep.")
    .version(versionOf())
    .addHelpText("afterAll", ({ command }) => exitCodeHelp({ no: !isLab(command) }))
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });
  addRun(program, context);
  addTip(program, context);
  addMineCommands(program, context);
  addStoryCommands(program, context);
  addKeyCommands(program, context);
  addPayloadCommands(program, context);
  addLedgerCommands(program, context);
  addHandleCommands(program, context);
  addLabCommands(program, context);
  return program;
}

async function main(): Promise<number> {
  let exitCode: number = EXIT_CODE.done;
  try {
    await createProgram({
      output: standardOutput,
      finish: (code) => {
        exitCode = code;
      },
    }).parseAsync();
  } catch (error) {
    // Commander has already said what it did not understand.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODE.usage;
    standardOutput.message(failureLine(error));
    return EXIT_CODE.failed;
  }
  return exitCode;
}

// Whoever read, as `head` does, has enough: no reason for a stack trace.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(EXIT_CODE.done);
});
process.exitCode = await main();
