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
import { equalBytes } from "../kernel/bytes.ts";
import type { Genesis } from "../kernel/genesis.ts";
import type { Execution } from "../ledger/apply-key-block.ts";
import { applyKeyBlock } from "../ledger/apply-key-block.ts";
import { RefusalCode } from "../ledger/codes.ts";
import type { StateMap } from "../ledger/state-map.ts";
import { branchChange, isBetter } from "./fork-choice.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { headerEntry } from "./header-entry.ts";
import type { Passed } from "./header-rules.ts";
import { judgeHeader } from "./header-rules.ts";
import type { HeaderTree } from "./header-tree.ts";
import type { Histories } from "./histories.ts";
import { WITHHOLD_DEPTH } from "./limits.ts";
import type { Lru } from "./lru.ts";
import type { Outcome, Refusal } from "./outcome.ts";
import { refusalOf, refuseCopy } from "./outcome.ts";
import type { Store, StoredBlock } from "./ports/store.ts";
import type { States } from "./states.ts";
import { storedBlock } from "./stored-record.ts";

/** What the door works on; shared by the parts of one chain. */
export interface ChainParts {
  readonly genesis: Genesis;
  readonly storyId: StoryId;
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
  tip: HeaderEntry;
  readonly entries: Map<BlockId, HeaderEntry>;
  readonly states: Map<BlockId, StateMap>;
  readonly stored: StoredBlock[];
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
    tip: parts.tree.tip(),
    entries: new Map(),
    states: new Map(),
    stored: [],
    invalid: new Map(),
  };
  const outcomes: Outcome[] = [];
  for (const block of blocks) {
    const outcome = await draftBlock(parts, draft, block, nowMs, options);
    outcomes.push(outcome);
    if (outcome.kind === "orphan" || outcome.kind === "future" || outcome.kind === "invalid") break;
  }
  if (draft.stored.length > 0) {
    await parts.store.commit({ blocks: draft.stored, tip: draft.tip.id });
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
  const state = draft.states.get(draft.tip.id);
  if (state !== undefined) {
    parts.tree.setTip(draft.tip);
    parts.states.setTip(draft.tip, state);
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
    entry: (id: BlockId) => draft.entries.get(id) ?? parts.tree.entry(id),
    invalidCode: (id: BlockId) => draft.invalid.get(id) ?? parts.invalid.get(id),
    historyThrough: (entry: HeaderEntry) => parts.histories.through(entry),
  };
  const { verdict, condemned } = judgeHeader(view, block.header, nowMs);
  if (verdict.kind !== "passed") return remember(draft, condemned, verdict);
  const { id, parent } = verdict;
  const parentState = draft.states.get(parent.id) ?? (await parts.states.at(parent));
  const judged = judgeBody(parts.genesis, parentState, verdict, block, options);
  if ("kind" in judged) return remember(draft, judged.blame === "id" ? id : null, judged);
  const entry = headerEntry(block.header, id, parent, nowMs);
  draft.entries.set(entry.id, entry);
  draft.states.set(entry.id, judged.state);
  draft.stored.push(storedBlock(entry.id, block, judged.delta, nowMs));
  return place(draft, entry);
}

/** Only ids that met their target are remembered, so that filling the memory costs work (SIG-2). */
function remember<T extends Outcome>(draft: Draft, condemned: BlockId | null, outcome: T): T {
  if (condemned !== null && outcome.kind === "invalid") draft.invalid.set(condemned, outcome.code);
  return outcome;
}

function place(draft: Draft, entry: HeaderEntry): Outcome {
  const before = draft.tip;
  if (!isBetter(entry, before)) return { kind: "side-branch", entry };
  draft.tip = entry;
  if (entry.parent?.id === before.id) return { kind: "extended", entry };
  const { lost, gained } = branchChange(before, entry);
  return { kind: "reorganised", entry, from: before.id, to: entry.id, lost, gained };
}

function judgeBody(
  genesis: Genesis,
  parentState: StateMap,
  { parent }: Passed,
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
    encodeBody(body);
    return applyKeyBlock({ genesis, state: parentState, parentAuthor: parent.author, block });
  } catch (error) {
    return refusalOf(error, "id");
  }
}
