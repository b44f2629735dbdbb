/**
 * `mine start|stop`: tells a lighthouse to mine, or to stop.
 *
 * @module
 */
import { type Command, Option } from "commander";
import type { MiningView } from "../peer/rpc/shapes.ts";
import { dataOption, jsonOption, tokenOption, urlOption, type WriteOptions } from "./options.ts";
import { type CommandContext, writeResult } from "./output.ts";
import { callLighthouse } from "./rpc-client.ts";
import { writableLighthouse } from "./token.ts";

interface StartOptions extends WriteOptions {
  readonly preset: "gentle" | "half" | "full";
  readonly writer: "builtin" | "human";
}

function miningText({ consent, active, reason, preset, found }: MiningView): string {
  const state = active ? "mining" : consent ? `waiting: ${reason ?? "starting"}` : "stopped";
  return `${state} · preset ${preset} · ${found} blocks found since the start`;
}

function withWrite(command: Command): Command {
  return command
    .addOption(urlOption())
    .addOption(tokenOption())
    .addOption(dataOption())
    .addOption(jsonOption());
}

/** Adds the commands. */
export function addMineCommands(program: Command, { output }: CommandContext): void {
  const mine = program.command("mine").description("let a lighthouse mine");

  withWrite(mine.command("start"))
    .description("start mining; it begins once the lighthouse is in sync")
    .addOption(
      new Option("--preset <name>", "share of the processor")
        .choices(["gentle", "half", "full"])
        .default("gentle"),
    )
    .addOption(
      new Option("--writer <name>", "builtin: a new paragraph each round; human: an offered draft")
        .choices(["builtin", "human"])
        .default("builtin"),
    )
    .action(async (options: StartOptions) => {
      const { preset, writer } = options;
      const lighthouse = await writableLighthouse(options);
      const state = await callLighthouse(lighthouse, "start_mining", { preset, writer });
      writeResult(output, options.json, state, miningText(state));
    });

  withWrite(mine.command("stop"))
    .description("stop mining")
    .action(async (options: WriteOptions) => {
      const state = await callLighthouse(await writableLighthouse(options), "stop_mining");
      writeResult(output, options.json, state, miningText(state));
    });
}
