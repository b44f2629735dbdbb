/**
 * Everything a header alone can be judged by, in one function that announcements, headers-first sync
 * and the one door share (FRK-2): what is checked early is checked the same way.
 *
 * Order: cheap before dear, and proof of work before the signature and before "orphan", so that a
 * stranger pays for every question he makes us ask; "future" comes last, so that a header that waits
 * is otherwise valid.
 *
 * @module
 */

import type { BlockId, StoryId } from "../kernel/brand.ts";
import { addressFromHex, blockIdFromHex } from "../kernel/brand.ts";
import { bigintFromBytesBE, equalBytes, hexFromBytes } from "../kernel/bytes.ts";
import type { Genesis } from "../kernel/genesis.ts";
import type { Header } from "../kernel/header.ts";
import { blockIdBytes, coreHashOf, powOf } from "../kernel/header.ts";
import type { History } from "../kernel/history.ts";
import { historyRoot } from "../kernel/history.ts";
import { verifySignature } from "../kernel/signature.ts";
import { targetFromCompact, workOfTarget } from "../kernel/target.ts";
import { RefusalCode } from "../ledger/codes.ts";
import { requiredTarget } from "../ledger/retarget.ts";
import { acceptableFrom, earliestTimestamp } from "../ledger/times.ts";
import { restUntil } from "../ledger/tracker-rest.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { keyParentFacts } from "./header-entry.ts";
import type { Future, Known, Orphan, Refusal } from "./outcome.ts";
import { refusalOf, refuseCopy, refuseId } from "./outcome.ts";

/** What a judgement needs to see of the tree (and of blocks that are about to join it). */
export interface HeaderView {
  readonly genesis: Genesis;
  readonly storyId: StoryId;
  entry(id: BlockId): HeaderEntry | undefined;
  /** Code under which an id is remembered as invalid. */
  invalidCode(id: BlockId): string | undefined;
  historyThrough(entry: HeaderEntry): History;
}

/** A header that passed: its place is on `parent`. */
export interface Passed {
  readonly kind: "passed";
  readonly id: BlockId;
  readonly parent: HeaderEntry;
  readonly work: bigint;
}

/** A verdict and what may be remembered of it. */
export interface Judgement {
  readonly verdict: Passed | Known | Orphan | Future | Refusal;
  /** The id, if it met its stated target and is invalid in every copy; only such ids may be remembered (SIG-2). */
  readonly condemned: BlockId | null;
}

/** Judges a header at the local time `nowMs` by HDR-1, HDR-2, HDR-5, HDR-6, TRK-1, DIF-1, DIF-2 and SIG-1. */
export function judgeHeader(view: HeaderView, header: Header, nowMs: number): Judgement {
  let facts: HeaderFacts;
  try {
    facts = factsOf(header);
  } catch (error) {
    return { verdict: refusalOf(error, "copy"), condemned: null };
  }
  const { id } = facts;
  const entry = view.entry(id);
  if (entry !== undefined) return { verdict: { kind: "known", entry }, condemned: null };
  const remembered = view.invalidCode(id);
  if (remembered !== undefined) {
    // Marked, because a good header of a bad body is forwarded by honest peers until they see the body.
    return { verdict: refuseId(remembered, { remembered: true }), condemned: id };
  }
  const alone = judgeAlone(view, header, facts);
  if (alone !== null) return { verdict: alone, condemned: null };
  const verdict = judgeOnParent(view, header, id, nowMs);
  return { verdict, condemned: verdict.kind === "invalid" ? id : null };
}

/** Hashed once and used by id, proof of work and signature alike. */
interface HeaderFacts {
  readonly id: BlockId;
  readonly idBytes: Uint8Array;
  readonly pow: bigint;
}

function factsOf(header: Header): HeaderFacts {
  const coreHash = coreHashOf(header);
  const idBytes = blockIdBytes(coreHash, header.nonce);
  return {
    id: blockIdFromHex(hexFromBytes(idBytes)),
    idBytes,
    pow: bigintFromBytesBE(powOf(coreHash, header.nonce)),
  };
}

function judgeAlone(
  { genesis, storyId }: HeaderView,
  header: Header,
  { idBytes, pow }: HeaderFacts,
): Refusal | null {
  const named = hexFromBytes(header.storyId);
  if (named !== storyId) return refuseId(RefusalCode.otherStory, { storyId: named });
  if (header.kind !== "key" || !equalBytes(header.parent, header.keyParent)) {
    return refuseId(RefusalCode.microblocksNotSupported);
  }
  if (header.microIndex !== 0) {
    return refuseId(RefusalCode.badMicroIndex, { microIndex: header.microIndex });
  }
  try {
    const target = targetFromCompact(header.target);
    if (target > targetFromCompact(genesis.maxTarget)) {
      return refuseId(RefusalCode.targetTooEasy, { target: header.target, max: genesis.maxTarget });
    }
    if (pow > target) return refuseId(RefusalCode.badWork);
  } catch (error) {
    return refusalOf(error, "id");
  }
  return verifySignature(header.author, idBytes, header.signature)
    ? null
    : refuseCopy(RefusalCode.badSignature);
}

function judgeOnParent(
  view: HeaderView,
  header: Header,
  id: BlockId,
  nowMs: number,
): Passed | Orphan | Future | Refusal {
  const { genesis } = view;
  const { paceMs } = genesis;
  const parentId = blockIdFromHex(hexFromBytes(header.keyParent));
  const parent = view.entry(parentId);
  if (parent === undefined) {
    const code = view.invalidCode(parentId);
    if (code === undefined) return { kind: "orphan", missing: parentId };
    return refuseId(RefusalCode.invalidParent, { parent: parentId, parentCode: code });
  }
  if (header.height !== parent.height + 1) {
    return refuseId(RefusalCode.badHeight, { height: header.height, expected: parent.height + 1 });
  }
  const { timestampMs } = header;
  const earliestMs = earliestTimestamp(paceMs, parent.timestampMs);
  if (timestampMs < earliestMs) {
    return refuseId(RefusalCode.timestampTooEarly, { timestampMs, earliestMs });
  }
  const facts = keyParentFacts(parent);
  const untilMs = restUntil(paceMs, facts, addressFromHex(hexFromBytes(header.author)));
  if (untilMs !== null && timestampMs < untilMs) {
    return refuseId(RefusalCode.authorResting, { timestampMs, untilMs });
  }
  const expected = requiredTarget(genesis, facts, timestampMs);
  if (header.target !== expected) {
    return refuseId(RefusalCode.wrongTarget, { target: header.target, expected });
  }
  if (!equalBytes(header.historyRoot, historyRoot(view.historyThrough(parent)))) {
    return refuseId(RefusalCode.badHistoryRoot);
  }
  const acceptableMs = acceptableFrom(paceMs, timestampMs);
  if (nowMs < acceptableMs) return { kind: "future", untilMs: acceptableMs };
  return { kind: "passed", id, parent, work: workOfTarget(targetFromCompact(header.target)) };
}
