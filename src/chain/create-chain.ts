/**
 * A story's chain: which history wins, what it says, and the one door for new blocks. Pure but for the
 * store it is given; the local time comes in with each call.
 *
 * @module
 */

import type { Block } from "../kernel/block.ts";
import type { Address, BlockId, StoryId } from "../kernel/brand.ts";
import { CodedError } from "../kernel/errors.ts";
import type { Genesis } from "../kernel/genesis.ts";
import { checkGenesis, encodeGenesis, storyIdOf } from "../kernel/genesis.ts";
import type { Header } from "../kernel/header.ts";
import { targetFromCompact } from "../kernel/target.ts";
import { genesisState } from "../ledger/state.ts";
import type { StateMap } from "../ledger/state-map.ts";
import type { Candidate, CandidateInput } from "./candidate.ts";
import { buildCandidate, candidateTimestamp, sealCandidate } from "./candidate.ts";
import type { ChainParts, ConnectOptions } from "./connect.ts";
import { connectBatch } from "./connect.ts";
import { isBetter } from "./fork-choice.ts";
import type { HeaderBranch } from "./header-branch.ts";
import { createHeaderBranch } from "./header-branch.ts";
import type { HeaderEntry } from "./header-entry.ts";
import { genesisEntry, headerEntry } from "./header-entry.ts";
import { judgeHeader } from "./header-rules.ts";
import { createHeaderTree } from "./header-tree.ts";
import { createHistories } from "./histories.ts";
import { INVALID_IDS_ENTRIES } from "./limits.ts";
import { loadChain } from "./load-chain.ts";
import { createLru } from "./lru.ts";
import type { ChainFault, HeaderVerdict, Outcome } from "./outcome.ts";
import type { IndexQuery, Store } from "./ports/store.ts";
import type { CanonParagraph, OnFault } from "./read-blocks.ts";
import { readBlocks, readParagraphs, replaceBody } from "./read-blocks.ts";
import type { IndexPage } from "./read-index.ts";
import { readIndex } from "./read-index.ts";
import { STORY_RULES } from "./rules.ts";
import type { SealInput } from "./seal-microblock.ts";
import { sealableFrom, sealMicroblock } from "./seal-microblock.ts";
import { createStates } from "./states.ts";

/** A story's chain. Reading is synchronous where memory suffices; heights count key blocks, the genesis is 0. */
export interface Chain {
  readonly genesis: Genesis;
  readonly storyId: StoryId;
  /** Best key block (FRK-1); the genesis in a fresh story. Its author is the tracker of the running round. */
  tip(): HeaderEntry;
  /** Best block: the last microblock on the tip, or the tip itself. */
  head(): HeaderEntry;
  entry(id: BlockId): HeaderEntry | undefined;
  /** Key block of the canon at a height. */
  canonAt(height: number): HeaderEntry | undefined;
  /** Microblocks of the canon in the round of the key block at a height, oldest first. */
  microblocksAt(height: number): readonly HeaderEntry[];
  /** Known microblocks at one place of a key block's round, on any branch (TRK-2). */
  microblocksAtPlace(keyBlock: BlockId, microIndex: number): readonly HeaderEntry[];
  isCanon(id: BlockId): boolean;
  /** The one door (FRK-2): serialised, resolves after the durable commit; rejects with the store's code, having changed nothing. */
  connectBlock(block: Block, nowMs: number): Promise<Outcome>;
  /** The same door for a batch in one storage transaction; the outcomes end with the first orphan, future or invalid one. */
  connectBlocks(
    blocks: readonly Block[],
    nowMs: number,
    options?: ConnectOptions,
  ): Promise<readonly Outcome[]>;
  /** Everything a header alone can be judged by (NET-1); remembers nothing. */
  checkHeader(header: Header, nowMs: number): HeaderVerdict;
  /** A new, empty branch for headers-first sync (NET-4), of at most `maxHeaders` unsettled headers (NET-6). */
  headerBranch(maxHeaders?: number): HeaderBranch;
  /** Ids of the canon from the tip down, thinning out, for the other side to find the last common block. */
  locator(): BlockId[];
  /** Canon headers above the last common block, oldest first. */
  headersAfter(locator: readonly BlockId[], limit: number): Header[];
  /** Blocks checked against their headers; `undefined` for unknown ids and damaged bodies (reported by `onFault`). */
  readBlocks(ids: readonly BlockId[]): Promise<readonly (Block | undefined)[]>;
  /** Paragraphs of the canon from a height (at least 1) on, in order. */
  readParagraphs(fromHeight: number, limit: number): Promise<readonly CanonParagraph[]>;
  /** What `author` may mine now; throws `resting` {untilMs} (TRK-1) or the paragraph's code (PAR-1). */
  candidate(input: CandidateInput): Candidate;
  /** The block of a solved candidate, signed with the author's 32-byte seed. */
  sealCandidate(candidate: Candidate, nonce: bigint, seed: Uint8Array): Block;
  /** Valid blocks that are not on the canon, newest first (FRK-3). */
  apocrypha(): readonly HeaderEntry[];
  /** Work above ÷ the greatest work of one block in the last 144 (FRK-4); 0 off the canon. */
  confirmations(id: BlockId): number;
  /** State after a known block; rejects with `unknown-block` or `state-unavailable` {id, reason}. */
  stateAt(id: BlockId): Promise<StateMap>;
  /** State after the head. */
  headState(): StateMap;
  /** The tracker's next microblock (TRK-2), not connected; `null` when nothing can be sealed. Throws `not-tracker`, `too-soon` {untilMs}. */
  sealMicroblock(input: SealInput): Block | null;
  /** Local time from which the next microblock may be sealed (HDR-6b). */
  sealableFromMs(): number;
  /** Lines of the index about transactions whose block is known, in the order of their keys; `next` goes on after them. */
  indexed(query: IndexQuery): Promise<IndexPage>;
  /** Timestamp from which this author may follow the tip, or `null` if at once (TRK-1). */
  restUntilMs(author: Address): number | null;
  /** Target that a block mined now must meet (DIF-1, DIF-2). */
  requiredTargetAt(nowMs: number): bigint;
  /** Puts back a body that was fetched again; rejects with `unknown-block` or `bad-body-root`. */
  replaceBody(block: Block): Promise<void>;
}

/** What a chain is made of. */
export interface CreateChainInput {
  readonly genesis: Genesis;
  readonly store: Store;
  /** Hears of damage found while reading, after the start. */
  readonly onFault?: OnFault;
  /** Kept states (default: `STATE_CACHE_ENTRIES`). */
  readonly stateCacheEntries?: number;
}

/**
 * Opens a story's chain on its store, writing the genesis into a fresh one. Damage found on the way is
 * in `faults`; it was discarded and not believed. Rejects with the genesis' or the store's code
 * (`store-other-story` for a store of another story).
 */
export async function createChain(
  input: CreateChainInput,
): Promise<{ readonly chain: Chain; readonly faults: readonly ChainFault[] }> {
  const { genesis, store, onFault = () => {} } = input;
  checkGenesis(genesis);
  await store.putGenesis(encodeGenesis(genesis));
  const root = genesisEntry(genesis);
  const rootState = genesisState(genesis);
  const states = createStates({
    store,
    genesis: root,
    genesisState: rootState,
    ...(input.stateCacheEntries === undefined ? {} : { cacheEntries: input.stateCacheEntries }),
  });
  const loaded = await loadChain(store, root, rootState, (entry, state) =>
    states.keep(entry, state),
  );
  const tree = createHeaderTree(root);
  for (const entry of loaded.entries) tree.add(entry);
  tree.setHead(loaded.head);
  states.setHead(loaded.head, loaded.headState);
  const parts: ChainParts = {
    genesis,
    storyId: storyIdOf(genesis),
    rules: STORY_RULES,
    store,
    tree,
    states,
    histories: createHistories(),
    invalid: createLru<BlockId, string>(INVALID_IDS_ENTRIES),
  };
  return { chain: chainOf(parts, root, onFault), faults: loaded.faults };
}

function chainOf(parts: ChainParts, root: HeaderEntry, onFault: OnFault): Chain {
  const { genesis, storyId, rules, tree, states } = parts;
  const serialise = createQueue();
  const connectBlocks: Chain["connectBlocks"] = (blocks, nowMs, options) =>
    serialise(() => connectBatch(parts, blocks, nowMs, options));
  return {
    genesis,
    storyId,
    tip: () => tree.tip(),
    head: () => tree.head(),
    entry: (id) => tree.entry(id),
    canonAt: (height) => tree.canonAt(height),
    microblocksAt: (height) => tree.microblocksAt(height),
    microblocksAtPlace: (keyBlock, microIndex) => tree.microblocksAtPlace(keyBlock, microIndex),
    isCanon: (id) => tree.isCanon(id),
    connectBlocks,
    async connectBlock(block, nowMs) {
      const [outcome] = await connectBlocks([block], nowMs);
      if (outcome === undefined) throw new CodedError("no-outcome", {});
      return outcome;
    },
    checkHeader: (header, nowMs) => checkHeader(parts, header, nowMs),
    headerBranch: (maxHeaders) => createHeaderBranch(parts, root, maxHeaders),
    locator: () => tree.locator(),
    headersAfter: (locator, limit) =>
      tree.after(locator, limit).flatMap(({ header }) => (header === null ? [] : [header])),
    readBlocks: (ids) => readBlocks(parts, ids, onFault),
    readParagraphs: (fromHeight, limit) => readParagraphs(parts, fromHeight, limit, onFault),
    candidate: (input) => buildCandidate(parts, input),
    sealCandidate,
    apocrypha: () => tree.apocrypha(),
    confirmations: (id) => tree.confirmations(id),
    async stateAt(id) {
      const entry = tree.entry(id);
      if (entry === undefined) throw new CodedError("unknown-block", { id });
      return states.at(entry);
    },
    headState: () => states.head(),
    sealMicroblock: (input) => sealMicroblock(parts, input),
    sealableFromMs: () => sealableFrom(parts),
    indexed: (query) => readIndex(parts, query),
    restUntilMs: (author) => rules.restUntil(genesis.paceMs, tree.tip(), author),
    requiredTargetAt(nowMs) {
      const timestampMs = candidateTimestamp(parts, nowMs);
      return targetFromCompact(rules.requiredTarget(genesis, tree.tip(), timestampMs));
    },
    replaceBody: (block) => serialise(() => replaceBody(parts, block)),
  };
}

function checkHeader(parts: ChainParts, header: Header, nowMs: number): HeaderVerdict {
  const { genesis, storyId, rules, tree, histories, invalid } = parts;
  const view = {
    genesis,
    storyId,
    rules,
    entry: (id: BlockId) => tree.entry(id),
    invalidCode: (id: BlockId) => invalid.get(id),
    historyThrough: (entry: HeaderEntry) => histories.through(entry),
  };
  const { verdict } = judgeHeader(view, header, nowMs);
  if (verdict.kind !== "passed") return verdict;
  const { id, keyParent, parent } = verdict;
  const entry = headerEntry(header, id, { keyParent, parent, receivedMs: nowMs });
  return { kind: "new", id, entry, wins: isBetter(entry, tree.head()) };
}

/** Runs tasks one after the other: two blocks that arrive together must not both be judged on the old tip. */
function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(task: () => Promise<T>): Promise<T> => {
    const run = last.then(task);
    last = run.catch(() => undefined);
    return run;
  };
}
