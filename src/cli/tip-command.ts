/**
 * `fabula tip`: the best block, from a running lighthouse or, when none answers, from its data folder.
 *
 * @module
 */
import { isCoded } from "../kernel/errors.ts";
import { readStoredTip } from "../lighthouse/stored-tip.ts";
import type { TipView } from "../peer/rpc/shapes.ts";
import type { ReadOptions } from "./options.ts";
import { type Output, writeResult } from "./output.ts";
import { callLighthouse } from "./rpc-client.ts";

/** Options of the command. */
export interface TipOptions extends ReadOptions {
  readonly data: string;
}

function tipText({ height, hash, work, timestampMs, stateRoot }: TipView): string {
  return [
    `height     ${height}`,
    `block      ${hash}`,
    `work       ${work}`,
    `time       ${new Date(timestampMs).toISOString()}`,
    `state root ${stateRoot}`,
  ].join("\n");
}

/** Writes the tip; rejects with a coded error when there is neither a lighthouse nor a data folder. */
export async function tipCommand(options: TipOptions, output: Output): Promise<void> {
  let tip: TipView;
  try {
    tip = await callLighthouse(options, "get_tip");
  } catch (error) {
    if (!isCoded(error, "no-answer")) throw error;
    output.message(`no lighthouse answers at ${options.url}; reading ${options.data}`);
    const stored = await readStoredTip(options.data);
    for (const fault of stored.faults) output.message(`found and left out: ${fault}`);
    tip = stored.tip;
  }
  writeResult(output, options.json, tip, tipText(tip));
}
