/**
 * Blocks that a caller names, and what is said when there are none.
 *
 * @module
 */
import type { Chain } from "../../../chain/create-chain.ts";
import type { HeaderEntry } from "../../../chain/header-entry.ts";
import { blockIdFromHex } from "../../../kernel/brand.ts";
import { CodedError } from "../../../kernel/errors.ts";

/** The key block of an id, on the canon or off it; throws `unknown-block` {block}. */
export function keyBlockEntry(chain: Chain, block: string): HeaderEntry {
  const entry = chain.entry(blockIdFromHex(block));
  if (entry === undefined || entry.kind !== "key" || entry.author === null) {
    throw new CodedError("unknown-block", { block });
  }
  return entry;
}

/** The canon's key block at a height from 1 on; throws `unknown-block` {height}. */
export function canonEntry(chain: Chain, height: number): HeaderEntry {
  const entry = chain.canonAt(height);
  if (entry === undefined || entry.author === null)
    throw new CodedError("unknown-block", { height });
  return entry;
}
