/**
 * The one door (FRK-2): blocks mined here and blocks from strangers, one by one or by the hundred, pass
 * the same checks and end in the same commit. Nothing in memory changes before the store has written,
 * so a crash or a full disk at any point leaves the last committed history, never a mixture.
 *
 * A batch is drafted on top of the tree (its blocks see each other as parents), written in one storage
 * transaction, and only then taken into the tree.
 *
 * @module
 */

import type { Block } from "../kernel/block.ts";
import { bodyRootOf, encodeBody } from "../kernel/body.ts";
import type { BlockId, StoryId } from "../kernel/brand.ts";
import { blockIdFromHex } from "../kernel/brand.ts";
import { equalBytes, hexFromBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import type { Genesis } from "../kernel/genesis.ts";
import type { Header } from "../kernel/header.ts";
import { ROUND_BODIES_MAX_BYTES } from "../kernel/limits.ts";
import { applyKeyBlock } from "../ledger/apply-key-block.ts";
import { applyMicroblock } from "../ledger/apply-microblock.ts";
import { RefusalCode } from "../ledger/codes.ts";
import type { Execution } from "../ledger/execution.ts";
import type { StateMap } from "../ledger/state-map.ts";
import { branchChange, isBetter } from "./fork-choice.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { headerEntry } from "./header-entry.ts";
import type { HeaderView, Passed } from "./header-rules.ts";
import { entryOrGap, judgeHeader } from "./header-rules.ts";
import type { HeaderTree } from "./header-tree.ts";
import type { Histories } from "./histories.ts";
import { indexRowsOf } from "./index-rows.ts";
import { WITHHOLD_DEPTH } from "./limits.ts";
import type { Lru } from "./lru.ts";
import type { Orphan, Outcome, Refusal } from "./outcome.ts";
import { refusalOf, refuseCopy, refuseId } from "./outcome.ts";
import type { IndexRow, Store, StoredBlock } from "./ports/store.ts";
import type { ConsensusRules } from "./rules.ts";
import type { States } from "./states.ts";
import { storedBlock } from "./stored-record.ts";

/** What the door works on; shared by the parts of one chain. */
export interface ChainParts {
  readonly genesis: Genesis;
  readonly storyId: StoryId;
  readonly rules: ConsensusRules;
  readonly store: Store;
  readonly tree: HeaderTree;
  readonly states: States;
  readonly histories: Histories;
  /** Codes of ids that are invalid in every copy (SIG-2). */
  readonly invalid: Lru<BlockId, string>;
}

/** Facts that the caller of a batch has verified. */
export interface ConnectOptions {
  /**
   * Height of a header branch that was verified and contains the blocks: a paragraph may be withheld
   * only when at least 100 key blocks of it stand above (HDR-3). Without it none may.
   */
  readonly provenHeight?: number;
}

/** A batch that was checked but not yet written. */
interface Draft {
  head: HeaderEntry;
  readonly entries: Map<BlockId, HeaderEntry>;
  readonly states: Map<BlockId, StateMap>;
  readonly stored: StoredBlock[];
  readonly index: IndexRow[];
  readonly invalid: Map<BlockId, string>;
}

/**
 * Connects blocks in order, stopping after the first that is orphan, future or invalid; the outcomes end
 * with that one. Rejects with the store's `CodedError`, having changed nothing. Calls must not overlap.
 */
export async function connectBatch(
  parts: ChainParts,
  blocks: readonly Block[],
  nowMs: number,
  options: ConnectOptions = {},
): Promise<readonly Outcome[]> {
  const draft: Draft = {
    head: parts.tree.head(),
    entries: new Map(),
    states: new Map(),
    stored: [],
    index: [],
    invalid: new Map(),
  };
  const outcomes: Outcome[] = [];
  for (const block of blocks) {
    const outcome = await draftBlock(parts, draft, block, nowMs, options);
    outcomes.push(outcome);
    if (outcome.kind === "orphan" || outcome.kind === "future" || outcome.kind === "invalid") break;
  }
  if (draft.stored.length > 0) {
    const { stored: blocks, index, head } = draft;
    await parts.store.commit({ blocks, index, tip: head.id });
  }
  adopt(parts, draft);
  return outcomes;
}

function adopt(parts: ChainParts, draft: Draft): void {
  for (const entry of draft.entries.values()) {
    parts.tree.add(entry);
    const state = draft.states.get(entry.id);
    if (state !== undefined) parts.states.keep(entry, state);
  }
  const state = draft.states.get(draft.head.id);
  if (state !== undefined) {
    parts.tree.setHead(draft.head);
    parts.states.setHead(draft.head, state);
  }
  for (const [id, code] of draft.invalid) parts.invalid.set(id, code);
}

async function draftBlock(
  parts: ChainParts,
  draft: Draft,
  block: Block,
  nowMs: number,
  options: ConnectOptions,
): Promise<Outcome> {
  const view = {
    genesis: parts.genesis,
    storyId: parts.storyId,
    rules: parts.rules,
    entry: (id: BlockId) => draft.entries.get(id) ?? parts.tree.entry(id),
    invalidCode: (id: BlockId) => draft.invalid.get(id) ?? parts.invalid.get(id),
    historyThrough: (entry: HeaderEntry) => parts.histories.through(entry),
  };
  const { verdict, condemned } = judgeHeader(view, block.header, nowMs);
  if (verdict.kind !== "passed") return remember(draft, condemned, verdict);
  const { id, keyParent } = verdict;
  const parent = parentOf(view, verdict, block.header);
  if ("missing" in parent) return parent;
  if ("code" in parent) return remember(draft, id, parent);
  const parentState = draft.states.get(parent.id) ?? (await parts.states.at(parent));
  const judged = judgeBody(parts, parentState, { keyParent, parent }, block, options);
  if ("kind" in judged) return remember(draft, judged.blame === "id" ? id : null, judged);
  const record = storedBlock(id, block, judged.delta(), nowMs);
  const bodyBytes = record.body.length;
  const entry = headerEntry(block.header, id, { keyParent, parent, bodyBytes, receivedMs: nowMs });
  draft.entries.set(entry.id, entry);
  draft.states.set(entry.id, judged.state);
  draft.stored.push(record);
  draft.index.push(...indexRowsOf(id, block, judged.receipts));
  return place(draft, entry);
}

/** The block directly below: of a key block it is looked for here, because its header is judged without (NET-4). */
function parentOf(
  view: Pick<HeaderView, "entry" | "invalidCode">,
  { keyParent, parent }: Passed,
  header: Header,
): HeaderEntry | Orphan | Refusal {
  if (header.kind === "micro" || equalBytes(header.parent, header.keyParent)) return parent;
  const below = entryOrGap(view, blockIdFromHex(hexFromBytes(header.parent)));
  if ("missing" in below || "code" in below) return below;
  if (below.kind !== "micro" || below.keyParent?.id !== keyParent.id) {
    return refuseId(RefusalCode.badParent, { parent: below.id });
  }
  const { timestampMs } = header;
  const earliestMs = below.timestampMs;
  return timestampMs < earliestMs
    ? refuseId(RefusalCode.timestampTooEarly, { timestampMs, earliestMs })
    : below;
}

/** Only ids that cost their maker something are remembered, so that filling the memory does too (SIG-2). */
function remember<T extends Outcome>(draft: Draft, condemned: BlockId | null, outcome: T): T {
  if (condemned !== null && outcome.kind === "invalid") draft.invalid.set(condemned, outcome.code);
  return outcome;
}

function place(draft: Draft, entry: HeaderEntry): Outcome {
  const before = draft.head;
  if (!isBetter(entry, before)) return { kind: "side-branch", entry };
  draft.head = entry;
  if (entry.parent?.id === before.id) return { kind: "extended", entry };
  const { lost, gained } = branchChange(before, entry);
  return { kind: "reorganised", entry, from: before.id, to: entry.id, lost, gained };
}

function judgeBody(
  { genesis, rules }: Pick<ChainParts, "genesis" | "rules">,
  state: StateMap,
  place: { readonly keyParent: HeaderEntry; readonly parent: HeaderEntry },
  block: Block,
  { provenHeight = 0 }: ConnectOptions,
): Execution | Refusal {
  const { header, body } = block;
  const withheld = body.paragraph.kind === "withheld";
  try {
    if (!equalBytes(bodyRootOf(body), header.bodyRoot)) return refuseCopy(RefusalCode.badBodyRoot);
    if (withheld && provenHeight - header.height < WITHHOLD_DEPTH) {
      return refuseCopy(RefusalCode.paragraphWithheld, { height: header.height });
    }
  } catch (error) {
    return refusalOf(error, "copy");
  }
  try {
    const sizeBytes = encodeBody(body, header.kind).length;
    if (header.kind === "micro") {
      checkRoundSize(place.parent, sizeBytes);
      return applyMicroblock({ state, block, verifySignature: rules.verifySignature });
    }
    return applyKeyBlock({
      genesis,
      state,
      parentAuthor: place.keyParent.author,
      block,
      verifySignature: rules.verifySignature,
    });
  } catch (error) {
    return refusalOf(error, "id");
  }
}

/** BODY-1b: what a round's microblocks have together is what a tab keeps ready to serve. */
function checkRoundSize(parent: HeaderEntry, sizeBytes: number): void {
  const roundBytes = parent.roundBytes + sizeBytes;
  if (roundBytes > ROUND_BODIES_MAX_BYTES) {
    throw new CodedError(RefusalCode.roundTooLarge, { roundBytes, max: ROUND_BODIES_MAX_BYTES });
  }
}
