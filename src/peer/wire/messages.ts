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
  MAX_BLOCKS_PER_REQUEST,
  MAX_HEADERS_PER_REQUEST,
  MAX_LOCATOR,
  MAX_REQUEST_BYTES,
  MAX_RESPONSE_BYTES,
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
  readonly tip: Uint8Array;
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

/** A question to one peer. */
export type Question =
  | { readonly TAG: "status"; readonly data: Status }
  | { readonly TAG: "headers"; readonly data: HeadersQuestion }
  | { readonly TAG: "blocks"; readonly data: readonly Uint8Array[] }
  | { readonly TAG: "genesis"; readonly data: undefined }
  | { readonly TAG: "getPeers"; readonly data: PeersQuestion };

/** An answer: encoded headers and blocks are decoded by the caller, under their own rules. */
export type Answer =
  | { readonly TAG: "status"; readonly data: Status }
  | { readonly TAG: "headers"; readonly data: readonly Uint8Array[] }
  | { readonly TAG: "blocks"; readonly data: readonly Uint8Array[] }
  | { readonly TAG: "genesis"; readonly data: Uint8Array }
  | { readonly TAG: "peerList"; readonly data: PeerListAnswer }
  | { readonly TAG: "these-are-not-the-droids-you-are-looking-for"; readonly data: NotTracker };

const id = P.bytes(32);

/** NET-3: each message of the tracker's protocol says when, from whom and to whom; the tag is its type. */
const addressing = { timestampMs: timeCoder, from: cappedText(128), to: cappedText(128) };

const statusCoder: P.CoderType<Status> = coderOf(
  P.struct({
    tip: id,
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
    blocks: [3, cappedItems(MAX_BLOCKS_PER_REQUEST)],
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
