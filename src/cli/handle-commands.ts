/**
 * `handle register|resolve|move` (HND-1). Without `--key` the lighthouse's own wallet signs and pays; with
 * it a key of the key folder does.
 *
 * @module
 */
import type { Command } from "commander";
import type { OperationFields } from "../ledger/modules/module.ts";
import type { ResultOf } from "../peer/rpc/schema.ts";
import { addressOf } from "./addresses.ts";
import { EXIT_CODE } from "./exit-codes.ts";
import {
  dataOption,
  jsonOption,
  type KeyOptions,
  keyOption,
  keysOption,
  type ReadOptions,
  storyOption,
  tokenOption,
  units,
  urlOption,
  type WriteOptions,
} from "./options.ts";
import { type CommandContext, writeResult } from "./output.ts";
import { callLighthouse, type Lighthouse } from "./rpc-client.ts";
import { signedOperation } from "./signed-operation.ts";
import { writableLighthouse } from "./token.ts";

type Sent = ResultOf<"submit_tx">;

interface SenderOptions extends WriteOptions, KeyOptions {
  readonly key?: string;
  readonly fee?: string;
  readonly story?: string;
}

/** Sends an operation on handles, signed here or by the lighthouse. */
async function send(
  lighthouse: Lighthouse,
  fields: OperationFields,
  { key, keys, fee, story }: SenderOptions,
): Promise<Sent> {
  if (key === undefined) {
    const module = { module: "handles", operation: { ...fields } };
    const params = fee === undefined ? module : { ...module, fee };
    return callLighthouse(lighthouse, "submit_operation", params);
  }
  const request = { account: "sys/handles", fields, keys, key, fee, story };
  return callLighthouse(lighthouse, "submit_tx", {
    tx: await signedOperation(lighthouse, request),
  });
}

function withSender(command: Command): Command {
  return command
    .addOption(keyOption())
    .option("--fee <units>", "fee in micro-units (default: what the lighthouse estimates)", units)
    .addOption(storyOption())
    .addOption(keysOption())
    .addOption(urlOption())
    .addOption(tokenOption())
    .addOption(dataOption())
    .addOption(jsonOption());
}

/** Adds the commands. */
export function addHandleCommands(program: Command, { output, finish }: CommandContext): void {
  const handle = program.command("handle").description("names for addresses");

  withSender(handle.command("register"))
    .description("register a handle; costs 10 consumer tokens and the fee")
    .argument("<handle>", "@ and 3 to 24 of a-z, 0-9, _")
    .option("--address <account>", "address or name of a key that gets it (default: who signs)")
    .action(async (name: string, options: SenderOptions & { readonly address?: string }) => {
      const lighthouse = await writableLighthouse(options);
      const { address } = options;
      const owner = address && (await addressOf(address, options.keys, lighthouse));
      const fields = { action: "register", handle: name, ...(owner && { owner }) };
      const sent = await send(lighthouse, fields, options);
      writeResult(output, options.json, sent, sent.txid);
    });

  withSender(handle.command("move"))
    .description("give a handle of yours to another address")
    .argument("<handle>")
    .argument("<to>", "address, @handle, or name of a key")
    .action(async (name: string, to: string, options: SenderOptions) => {
      const lighthouse = await writableLighthouse(options);
      const fields = {
        action: "move",
        handle: name,
        to: await addressOf(to, options.keys, lighthouse),
      };
      const sent = await send(lighthouse, fields, options);
      writeResult(output, options.json, sent, sent.txid);
    });

  handle
    .command("resolve")
    .description("print the address that has a handle; exit code 3 when nobody has it")
    .argument("<handle>")
    .addOption(urlOption())
    .addOption(jsonOption())
    .action(async (name: string, options: ReadOptions) => {
      const found = await callLighthouse(options, "resolve_handle", { handle: name });
      if (found.address === null) finish(EXIT_CODE.no);
      writeResult(output, options.json, found, found.address ?? "nobody");
    });
}
