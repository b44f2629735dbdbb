/**
 * `submit-tx` and `balance`: what a lighthouse knows and takes.
 *
 * @module
 */
import type { Command } from "commander";
import { addressOf } from "./addresses.ts";
import {
  dataOption,
  jsonOption,
  type KeyOptions,
  keysOption,
  type ReadOptions,
  tokenOption,
  urlOption,
  type WriteOptions,
} from "./options.ts";
import { type CommandContext, writeResult } from "./output.ts";
import { callLighthouse } from "./rpc-client.ts";
import { writableLighthouse } from "./token.ts";

const UNITS_PER_TOKEN = 1_000_000n;

/** An amount for people: units, and tokens with all six digits. */
export function amountText(units: string): string {
  const value = BigInt(units);
  const rest = (value % UNITS_PER_TOKEN).toString().padStart(6, "0");
  return `${units} units (${value / UNITS_PER_TOKEN}.${rest} tokens)`;
}

/** Adds the commands. */
export function addLedgerCommands(program: Command, { output }: CommandContext): void {
  program
    .command("submit-tx")
    .description("hand a signed transaction to a lighthouse and print its txid")
    .argument("<hex>", "transaction, as sign-tx prints it")
    .addOption(urlOption())
    .addOption(tokenOption())
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (hex: string, options: WriteOptions) => {
      const lighthouse = await writableLighthouse(options);
      const sent = await callLighthouse(lighthouse, "submit_tx", { tx: hex.toLowerCase() });
      writeResult(output, options.json, sent, sent.txid);
    });

  program
    .command("balance")
    .description("print both balances")
    .argument("<account>", "address, @handle, or name of a key")
    .addOption(keysOption())
    .addOption(urlOption())
    .addOption(jsonOption())
    .action(async (account: string, options: ReadOptions & KeyOptions) => {
      const address = await addressOf(account, options.keys, options);
      const balance = await callLighthouse(options, "balance", { address });
      const text = `consumer    ${amountText(balance.consumer)}\nindustrial  ${amountText(balance.industrial)}`;
      writeResult(output, options.json, balance, text);
    });
}
