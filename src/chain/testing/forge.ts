/**
 * Blocks that `candidate` would never make: a valid block with one thing changed, its proof of work and
 * signature made anew, as an attacker with hash power would. Test-only.
 *
 * @module
 */

import type { Block } from "../../kernel/block.ts";
import type { Body } from "../../kernel/body.ts";
import { bodyRootOf, feeChecksumOf, slotLeaf } from "../../kernel/body.ts";
import type { Header } from "../../kernel/header.ts";
import { targetFromCompact, workOfTarget } from "../../kernel/target.ts";
import { executeKeyBlock } from "../../ledger/apply-key-block.ts";
import { stateRoot } from "../../ledger/state-map.ts";
import type { Chain, CreateChainInput } from "../create-chain.ts";
import { createChain } from "../create-chain.ts";
import type { TestAuthor } from "./mine.ts";
import { mineBlock, reseal } from "./mine.ts";
import type { TestStore } from "./test-store.ts";
import { createTestStore } from "./test-store.ts";

/** A chain on its own test store. */
export interface TestChain {
  readonly chain: Chain;
  readonly store: TestStore;
}

/** Opens a chain on a test store (a new one unless given). */
export async function openTestChain(
  input: Omit<CreateChainInput, "store"> & { readonly store?: TestStore },
): Promise<TestChain> {
  const store = input.store ?? createTestStore();
  const { chain } = await createChain({ ...input, store });
  return { chain, store };
}

/** A chain of its own with the same contents: where another part of the network goes on. */
export async function forkOf({ chain, store }: TestChain): Promise<TestChain> {
  return openTestChain({ genesis: chain.genesis, store: store.snapshot() });
}

/** The block with some header fields changed, solved and signed anew. */
export function withHeader(block: Block, author: TestAuthor, change: Partial<Header>): Block {
  return { header: reseal({ ...block.header, ...change }, author), body: block.body };
}

/** A block on the chain's tip with any body, all of its header's commitments right. */
export function blockWithBody(chain: Chain, author: TestAuthor, nowMs: number, body: Body): Block {
  const { header } = mineBlock(chain, { author, text: "To be replaced.", nowMs });
  const { state, paid, coinbase } = executeKeyBlock(chain.headState(), {
    height: header.height,
    author: author.address,
    parentAuthor: chain.tip().author,
    work: workOfTarget(targetFromCompact(header.target)),
    paragraphLeaf: slotLeaf(body.paragraph),
    transactions: body.transactions,
    equivocated: body.equivocation !== undefined,
  });
  const roots = {
    bodyRoot: bodyRootOf(body),
    stateRoot: stateRoot(state),
    coinbase,
    feeChecksum: feeChecksumOf(paid.consumer, paid.industrial),
  };
  return { header: reseal({ ...header, ...roots }, author), body };
}

/** Mines and connects blocks on the tip, a pace apart, by authors in turn; returns them oldest first. */
export async function grow(
  { chain }: TestChain,
  count: number,
  authors: readonly TestAuthor[],
  text = "Line",
): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  for (let index = 0; index < count; index++) {
    const tip = chain.tip();
    const nowMs = tip.timestampMs + chain.genesis.paceMs;
    const free = authors.filter(({ address }) => address !== tip.author);
    const author = free[tip.height % free.length];
    if (author === undefined) break;
    const block = mineBlock(chain, { author, text: `${text} ${tip.height + 1}.`, nowMs });
    await chain.connectBlock(block, nowMs);
    blocks.push(block);
  }
  return blocks;
}
