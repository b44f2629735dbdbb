/**
 * Which microblocks are kept without a key block on them (TRK-2, NET-6). They cost their tracker nothing: two of
 * one place prove all that can be proved, and in a round that is over they move nobody. Whatever a key block
 * builds on is fetched with it, because that one cost work.
 *
 * @module
 */
import { type Block } from "../../kernel/block.ts";
import { blockIdFromHex } from "../../kernel/brand.ts";
import { hexFromBytes } from "../../kernel/bytes.ts";
import type { Header } from "../../kernel/header.ts";
import { blockIdOf } from "../../kernel/header.ts";
import { MAX_MICROBLOCKS_PER_PLACE } from "../limits.ts";
import type { StoryContext } from "./context.ts";

/** A place: the round, by its key block, and the micro index. */
export type Place = Pick<Header, "keyParent" | "microIndex">;

/** True for a place of the running round that has room for one more microblock. */
export function hasRoom({ chain }: Pick<StoryContext, "chain">, place: Place): boolean {
  const keyBlock = blockIdFromHex(hexFromBytes(place.keyParent));
  const there = chain.microblocksAtPlace(keyBlock, place.microIndex).length;
  return keyBlock === chain.tip().id && there < MAX_MICROBLOCKS_PER_PLACE;
}

/** The blocks of a line before the first microblock that is new and has no room. */
export function thatHaveRoom(
  context: Pick<StoryContext, "chain">,
  line: readonly Block[],
): readonly Block[] {
  const end = line.findIndex(({ header }) => !isKept(context, header));
  return end < 0 ? line : line.slice(0, end);
}

/** False for a microblock that is new and has no room. */
export function isKept(context: Pick<StoryContext, "chain">, header: Header): boolean {
  if (header.kind === "key" || hasRoom(context, header)) return true;
  return context.chain.entry(blockIdOf(header)) !== undefined;
}
