/**
 * `fabula tip`: the best block, from a running lighthouse or, when none answers, from its data folder.
 *
 * @module
 */
import * as z from "zod/mini";
import { isCoded } from "../kernel/errors.ts";
import { readStoredTip } from "../lighthouse/stored-tip.ts";
import { type TipView, tip as tipShape } from "../peer/rpc/shapes.ts";
import { callLighthouse } from "./rpc-client.ts";

/** Options of the command. */
export interface TipOptions {
  readonly url: string;
  readonly data: string;
  readonly json: boolean;
}

/** Where the command writes; replaced in tests. */
export interface Output {
  result(text: string): void;
  message(text: string): void;
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
    tip = z.parse(tipShape, await callLighthouse(options.url, "get_tip"));
  } catch (error) {
    if (!isCoded(error, "no-answer")) throw error;
    output.message(`no lighthouse answers at ${options.url}; reading ${options.data}`);
    const stored = await readStoredTip(options.data);
    for (const fault of stored.faults) output.message(`found and left out: ${fault}`);
    tip = stored.tip;
  }
  output.result(options.json ? JSON.stringify(tip) : tipText(tip));
}
