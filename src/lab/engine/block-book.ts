/**
 * Every block of a run, judged once. What depends on a block alone (its commitments, the header's rules
 * on its parent, its effects on the state) is the same for every peer and is computed once for each id;
 * what depends on who looks (what it knows, its clock, its fork choice) is in `lab-peer.ts`.
 *
 * Against `connectBlock` (FRK-2), which a peer of a story asks, this is left out or done elsewhere:
 * - work and signatures (HDR-1, SIG-1): `provesWork` and `verifySignature` of the run's rules say yes to all;
 * - "from the future" (HDR-6): depends on who looks, so a peer waits for `acceptableMs` before it takes a block in;
 * - orphans: `gossip.ts` fetches what is missing before a peer takes a block in, and the parent is always in the book;
 * - a parent that is a microblock, and the size of a round (BODY-1b): there are none, a key block stands on a key block;
 * - the execution is the candidate's own, not made again; what the header commits to is compared with it;
 * - the size of a body without transactions, whose one paragraph fits; withheld paragraphs, of which there are none;
 * - the store, its index and the memory of invalid ids: a block is judged once and its refusal kept with it.
 *
 * @module
 */
import type { Candidate } from "../../chain/candidate.ts";
import type { HeaderEntry } from "../../chain/header-entry.ts";
import { genesisEntry, headerEntry } from "../../chain/header-entry.ts";
import { judgeHeader } from "../../chain/header-rules.ts";
import { createHistories, type Histories } from "../../chain/histories.ts";
import { bodyRootOf, encodeBody, slotLeaf } from "../../kernel/body.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { equalBytes } from "../../kernel/bytes.ts";
import { CodedError, isCoded } from "../../kernel/errors.ts";
import { blockIdOf, type Header } from "../../kernel/header.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { checkCommitments, checkKeyBody, executeKeyBlock } from "../../ledger/apply-key-block.ts";
import { RefusalCode } from "../../ledger/codes.ts";
import { splitPot } from "../../ledger/rewards.ts";
import { genesisState, supplyOf } from "../../ledger/state.ts";
import type { StateMap } from "../../ledger/state-map.ts";
import { acceptableFrom } from "../../ledger/times.ts";
import type { BlockNumber } from "./block-number.ts";
import { createKeptStates } from "./kept-states.ts";
import type { LabStory } from "./lab-story.ts";

/** A block and what was found out about it. */
export interface BlockFacts {
  readonly number: BlockNumber;
  readonly entry: HeaderEntry;
  readonly parent: BlockNumber;
  /** Index of the agent that found it; −1 for the genesis. */
  readonly miner: number;
  /** Virtual time at which it was found. */
  readonly foundMs: number;
  /** Code under which everybody refuses it; `null` for a valid one. */
  readonly refusal: string | null;
  /** Virtual time from which nobody takes it to be from the future (HDR-6). */
  readonly acceptableMs: number;
  readonly transactions: readonly SignedTransaction[];
  /** Paid to its author and to the author of the block below, in micro-units (RWD-2). */
  readonly reward: {
    readonly consumer: number;
    readonly industrial: number;
    readonly trackerConsumer: number;
    readonly trackerIndustrial: number;
  };
}

/** The blocks of a run. */
export interface BlockBook {
  readonly histories: Histories;
  block(number: BlockNumber): BlockFacts;
  count(): number;
  /** Judges a candidate that was found; `alter` changes the header first, for blocks that lie. */
  add(input: {
    readonly candidate: Candidate;
    readonly parent: BlockNumber;
    readonly miner: number;
    readonly foundMs: number;
    readonly alter?: (header: Header) => Header;
  }): BlockFacts;
  /** State after a valid block; blocks whose state was dropped are executed again. */
  stateAfter(number: BlockNumber): StateMap;
}

const NO_REWARD = { consumer: 0, industrial: 0, trackerConsumer: 0, trackerIndustrial: 0 };
/** Judged by the run's clock elsewhere: here every timestamp is of the past. */
const END_OF_TIME_MS = Number.MAX_SAFE_INTEGER;

/** A book with the genesis only; `builtOn` says on which blocks somebody mines. */
export function createBlockBook(
  story: LabStory,
  builtOn: () => ReadonlySet<BlockNumber>,
): BlockBook {
  const { genesis, storyId, rules } = story;
  const histories = createHistories();
  const root = genesisEntry(genesis);
  const rootState = genesisState(genesis);
  const blocks: BlockFacts[] = [
    {
      number: 0,
      entry: root,
      parent: 0,
      miner: -1,
      foundMs: 0,
      refusal: null,
      acceptableMs: 0,
      transactions: [],
      reward: NO_REWARD,
    },
  ];
  const numbers = new Map<BlockId, BlockNumber>([[root.id, 0]]);
  const states = createKeptStates(rootState, builtOn);
  const leaf = slotLeaf({ kind: "text", paragraph: story.paragraph });
  let counter = 0n;

  const block = (number: BlockNumber): BlockFacts => {
    const facts = blocks[number];
    if (facts === undefined) throw new CodedError("unknown-block", { number });
    return facts;
  };
  const view = {
    genesis,
    storyId,
    rules,
    entry: (id: BlockId) => {
      const number = numbers.get(id);
      return number === undefined ? undefined : blocks[number]?.entry;
    },
    invalidCode: () => undefined,
    historyThrough: (entry: HeaderEntry) => histories.through(entry),
  };

  /** The checks of `connectBlock` after the header's, in its order; the execution is the candidate's own, of the same code. */
  const judgeBody = (header: Header, { body, execution }: Candidate, parent: BlockFacts): void => {
    if (!equalBytes(bodyRootOf(body), header.bodyRoot)) {
      throw new CodedError(RefusalCode.badBodyRoot, {});
    }
    // Without transactions a body is the one paragraph of the story, which fits.
    if (body.transactions.length > 0) encodeBody(body, "key");
    checkKeyBody(body, {
      maxWords: genesis.maxWords,
      storyId: header.storyId,
      keyParent: header.keyParent,
      tracker: parent.entry.author,
      verifySignature: rules.verifySignature,
    });
    checkCommitments(header, execution);
  };

  const judge = (
    header: Header,
    candidate: Candidate,
    parent: BlockFacts,
  ): { readonly id: BlockId; readonly refusal: string | null } => {
    const { verdict } = judgeHeader(view, header, END_OF_TIME_MS);
    if (verdict.kind !== "passed") {
      const refusal = verdict.kind === "invalid" ? verdict.code : verdict.kind;
      return { id: blockIdOf(header), refusal };
    }
    try {
      judgeBody(header, candidate, parent);
      return { id: verdict.id, refusal: null };
    } catch (error) {
      if (isCoded(error)) return { id: verdict.id, refusal: error.code };
      throw error;
    }
  };

  const stateAfter = (number: BlockNumber): StateMap => {
    const again: BlockFacts[] = [];
    let at = block(number);
    let state = states.get(at.number);
    while (state === undefined) {
      again.push(at);
      at = block(at.parent);
      state = states.get(at.number);
    }
    for (const facts of again.reverse()) {
      const { entry, transactions } = facts;
      if (entry.author === null) throw new CodedError("unknown-block", { number });
      state = executeKeyBlock(state, {
        height: entry.height,
        author: entry.author,
        parentAuthor: block(facts.parent).entry.author,
        work: entry.work,
        paragraphLeaf: leaf,
        transactions,
        equivocated: false,
      }).state;
    }
    if (again.length > 0) states.add(number, block(number).entry.height, state);
    return state;
  };

  return {
    histories,
    block,
    count: () => blocks.length,
    stateAfter,
    add({ candidate, parent, miner, foundMs, alter }) {
      const below = block(parent);
      const number = blocks.length;
      // Every block costs a nonce; without work to prove, a counter keeps two of one author apart.
      const found = { ...candidate.header, nonce: counter++ };
      const header = alter === undefined ? found : alter(found);
      const { id, refusal } = judge(header, candidate, below);
      const entry = headerEntry(header, id, {
        keyParent: below.entry,
        receivedMs: foundMs,
        keepsHeader: false,
      });
      const facts: BlockFacts = {
        number,
        entry,
        parent,
        miner,
        foundMs,
        refusal,
        acceptableMs: acceptableFrom(genesis.paceMs, header.timestampMs) - genesis.createdMs,
        transactions: candidate.body.transactions,
        reward: refusal === null ? rewardOf(candidate, stateAfter(parent), below) : NO_REWARD,
      };
      blocks.push(facts);
      numbers.set(id, number);
      if (refusal === null) states.add(number, entry.height, candidate.execution.state);
      return facts;
    },
  };
}

/** What the block pays beside its transactions: new units and the pot, shared with the old tracker (RWD-2). */
function rewardOf(
  { execution }: Candidate,
  before: StateMap,
  below: BlockFacts,
): BlockFacts["reward"] {
  const { pot } = supplyOf(before);
  const hasTracker = below.entry.author !== null;
  const consumer = splitPot(pot.consumer, hasTracker);
  const industrial = splitPot(pot.industrial, hasTracker);
  const { coinbase } = execution;
  return {
    consumer: Number(coinbase.consumer - consumer.tracker),
    industrial: Number(coinbase.industrial - industrial.tracker),
    trackerConsumer: Number(consumer.tracker),
    trackerIndustrial: Number(industrial.tracker),
  };
}
