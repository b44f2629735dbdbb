/**
 * What peers ask and answer over a request stream (NET-1, NET-3, NET-4): fixed layouts with a tag
 * byte, decoded strictly (ENC-2), every list capped (docs/LIMITS.md).
 *
 * @module
 */
import * as P from "micro-packed";
import { strictDecode } from "../../kernel/codec.ts";
import { CodedError } from "../../kernel/errors.ts";
import {
  MAX_BLOCKS_PER_ANSWER,
  MAX_BLOCKS_PER_REQUEST,
  MAX_HEADERS_PER_REQUEST,
  MAX_LOCATOR,
  MAX_OFFERED_TXS,
  MAX_REQUEST_BYTES,
  MAX_RESPONSE_BYTES,
  MAX_ROUNDS_PER_REQUEST,
  MAX_TRACKER_ENTRIES,
} from "../limits.ts";
import {
  cappedList,
  cappedText,
  coderOf,
  listCoder,
  type PeerRecord,
  recordCoder,
  type TrackerList,
  timeCoder,
} from "./records.ts";

/** Where a peer stands; sent with the question and with the answer, so that one round trip tells both. */
export interface Status {
  /** Best key block. */
  readonly tip: Uint8Array;
  /** Last microblock on it; the tip itself when there is none. */
  readonly head: Uint8Array;
  /** Microblocks on the tip. */
  readonly microIndex: number;
  readonly height: number;
  readonly totalWork: bigint;
  /** Absent while the wallet is locked: nothing can be signed then. */
  readonly record: PeerRecord | undefined;
}

/** NET-3: who the tracker is, and what this peer knows without authority. */
export interface NotTracker {
  readonly timestampMs: number;
  readonly from: string;
  readonly to: string;
  readonly tracker: Uint8Array;
  readonly entries: readonly PeerRecord[];
}

/** NET-3: the tracker's own list, with the metadata of an answer. */
export interface PeerListAnswer {
  readonly timestampMs: number;
  readonly from: string;
  readonly to: string;
  readonly list: TrackerList;
}

/** NET-3: the metadata of a peer-list request. */
export interface PeersQuestion {
  readonly timestampMs: number;
  readonly from: string;
  readonly to: string;
}

/** NET-4: where to start, newest known block first. */
export interface HeadersQuestion {
  readonly locator: readonly Uint8Array[];
  readonly limit: number;
}

/** NET-4: the microblocks of one round from a place on. */
export interface MicroblocksQuestion {
  /** The last one wanted. */
  readonly last: Uint8Array;
  /** Micro index up to which they are known; 0 for none. */
  readonly after: number;
}

/** A question to one peer. */
export type Question =
  | { readonly TAG: "status"; readonly data: Status }
  | { readonly TAG: "headers"; readonly data: HeadersQuestion }
  | { readonly TAG: "blocks"; readonly data: readonly Uint8Array[] }
  | { readonly TAG: "genesis"; readonly data: undefined }
  | { readonly TAG: "getPeers"; readonly data: PeersQuestion }
  | { readonly TAG: "microblocks"; readonly data: readonly MicroblocksQuestion[] }
  | { readonly TAG: "mempool"; readonly data: undefined };

/** An answer: encoded headers, blocks and transactions are decoded by the caller, under their own rules. */
export type Answer =
  | { readonly TAG: "status"; readonly data: Status }
  | { readonly TAG: "headers"; readonly data: readonly Uint8Array[] }
  | { readonly TAG: "blocks"; readonly data: readonly Uint8Array[] }
  | { readonly TAG: "genesis"; readonly data: Uint8Array }
  | { readonly TAG: "peerList"; readonly data: PeerListAnswer }
  | { readonly TAG: "these-are-not-the-droids-you-are-looking-for"; readonly data: NotTracker }
  | { readonly TAG: "mempool"; readonly data: readonly Uint8Array[] };

const id = P.bytes(32);

/** NET-3: each message of the tracker's protocol says when, from whom and to whom; the tag is its type. */
const addressing = { timestampMs: timeCoder, from: cappedText(128), to: cappedText(128) };

const statusCoder: P.CoderType<Status> = coderOf(
  P.struct({
    tip: id,
    head: id,
    microIndex: P.U32LE,
    height: P.U32LE,
    totalWork: P.U256BE,
    record: P.optional(P.bool, recordCoder),
  }),
);

const questionCoder: P.CoderType<Question> = coderOf(
  P.mappedTag(P.U8, {
    status: [1, statusCoder],
    headers: [2, P.struct({ locator: cappedList(MAX_LOCATOR, id), limit: P.U16LE })],
    blocks: [3, cappedList(MAX_BLOCKS_PER_REQUEST, id)],
    genesis: [4, P.constant(undefined)],
    getPeers: [5, P.struct(addressing)],
    microblocks: [6, cappedList(MAX_ROUNDS_PER_REQUEST, P.struct({ last: id, after: P.U32LE }))],
    mempool: [7, P.constant(undefined)],
  }),
);

function cappedItems(max: number): P.CoderType<Uint8Array[]> {
  return P.validate(P.array(P.U16LE, P.bytes(P.U32LE)), (value) => {
    if (value.length > max) throw new CodedError("too-many", { count: value.length, max });
    return value;
  });
}

const answerCoder: P.CoderType<Answer> = coderOf(
  P.mappedTag(P.U8, {
    status: [1, statusCoder],
    headers: [2, cappedItems(MAX_HEADERS_PER_REQUEST)],
    blocks: [3, cappedItems(MAX_BLOCKS_PER_ANSWER)],
    genesis: [4, P.bytes(P.U16LE)],
    peerList: [5, P.struct({ ...addressing, list: listCoder })],
    "these-are-not-the-droids-you-are-looking-for": [
      6,
      P.struct({
        // The phrase itself travels, so that a capture explains itself (seed document of Team 34).
        phrase: P.magicBytes("these-are-not-the-droids-you-are-looking-for"),
        ...addressing,
        tracker: id,
        entries: cappedList(MAX_TRACKER_ENTRIES, recordCoder),
      }),
    ],
    mempool: [7, cappedItems(MAX_OFFERED_TXS)],
  }),
);

/** Bytes of a question. */
export function encodeQuestion(question: Question): Uint8Array {
  return questionCoder.encode(question);
}

/** Reads a question; throws `bad-encoding` or `too-large`. */
export function decodeQuestion(bytes: Uint8Array): Question {
  return strictDecode(questionCoder, bytes, MAX_REQUEST_BYTES, "request");
}

/** Bytes of an answer. */
export function encodeAnswer(answer: Answer): Uint8Array {
  return answerCoder.encode(answer);
}

/** Reads an answer; throws `bad-encoding` or `too-large`. */
export function decodeAnswer(bytes: Uint8Array): Answer {
  return strictDecode(answerCoder, bytes, MAX_RESPONSE_BYTES, "response");
}
