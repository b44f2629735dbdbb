/**
 * Every key block of a run in the order in which they were made, with what each pays and carries. It is
 * filled by asking the peer that made a block, so that it holds what real peers wrote.
 *
 * @module
 */
import { isBetterKeyBlock } from "../../chain/fork-choice.ts";
import { type Block, decodeBlock } from "../../kernel/block.ts";
import { type BlockId, blockIdFromHex } from "../../kernel/brand.ts";
import { bytesFromHex, hexFromBytes } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { blockIdOf } from "../../kernel/header.ts";
import { targetFromCompact, workOfTarget } from "../../kernel/target.ts";
import { txidOf } from "../../kernel/transaction.ts";
import { nextReferenceWork, rewardFor, splitPot } from "../../ledger/rewards.ts";
import { addTokens, noTokens, type TokenPair } from "../../ledger/state.ts";
import type { FabulaClient } from "../../peer/rpc/schema.ts";

/** A transaction in a block. */
export interface Carried {
  readonly txid: string;
  readonly nonce: number;
}

/** A key block. */
export interface FoundBlock {
  /** Its place in the order of finding, from 1; the genesis has 0. */
  readonly number: number;
  readonly id: BlockId;
  readonly parent: FoundBlock | null;
  readonly height: number;
  readonly work: bigint;
  readonly totalWork: bigint;
  /** Index of the agent that made it; −1 for the genesis. */
  readonly miner: number;
  /** Virtual time since the start. */
  readonly foundMs: number;
  /** As its header states it, in Unix time. */
  readonly timestampMs: number;
  /** What its author earned, and the author of the block below, in units (RWD-2). */
  readonly paid: { readonly author: TokenPair; readonly tracker: TokenPair };
  /** What it seals: the microblocks of the round that it ends, and its own body. */
  readonly carries: readonly Carried[];
  /** All that was emitted up to and with it, and the reference work after it (RWD-1b). */
  readonly emitted: TokenPair;
  readonly referenceWork: bigint;
  /** One byte for each peer: 1 once it has taken the block. */
  readonly taken: Uint8Array;
}

/** The key blocks of a run. */
export interface FoundBlocks {
  /** Reads the newest block from the peer that made it. */
  add(by: FabulaClient, made: NewBlock): Promise<FoundBlock>;
  /** What the running round has sealed on a peer's newest key block. */
  openRound(of: FabulaClient): Promise<readonly Carried[]>;
  find(id: string): FoundBlock | undefined;
  /** End of the best chain of all (FRK-1). */
  best(): FoundBlock;
  /** Blocks without the genesis. */
  count(): number;
  /** Heights at which there are two blocks or more. */
  forks(): number;
}

/** What is known of a block before its peer is asked. */
export interface NewBlock {
  readonly id: string;
  readonly height: number;
  readonly miner: number;
  readonly foundMs: number;
}

/** The genesis alone. */
export function createFoundBlocks(
  genesis: { readonly id: string; readonly initialTarget: number; readonly createdMs: number },
  peers: number,
): FoundBlocks {
  const root: FoundBlock = {
    number: 0,
    id: blockIdFromHex(genesis.id),
    parent: null,
    height: 0,
    work: 0n,
    totalWork: 0n,
    miner: -1,
    foundMs: 0,
    timestampMs: genesis.createdMs,
    paid: { author: noTokens, tracker: noTokens },
    carries: [],
    emitted: noTokens,
    referenceWork: workOfTarget(targetFromCompact(genesis.initialTarget)),
    taken: new Uint8Array(peers).fill(1),
  };
  const blocks = new Map<string, FoundBlock>([[root.id, root]]);
  const perHeight = new Map<number, number>();
  let best = root;
  let forks = 0;

  const roundAt = async (client: FabulaClient, height: number): Promise<readonly Block[]> => {
    if (height === 0) return [];
    const { blocks } = await client.request({ method: "get_round_blocks", params: { height } });
    return blocks.map((hex) => decodeBlock(bytesFromHex(hex)));
  };

  return {
    async add(by, { id, height, miner, foundMs }) {
      const [, ...sealed] = await roundAt(by, height - 1);
      const [block] = await roundAt(by, height);
      const parent = block && blocks.get(hexFromBytes(block.header.keyParent));
      if (block === undefined || parent === undefined || blockIdOf(block.header) !== id) {
        throw new CodedError("lab-block-lost", { block: id, height });
      }
      const { header } = block;
      const work = workOfTarget(targetFromCompact(header.target));
      const reward = rewardFor(parent.emitted, work, parent.referenceWork);
      const found: FoundBlock = {
        number: blocks.size,
        id: blockIdFromHex(id),
        parent,
        height,
        work,
        totalWork: parent.totalWork + work,
        miner,
        foundMs,
        timestampMs: header.timestampMs,
        paid: sharesOf(
          header.coinbase,
          reward,
          parent.miner >= 0 && block.body.equivocation === undefined,
        ),
        carries: [...sealed, block].flatMap(carriedBy),
        emitted: addTokens(parent.emitted, reward),
        referenceWork: nextReferenceWork(parent.referenceWork, work),
        taken: new Uint8Array(peers),
      };
      blocks.set(id, found);
      if (isBetterKeyBlock(found, best)) best = found;
      const siblings = (perHeight.get(height) ?? 0) + 1;
      perHeight.set(height, siblings);
      if (siblings === 2) forks++;
      return found;
    },
    async openRound(of) {
      const { height } = await of.request({ method: "get_tip" });
      const [, ...sealed] = await roundAt(of, height);
      return sealed.flatMap(carriedBy);
    },
    find: (id) => blocks.get(id),
    best: () => best,
    count: () => blocks.size - 1,
    forks: () => forks,
  };
}

/** Blocks from the first one after the genesis to `end`, oldest first. */
export function chainTo(end: FoundBlock): readonly FoundBlock[] {
  const chain: FoundBlock[] = [];
  for (let at = end; at.parent !== null; at = at.parent) chain.push(at);
  return chain.reverse();
}

/** How many blocks of the chain of `from` are not on that of `to`. */
export function blocksGivenUp(from: FoundBlock, to: FoundBlock): number {
  let [a, b]: [FoundBlock | null, FoundBlock | null] = [from, to];
  while (a !== null && b !== null && a !== b) {
    if (a.height >= b.height) a = a.parent;
    else b = b.parent;
  }
  return from.height - (a?.height ?? 0);
}

/** A block's coinbase is its emission and the pot; the old tracker has its share of the pot (RWD-2). */
function sharesOf(coinbase: TokenPair, reward: TokenPair, hasTracker: boolean): FoundBlock["paid"] {
  const tracker = {
    consumer: splitPot(coinbase.consumer - reward.consumer, hasTracker).tracker,
    industrial: splitPot(coinbase.industrial - reward.industrial, hasTracker).tracker,
  };
  return {
    tracker,
    author: {
      consumer: coinbase.consumer - tracker.consumer,
      industrial: coinbase.industrial - tracker.industrial,
    },
  };
}

function carriedBy({ body }: Block): readonly Carried[] {
  return body.transactions.map((transaction) => ({
    txid: hexFromBytes(txidOf(transaction)),
    nonce: Number(transaction.payload.nonce),
  }));
}
