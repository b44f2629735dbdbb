/**
 * `generate-key`, `import-key`, `show-address`: the key folder, as in the dual-token kernel's node. None of
 * them needs a lighthouse.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { parse } from "node:path";
import type { Command } from "commander";
import { hexFromBytes } from "../kernel/bytes.ts";
import { initKernel } from "../kernel/init.ts";
import { publicKeyFromSeed, SEED_BYTES } from "../kernel/signature.ts";
import { readKey, readKeyFile, writeKey } from "./key-folder.ts";
import { type JsonOptions, jsonOption, type KeyOptions, keysOption } from "./options.ts";
import { type CommandContext, writeResult } from "./output.ts";

type Options = JsonOptions & KeyOptions;

async function keep(
  { output }: CommandContext,
  { keys, json }: Options,
  name: string,
  seed: Uint8Array,
): Promise<void> {
  await initKernel();
  const address = hexFromBytes(publicKeyFromSeed(seed));
  const path = await writeKey(keys, name, seed);
  output.message(`kept in ${path}, not encrypted`);
  writeResult(output, json, { name, address, path }, address);
}

/** Adds the commands. */
export function addKeyCommands(program: Command, context: CommandContext): void {
  program
    .command("generate-key")
    .description("make a key, keep it under a new name, print its address")
    .argument("<name>", "name of the key")
    .addOption(keysOption())
    .addOption(jsonOption())
    .action((name: string, options: Options) =>
      keep(context, options, name, new Uint8Array(randomBytes(SEED_BYTES))),
    );

  program
    .command("import-key")
    .description("keep the key of a PEM file (PKCS#8, or a dual-token kernel's), print its address")
    .argument("<file>", "key file")
    .option("--name <name>", "name of the key (default: the file's name)")
    .addOption(keysOption())
    .addOption(jsonOption())
    .action(async (file: string, options: Options & { readonly name?: string }) => {
      const seed = await readKeyFile(file);
      await keep(context, options, options.name ?? parse(file).name, seed);
    });

  program
    .command("show-address")
    .description("print the address of a key")
    .argument("<name>", "name of the key")
    .addOption(keysOption())
    .addOption(jsonOption())
    .action(async (name: string, { keys, json }: Options) => {
      const address = hexFromBytes(publicKeyFromSeed(await readKey(keys, name)));
      writeResult(context.output, json, { name, address }, address);
    });
}
