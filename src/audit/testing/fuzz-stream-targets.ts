/**
 * Decoders that are no codec by themselves: frames in a stream, and what comes back from a disk that may
 * be damaged (a mempool's rows, block records, lines of the index). Test-only.
 *
 * @module
 */
import { readIndexRow } from "../../chain/index-rows.ts";
import type { BlockRecord } from "../../chain/ports/store.ts";
import { deltaOfRecord, headerOfRecord, storedBlock } from "../../chain/stored-record.ts";
import { equalBytes, hexFromBytes } from "../../kernel/bytes.ts";
import { blockIdOf, decodeHeader } from "../../kernel/header.ts";
import { encodeSignedTransaction } from "../../kernel/transaction.ts";
import { decodeDelta } from "../../ledger/state-delta.ts";
import { mempoolWith, START_MS, senderOf } from "../../mempool/testing/sender.ts";
import { encodeFrame, FrameDecoder } from "../../mesh/framing.ts";
import { type FuzzTarget, finding, inputFrom, unlessRefused } from "./fuzz-case.ts";
import { headerLayout } from "./fuzz-kernel-layouts.ts";
import { mutateText } from "./fuzz-text.ts";
import {
  bigEndianNumber,
  bytesOf,
  copied,
  group,
  number,
  type Part,
  prefixed,
  raw,
} from "./fuzz-tree.ts";
import { deltaLayout } from "./fuzz-wire-layouts.ts";
import type { Random } from "./random.ts";

const FRAME_MAX_BYTES = 4_096;
const SENDERS = 4;
const SIGNED_ROWS = 24;

function framesLayout(random: Random): Part {
  const frames = Array.from({ length: 1 + random.below(4) }, () => {
    const content = random.bytes(random.chance(10) ? FRAME_MAX_BYTES : random.below(40));
    return group(bigEndianNumber(content.length, 4), raw(content));
  });
  return group(...frames);
}

/** However a stream is cut, the same frames come out, and they are what went in. */
function checkFrames(bytes: Uint8Array, cuts: readonly number[]): boolean {
  const decoder = new FrameDecoder(() => FRAME_MAX_BYTES);
  const frames: Uint8Array[] = [];
  let at = 0;
  for (const size of [...cuts, bytes.length]) {
    const chunk = bytes.slice(at, at + size);
    at += chunk.length;
    const done = unlessRefused(() => decoder.push(chunk));
    if (done === undefined) return false;
    for (const frame of done.value) frames.push(frame);
  }
  let rest = bytes;
  for (const frame of frames) {
    const again = encodeFrame(frame);
    if (!equalBytes(again, rest.subarray(0, again.length))) finding("other frames came out");
    rest = rest.subarray(again.length);
  }
  if (decoder.unfinished !== rest.length > 0) finding("bytes between two frames");
  return true;
}

const frames: FuzzTarget = {
  name: "frames",
  weight: 3,
  make: (random) => {
    const { isValid, bytes } = inputFrom(random, framesLayout(random));
    const cuts = Array.from({ length: random.below(6) }, () => random.below(24));
    const shown = (): string => `${hexFromBytes(bytes)} cut after ${cuts.join(", ")}`;
    return { isValid, shown, check: () => checkFrames(bytes, cuts) };
  },
};

/** Version ‖ time ‖ signed transaction, as a tree; signatures are real, so that some rows come back. */
function signedRows(): readonly Part[] {
  return Array.from({ length: SIGNED_ROWS }, (_, index) => {
    const sender = senderOf(index % SENDERS);
    const memo = new Uint8Array(index % 5);
    const { payload, publicKey, signature } = sender.pay(1, { memo, fee: 300n + BigInt(index) });
    const name = (value: string): Part => prefixed(8, raw(new TextEncoder().encode(value)));
    const numbers = [payload.amountConsumer, payload.amountIndustrial, payload.fee];
    return group(
      number(1, 1),
      number(START_MS, 8),
      number(1, 1),
      name(payload.from_),
      name(payload.to),
      ...numbers.map((value) => number(value, 8)),
      number(payload.feeSelector, 1),
      number(payload.nonce, 8),
      prefixed(8, raw(memo)),
      raw(publicKey),
      raw(signature),
    );
  });
}

function mempoolTarget(): FuzzTarget {
  const senders = Array.from({ length: SENDERS }, (_, index) => senderOf(index));
  const rows = signedRows();
  const check = (row: Uint8Array): boolean => {
    const { mempool } = mempoolWith(senders);
    const { restored, expired, dropped } = mempool.restore([row], START_MS + 1);
    if (restored + expired + dropped !== 1) finding("a row that became nothing, or two");
    if (mempool.poisoned) finding("a row that poisoned the mempool");
    if (restored === 0) return false;
    const [kept] = mempool.snapshot();
    const [entry] = mempool.entries();
    // A time in the future is set back; the transaction is the one that was kept.
    if (kept === undefined || entry === undefined || kept.length !== row.length) {
      return finding("kept otherwise");
    }
    const transaction = encodeSignedTransaction(entry.transaction);
    if (!equalBytes(transaction, row.subarray(row.length - transaction.length))) {
      finding("another transaction was kept");
    }
    return true;
  };
  return {
    name: "mempool row",
    weight: 2,
    make: (random) => {
      const { isValid, bytes } = inputFrom(random, copied(random.pick(rows)));
      return { isValid, shown: () => hexFromBytes(bytes), check: () => check(bytes) };
    },
  };
}

function sameRecord(a: BlockRecord, b: BlockRecord): boolean {
  return equalBytes(a.header, b.header) && equalBytes(a.delta, b.delta);
}

/** A record with anything changed is found out by its id or its seal (STO-4). */
function checkRecord(record: BlockRecord, written: BlockRecord): boolean {
  const header = unlessRefused(() => headerOfRecord(record));
  unlessRefused(() => deltaOfRecord(record));
  if (header !== undefined && !sameRecord(record, written)) finding("a damaged record is believed");
  return header !== undefined;
}

const blockRecord: FuzzTarget = {
  name: "block record",
  weight: 1,
  make: (random) => {
    const header = decodeHeader(bytesOf(headerLayout(random)));
    const block = { header, body: { paragraph: { kind: "none" }, transactions: [] } } as const;
    const delta = decodeDelta(bytesOf(deltaLayout(random)));
    const { record } = storedBlock(blockIdOf(header), block, delta, 0);
    const { isValid, bytes } = inputFrom(random, group(raw(record.header), raw(record.delta)));
    const read: BlockRecord = {
      ...record,
      header: bytes.slice(0, record.header.length),
      delta: bytes.slice(record.header.length),
    };
    const shown = (): string => hexFromBytes(bytes);
    return { isValid, shown, check: () => checkRecord(read, record) };
  },
};

const indexLine: FuzzTarget = {
  name: "line of the index",
  weight: 1,
  make: (random) => {
    const key = `account/${hexFromBytes(random.bytes(32))}/0000/${hexFromBytes(random.bytes(32))}`;
    const { isValid, bytes } = inputFrom(random, group(raw(random.bytes(52))));
    const text = isValid ? key : mutateText(random, key);
    return {
      isValid,
      shown: () => `${JSON.stringify(text)} ${hexFromBytes(bytes)}`,
      check: () => {
        const line = readIndexRow({ key: text, value: bytes });
        if (line === null) return false;
        if (!text.endsWith(line.block) || line.txid.length !== 64) finding("another line");
        return true;
      },
    };
  },
};

/** Targets with a state or a memory of their own; needs `initKernel()`. */
export function streamTargets(): readonly FuzzTarget[] {
  return [frames, mempoolTarget(), blockRecord, indexLine];
}
