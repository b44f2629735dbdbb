/**
 * Verdict and penalty belong to the error code (NET-2): what an honest peer can cause by bad luck is
 * ignored, what only a broken or hostile one sends costs its sender. At 100 points it is cut off.
 *
 * The two doors have opposite defaults on purpose. What the chain refuses by its rules is an offence
 * unless listed otherwise. A fault that was merely thrown on the way (a thread that ended, a full disk,
 * a mistake of ours) is nobody's offence unless listed as one: a default of blame would let our own
 * defects cut the mesh in pieces.
 *
 * @module
 */
import type { Verdict } from "../chain/ports/network.ts";
import { RefusalCode } from "../ledger/codes.ts";
import { TransactionCode } from "../ledger/transactions/transaction-code.ts";

/** What a code means for the message and for its sender. */
export interface Consequence {
  readonly verdict: Verdict;
  readonly points: number;
}

const NO_BLAME: Consequence = { verdict: "ignore", points: 0 };
const OFFENCE: Consequence = { verdict: "reject", points: 100 };

/** Broken rules of the wire: an honest peer of this version cannot send what ends in one of these. */
const OFFENCES: ReadonlySet<string> = new Set<string>([
  ...Object.values(RefusalCode),
  "bad-encoding",
  "too-large",
  "too-many",
  "bad-time",
  "bad-value",
  "bad-utf8",
  "bad-target",
  "bad-text",
  "too-many-words",
  "no-words",
  "bad-provenance",
  "response-too-large",
  "wrong-block",
  "wrong-story",
  "tracker-forged",
  "repeated-record",
  "misaddressed",
]);

/** Codes that cost less than a cut-off, because bad luck or an older version may produce a few of them. */
const LIGHT: ReadonlyMap<string, number> = new Map<string, number>([
  ["replayed", 10],
  // One block of an old branch may be a laptop that woke up; twenty in a row are not.
  ["stale-branch", 5],
  ["block-not-served", 10],
  // A peer that changes branch between two pages of headers.
  ["headers-not-linked", 10],
  // Work that was claimed and not shown; a peer that lost its newest blocks to a damaged disk does it once.
  ["claim-unproved", 50],
  // A peer that dropped old texts may answer with their hashes.
  [RefusalCode.paragraphWithheld, 10],
]);

/** The consequence of a fault that was thrown while a peer's message was handled; unlisted codes cost nothing. */
export function consequenceOf(code: string): Consequence {
  const points = LIGHT.get(code);
  if (points !== undefined) return { verdict: "ignore", points };
  return OFFENCES.has(code) ? OFFENCE : NO_BLAME;
}

/** Codes of transactions that the head, the pool or the time decides: an honest neighbour may have seen another head. */
const TRANSACTION_CODES_OF_LUCK: ReadonlySet<TransactionCode> = new Set<TransactionCode>([
  TransactionCode.unknownSender,
  TransactionCode.insufficientBalance,
  TransactionCode.nonceGap,
  TransactionCode.duplicate,
  TransactionCode.balanceOverflow,
  TransactionCode.mempoolFull,
  TransactionCode.lockPoisoned,
  TransactionCode.pendingLimit,
]);

/** The consequence of a transaction that was not admitted (TX-7): what its bytes alone decide costs the connection. */
export function consequenceOfTransaction(code: TransactionCode): Consequence {
  return TRANSACTION_CODES_OF_LUCK.has(code) ? NO_BLAME : OFFENCE;
}

/** The consequence of a refusal by the chain's rules (`Refusal`); unlisted codes cost the connection. */
export function consequenceOfRefusal(code: string): Consequence {
  const points = LIGHT.get(code);
  return points === undefined ? OFFENCE : { verdict: "ignore", points };
}
