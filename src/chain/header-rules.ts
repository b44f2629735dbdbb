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
import { addressOfKey, blockIdFromHex } from "../kernel/brand.ts";
import { equalBytes, hexFromBytes } from "../kernel/bytes.ts";
import type { Genesis } from "../kernel/genesis.ts";
import type { Header } from "../kernel/header.ts";
import { blockIdBytes, coreHashOf } from "../kernel/header.ts";
import type { History } from "../kernel/history.ts";
import { historyRoot } from "../kernel/history.ts";
import { targetFromCompact } from "../kernel/target.ts";
import { RefusalCode } from "../ledger/codes.ts";
import {
  acceptableFrom,
  earliestMicroTimestamp,
  earliestTimestamp,
  MICRO_SPACING_MS,
} from "../ledger/times.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { keyBlockOf } from "./header-entry.ts";
import type { Future, Known, Orphan, Refusal } from "./outcome.ts";
import { refusalOf, refuseCopy, refuseId } from "./outcome.ts";
import type { ConsensusRules } from "./rules.ts";

/** What a judgement needs to see of the tree (and of blocks that are about to join it). */
export interface HeaderView {
  readonly genesis: Genesis;
  readonly storyId: StoryId;
  readonly rules: ConsensusRules;
  entry(id: BlockId): HeaderEntry | undefined;
  /** Code under which an id is remembered as invalid. */
  invalidCode(id: BlockId): string | undefined;
  historyThrough(entry: HeaderEntry): History;
}

/** A header that passed. */
export interface Passed {
  readonly kind: "passed";
  readonly id: BlockId;
  readonly keyParent: HeaderEntry;
  /**
   * The block directly below a microblock. For a key block it is the keyParent: the microblocks between
   * are looked for when its body is there (headers first, NET-4).
   */
  readonly parent: HeaderEntry;
}

/** A verdict and what may be remembered of it. */
export interface Judgement {
  readonly verdict: Passed | Known | Orphan | Future | Refusal;
  /**
   * The id, if it is invalid in every copy and cost something: a key block's that met its stated target, a
   * microblock's that the tracker of a known round signed. Only such ids may be remembered (SIG-2).
   */
  readonly condemned: BlockId | null;
}

/** Judges a header at the local time `nowMs` by HDR-1, HDR-2, HDR-2b, HDR-5, HDR-6, HDR-6b, TRK-1, TRK-2, DIF-1, DIF-2 and SIG-1. */
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
  if (header.kind === "micro") return judgeMicroblock(view, header, id, nowMs);
  const verdict = judgeOnKeyParent(view, header, id, nowMs);
  return { verdict, condemned: verdict.kind === "invalid" ? id : null };
}

/** Hashed once and used by id, proof of work and signature alike. */
interface HeaderFacts {
  readonly id: BlockId;
  readonly idBytes: Uint8Array;
  readonly coreHash: Uint8Array;
}

function factsOf(header: Header): HeaderFacts {
  const coreHash = coreHashOf(header);
  const idBytes = blockIdBytes(coreHash, header.nonce);
  return {
    id: blockIdFromHex(hexFromBytes(idBytes)),
    idBytes,
    coreHash,
  };
}

function judgeAlone(
  { genesis, storyId, rules }: HeaderView,
  header: Header,
  { idBytes, coreHash }: HeaderFacts,
): Refusal | null {
  const named = hexFromBytes(header.storyId);
  if (named !== storyId) return refuseId(RefusalCode.otherStory, { storyId: named });
  const refusal =
    header.kind === "key"
      ? judgeKeyAlone(genesis, rules, header, coreHash)
      : judgeMicroAlone(header);
  if (refusal !== null) return refusal;
  return rules.verifySignature(header.author, idBytes, header.signature)
    ? null
    : refuseCopy(RefusalCode.badSignature);
}

function judgeKeyAlone(
  genesis: Genesis,
  rules: ConsensusRules,
  header: Header,
  coreHash: Uint8Array,
): Refusal | null {
  if (header.microIndex !== 0) {
    return refuseId(RefusalCode.badMicroIndex, { microIndex: header.microIndex });
  }
  try {
    const target = targetFromCompact(header.target);
    if (target > targetFromCompact(genesis.maxTarget)) {
      return refuseId(RefusalCode.targetTooEasy, { target: header.target, max: genesis.maxTarget });
    }
    return rules.provesWork(coreHash, header.nonce, target) ? null : refuseId(RefusalCode.badWork);
  } catch (error) {
    return refusalOf(error, "id");
  }
}

function judgeMicroAlone({ microIndex, target, nonce, coinbase }: Header): Refusal | null {
  if (microIndex === 0) return refuseId(RefusalCode.badMicroIndex, { microIndex });
  const zeros = { target, nonce, consumer: coinbase.consumer, industrial: coinbase.industrial };
  for (const [field, value] of Object.entries(zeros)) {
    if (BigInt(value) !== 0n) return refuseId(RefusalCode.badMicroblock, { field });
  }
  return null;
}

function judgeOnKeyParent(
  view: HeaderView,
  header: Header,
  id: BlockId,
  nowMs: number,
): Passed | Orphan | Future | Refusal {
  const { genesis, rules } = view;
  const { paceMs } = genesis;
  const parent = keyParentOf(view, header);
  if ("missing" in parent || "code" in parent) return parent;
  if (header.height !== parent.height + 1) {
    return refuseId(RefusalCode.badHeight, { height: header.height, expected: parent.height + 1 });
  }
  const { timestampMs } = header;
  const earliestMs = earliestTimestamp(paceMs, parent.timestampMs);
  if (timestampMs < earliestMs) {
    return refuseId(RefusalCode.timestampTooEarly, { timestampMs, earliestMs });
  }
  const untilMs = rules.restUntil(paceMs, parent, addressOfKey(header.author));
  if (untilMs !== null && timestampMs < untilMs) {
    return refuseId(RefusalCode.authorResting, { timestampMs, untilMs });
  }
  const expected = rules.requiredTarget(genesis, parent, timestampMs);
  if (header.target !== expected) {
    return refuseId(RefusalCode.wrongTarget, { target: header.target, expected });
  }
  if (!equalBytes(header.historyRoot, historyRoot(view.historyThrough(parent)))) {
    return refuseId(RefusalCode.badHistoryRoot);
  }
  const acceptableMs = acceptableFrom(paceMs, timestampMs);
  if (nowMs < acceptableMs) return { kind: "future", untilMs: acceptableMs };
  return { kind: "passed", id, keyParent: parent, parent };
}

/** The keyParent, or why there is none: the key block that it names is missing, invalid, or no key block. */
function keyParentOf(view: HeaderView, header: Header): HeaderEntry | Orphan | Refusal {
  const entry = entryOrGap(view, blockIdFromHex(hexFromBytes(header.keyParent)));
  if ("missing" in entry || "code" in entry || entry.kind === "key") return entry;
  return refuseId(RefusalCode.badParent, { keyParent: entry.id });
}

/** A block by its id; an orphan's gap when it is unknown, a refusal when it was refused before. */
export function entryOrGap(
  view: Pick<HeaderView, "entry" | "invalidCode">,
  id: BlockId,
): HeaderEntry | Orphan | Refusal {
  const entry = view.entry(id);
  if (entry !== undefined) return entry;
  const code = view.invalidCode(id);
  if (code === undefined) return { kind: "orphan", missing: id };
  return refuseId(RefusalCode.invalidParent, { parent: id, parentCode: code });
}

/** A microblock in its round (HDR-2b, HDR-6b, TRK-2). Its id is remembered only where the round's tracker signed it. */
function judgeMicroblock(view: HeaderView, header: Header, id: BlockId, nowMs: number): Judgement {
  const keyParent = keyParentOf(view, header);
  if ("missing" in keyParent || "code" in keyParent) {
    return { verdict: keyParent, condemned: null };
  }
  const author = hexFromBytes(header.author);
  if (keyParent.author !== author) {
    const verdict = refuseId(RefusalCode.notTracker, { author, tracker: keyParent.author });
    return { verdict, condemned: null };
  }
  const verdict = judgeInRound(view, header, id, keyParent, nowMs);
  return { verdict, condemned: verdict.kind === "invalid" ? id : null };
}

function judgeInRound(
  view: HeaderView,
  header: Header,
  id: BlockId,
  keyParent: HeaderEntry,
  nowMs: number,
): Passed | Orphan | Future | Refusal {
  const { height, microIndex, timestampMs } = header;
  if (height !== keyParent.height) {
    return refuseId(RefusalCode.badHeight, { height, expected: keyParent.height });
  }
  // What HDR-6b gives for any line of microblocks: asked first, because an unknown parent is fetched.
  const leastMs = keyParent.timestampMs + (microIndex - 1) * MICRO_SPACING_MS;
  if (timestampMs < leastMs) {
    return refuseId(RefusalCode.timestampTooEarly, { timestampMs, earliestMs: leastMs });
  }
  const parent = entryOrGap(view, blockIdFromHex(hexFromBytes(header.parent)));
  if ("missing" in parent || "code" in parent) return parent;
  if (keyBlockOf(parent).id !== keyParent.id) {
    return refuseId(RefusalCode.badParent, { parent: parent.id });
  }
  if (microIndex !== parent.microIndex + 1) {
    return refuseId(RefusalCode.badMicroIndex, { microIndex, expected: parent.microIndex + 1 });
  }
  const earliestMs = earliestMicroTimestamp(parent);
  if (timestampMs < earliestMs) {
    return refuseId(RefusalCode.timestampTooEarly, { timestampMs, earliestMs });
  }
  const keyHeader = keyParent.header;
  if (keyHeader !== null && !equalBytes(header.historyRoot, keyHeader.historyRoot)) {
    return refuseId(RefusalCode.badHistoryRoot);
  }
  const acceptableMs = acceptableFrom(view.genesis.paceMs, timestampMs);
  if (nowMs < acceptableMs) return { kind: "future", untilMs: acceptableMs };
  return { kind: "passed", id, keyParent, parent };
}
