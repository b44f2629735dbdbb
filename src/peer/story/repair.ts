/**
 * Fetches a damaged body again (STO-4).
 *
 * @module
 */
import { decodeBlock } from "../../kernel/block.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import { blockIdOf } from "../../kernel/header.ts";
import { describeFault } from "../log.ts";
import { ask, blame } from "./ask.ts";
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
    try {
      const block = decodeBlock(bytes);
      if (blockIdOf(block.header) !== id) throw new CodedError("wrong-block", { id });
      await context.chain.replaceBody(block);
      context.log.add("info", "body-repaired", id, peer);
      return true;
    } catch (reason) {
      // One peer's damaged copy must not end the search; the next may have a good one.
      const { code, detail } = describeFault(reason);
      blame(context, peer, code, detail);
    }
  }
  return false;
}
