/**
 * Every decoder of a fixed layout: kernel, wire, state, operations. `inspect` is what the program asks of
 * a decoded value before it believes it. Test-only.
 *
 * @module
 */
import { decodeBlock, encodeBlock } from "../../kernel/block.ts";
import { bodyRootOf, decodeBody, encodeBody } from "../../kernel/body.ts";
import { equalBytes } from "../../kernel/bytes.ts";
import { type Coder, strictDecode } from "../../kernel/codec.ts";
import { checkGenesis, decodeGenesis, encodeGenesis } from "../../kernel/genesis.ts";
import { decodeHeader, encodeHeader, meetsTarget } from "../../kernel/header.ts";
import { checkParagraph, decodeParagraph, encodeParagraph } from "../../kernel/paragraph.ts";
import {
  decodePayload,
  decodeSignedTransaction,
  encodePayload,
  encodeSignedTransaction,
  txidOf,
} from "../../kernel/transaction.ts";
import type { LedgerModule } from "../../ledger/modules/module.ts";
import { moduleOf } from "../../ledger/modules/registry.ts";
import { decodeAccount, decodeSupply, encodeAccount, encodeSupply } from "../../ledger/state.ts";
import { decodeDelta, encodeDelta } from "../../ledger/state-delta.ts";
import {
  checkFeeFloor,
  checkTransactionForm,
} from "../../ledger/transactions/check-transaction.ts";
import { tippedParagraph } from "../../ledger/transactions/tip-memo.ts";
import {
  decodeAnswer,
  decodeQuestion,
  encodeAnswer,
  encodeQuestion,
} from "../../peer/wire/messages.ts";
import {
  checkTrackerList,
  decodeTrackerList,
  encodeTrackerList,
  recordCoder,
  verifyRecord,
} from "../../peer/wire/records.ts";
import { decodeBatch, encodeBatch } from "../../peer/wire/transaction-batch.ts";
import { codecTarget, type FuzzTarget, finding } from "./fuzz-case.ts";
import * as kernel from "./fuzz-kernel-layouts.ts";
import type { Part } from "./fuzz-tree.ts";
import * as wire from "./fuzz-wire-layouts.ts";
import type { Random } from "./random.ts";

const RECORD_MAX_BYTES = 2_048;

/** The decoder of a coder that stands in larger records. */
function strictly<T>(coder: Coder<T>, maxBytes: number): (bytes: Uint8Array) => T {
  return (bytes) => strictDecode(coder, bytes, maxBytes, "fuzzed record");
}

function operationTarget(account: string, layout: (random: Random) => Part): FuzzTarget {
  const module: LedgerModule | undefined = moduleOf(account);
  if (module === undefined) return finding(`no module ${account}`);
  return codecTarget(`memo of ${account}`, 3, layout, {
    decode: (memo) => module.decode(memo),
    encode: (op) => {
      const again = module.encode(module.fromFields(module.describe(op)));
      if (!equalBytes(again, module.encode(op))) finding("described as another operation");
      return again;
    },
  });
}

/** Targets whose input is bytes of a known layout; needs `initKernel()`. */
export function binaryTargets(): readonly FuzzTarget[] {
  return [
    codecTarget("header", 4, kernel.headerLayout, {
      decode: decodeHeader,
      encode: encodeHeader,
      inspect: meetsTarget,
    }),
    codecTarget("key body", 4, kernel.bodyLayout, {
      decode: (bytes) => decodeBody(bytes, "key"),
      encode: (body) => encodeBody(body, "key"),
      inspect: bodyRootOf,
    }),
    codecTarget("micro body", 2, (random) => kernel.bodyLayout(random, 4), {
      decode: (bytes) => decodeBody(bytes, "micro"),
      encode: (body) => encodeBody(body, "micro"),
    }),
    codecTarget("block", 3, kernel.blockLayout, { decode: decodeBlock, encode: encodeBlock }),
    codecTarget("genesis", 4, kernel.genesisLayout, {
      decode: decodeGenesis,
      encode: encodeGenesis,
      inspect: checkGenesis,
    }),
    codecTarget("paragraph", 4, kernel.paragraphLayout, {
      decode: decodeParagraph,
      encode: encodeParagraph,
      inspect: (paragraph) => checkParagraph(paragraph, 140),
    }),
    codecTarget("payload", 4, kernel.payloadLayout, {
      decode: decodePayload,
      encode: encodePayload,
      inspect: tippedParagraph,
    }),
    codecTarget("signed transaction", 5, kernel.transactionLayout, {
      decode: decodeSignedTransaction,
      encode: encodeSignedTransaction,
      inspect: (transaction) => {
        txidOf(transaction);
        checkTransactionForm(transaction);
        checkFeeFloor(transaction);
      },
    }),
    codecTarget("question", 4, wire.questionLayout, {
      decode: decodeQuestion,
      encode: encodeQuestion,
    }),
    codecTarget("answer", 4, wire.answerLayout, { decode: decodeAnswer, encode: encodeAnswer }),
    codecTarget("peer record", 4, wire.recordLayout, {
      decode: strictly(recordCoder, RECORD_MAX_BYTES),
      encode: (record) => recordCoder.encode(record),
      inspect: verifyRecord,
    }),
    codecTarget("tracker list", 3, wire.trackerListLayout, {
      decode: decodeTrackerList,
      encode: encodeTrackerList,
      inspect: checkTrackerList,
    }),
    codecTarget("transaction batch", 3, wire.batchLayout, {
      decode: decodeBatch,
      encode: encodeBatch,
    }),
    codecTarget("state delta", 4, wire.deltaLayout, { decode: decodeDelta, encode: encodeDelta }),
    codecTarget("account", 1, wire.accountLayout, { decode: decodeAccount, encode: encodeAccount }),
    codecTarget("supply", 1, wire.supplyLayout, { decode: decodeSupply, encode: encodeSupply }),
    operationTarget("sys/handles", wire.handlesLayout),
    operationTarget("sys/codex", wire.codexLayout),
    operationTarget("sys/profile", wire.profileLayout),
  ];
}
