/**
 * What a paragraph was tipped with. A tip counts when it reached the paragraph's author and came from
 * somebody else: whoever pays himself in a paragraph's name has tipped nobody.
 *
 * @module
 */
import type { Chain } from "../../../chain/create-chain.ts";
import type { HeaderEntry } from "../../../chain/header-entry.ts";
import { tipPrefix } from "../../../chain/index-rows.ts";
import type { BlockId } from "../../../kernel/brand.ts";
import type { TransactionPayload } from "../../../kernel/transaction.ts";
import { addTokens, noTokens, type TokenPair } from "../../../ledger/state.ts";
import { readPlaced } from "./placed-transactions.ts";

/** Lines of the index that are summed in one go, and at most so many are read again each time. */
const LINES_AT_ONCE = 64;
/** Paragraphs whose sum is remembered; a page of the story shows about as many. */
const MAX_REMEMBERED = 256;

/** The sum up to a line of the index; good while `anchor`, which stands on all its blocks, is canon. */
interface Checkpoint {
  readonly after: string;
  readonly anchor: BlockId;
  readonly sum: TokenPair;
}

const remembered = new WeakMap<Chain, Map<BlockId, Checkpoint>>();

/** True when a transfer in the paragraph's name paid its author, and another one than its author paid. */
export function isTipFor(paragraph: HeaderEntry, { from_, to }: TransactionPayload): boolean {
  return to === paragraph.author && from_ !== paragraph.author;
}

/** All tips of a paragraph on the canon together, in units. */
export async function tipSum(chain: Chain, paragraph: HeaderEntry): Promise<TokenPair> {
  const checkpoints = remembered.get(chain) ?? new Map<BlockId, Checkpoint>();
  remembered.set(chain, checkpoints);
  const known = checkpoints.get(paragraph.id);
  const start = known !== undefined && chain.isCanon(known.anchor) ? known : undefined;
  let sum = start?.sum ?? noTokens;
  let after = start?.after;
  for (;;) {
    const page = await chain.indexed({
      prefix: tipPrefix(paragraph.id),
      limit: LINES_AT_ONCE,
      ...(after !== undefined && { after }),
    });
    const canon = page.transactions.filter(({ entry }) => chain.isCanon(entry.id));
    for (const { transaction } of await readPlaced(chain, canon)) {
      const { payload } = transaction;
      if (!isTipFor(paragraph, payload)) continue;
      sum = addTokens(sum, {
        consumer: payload.amountConsumer,
        industrial: payload.amountIndustrial,
      });
    }
    if (page.next === null) return sum;
    after = page.next;
    // The key block above a round decides which of the round's blocks are canon.
    const last = page.transactions.at(-1)?.entry.height;
    const anchor = last === undefined ? undefined : chain.canonAt(last + 1)?.id;
    if (anchor !== undefined) remember(checkpoints, paragraph.id, { after, anchor, sum });
  }
}

function remember(checkpoints: Map<BlockId, Checkpoint>, id: BlockId, point: Checkpoint): void {
  checkpoints.delete(id);
  checkpoints.set(id, point);
  const [oldest] = checkpoints.keys();
  if (oldest !== undefined && checkpoints.size > MAX_REMEMBERED) checkpoints.delete(oldest);
}
