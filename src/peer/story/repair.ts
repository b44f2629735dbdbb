/**
 * Fetches a damaged body again (STO-4).
 *
 * @module
 */
import { decodeBlock } from "../../kernel/block.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { blockIdOf } from "../../kernel/header.ts";
import { ask } from "./ask.ts";
import type { StoryContext } from "./context.ts";
import type { PeerBook } from "./peer-book.ts";

/** Asks connected peers in turn; the chain accepts a body only if it fits the header it has. */
export async function repairBody(
  context: StoryContext,
  book: PeerBook,
  id: BlockId,
): Promise<boolean> {
  for (const { peer } of book.byWork()) {
    const answer = await ask(context, peer, { TAG: "blocks", data: [bytesFromHex(id)] }, [
      "blocks",
    ]).catch(() => undefined);
    const bytes = answer?.data[0];
    if (bytes === undefined) continue;
    const block = decodeBlock(bytes);
    if (blockIdOf(block.header) !== id) continue;
    await context.chain.replaceBody(block);
    context.log.add("info", "body-repaired", id, peer);
    return true;
  }
  return false;
}
