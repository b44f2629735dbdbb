/**
 * What can be said of a block whose ancestors are not here yet: a link was opened and its paragraph is
 * to be read before the rest has synced. Its work, signature, body and story are checked; whether it is
 * canon is not known by this.
 *
 * @module
 */
import type { Block } from "../kernel/block.ts";
import { bodyRootOf } from "../kernel/body.ts";
import { equalBytes, hexFromBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import type { Genesis } from "../kernel/genesis.ts";
import { storyIdOf } from "../kernel/genesis.ts";
import { emptyHistory } from "../kernel/history.ts";
import { checkParagraphSlot } from "../ledger/apply-key-block.ts";
import { checkMicroBody } from "../ledger/apply-microblock.ts";
import { RefusalCode } from "../ledger/codes.ts";
import { checkTransactions } from "../ledger/execute-transactions.ts";
import { judgeHeader } from "./header-rules.ts";
import { STORY_RULES } from "./rules.ts";

/** Checks story, work, signature (HDR-1, HDR-2, SIG-1) and body (HDR-2b, HDR-3, BODY-1, PAR-1); throws the refusal's code. */
export function checkBlockAlone(genesis: Genesis, block: Block): void {
  const { header, body } = block;
  const strangerView = {
    genesis,
    storyId: storyIdOf(genesis),
    rules: STORY_RULES,
    entry: () => undefined,
    invalidCode: () => undefined,
    historyThrough: () => emptyHistory,
  };
  const { verdict } = judgeHeader(strangerView, header, header.timestampMs);
  if (verdict.kind === "invalid") throw new CodedError(verdict.code, verdict.data);
  if (!equalBytes(bodyRootOf(body), header.bodyRoot)) {
    throw new CodedError(RefusalCode.badBodyRoot, { bodyRoot: hexFromBytes(header.bodyRoot) });
  }
  if (header.kind === "micro") {
    checkMicroBody(body, header.storyId);
    return;
  }
  checkParagraphSlot(body, genesis.maxWords);
  checkTransactions(body.transactions, header.storyId);
}
