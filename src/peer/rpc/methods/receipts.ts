/**
 * `get_receipts`: what an account did and got, what a block holds, what a paragraph was tipped with. Each
 * transaction stands there once: waiting, on the canon, or, when neither has it, in the block that lost
 * its place with it.
 *
 * @module
 */
import type { Chain } from "../../../chain/create-chain.ts";
import { accountPrefix, tipPrefix, transactionPrefix } from "../../../chain/index-rows.ts";
import type { PlacedTransaction } from "../../../chain/read-index.ts";
import { blockIdFromHex } from "../../../kernel/brand.ts";
import { hexFromBytes } from "../../../kernel/bytes.ts";
import { CodedError } from "../../../kernel/errors.ts";
import type { TransactionPayload } from "../../../kernel/transaction.ts";
import { txidOf } from "../../../kernel/transaction.ts";
import { noTokens } from "../../../ledger/state.ts";
import { tippedParagraph } from "../../../ledger/transactions/tip-memo.ts";
import type { MempoolEntry } from "../../../mempool/entry.ts";
import type { PeerCore } from "../../peer-core.ts";
import type { CheckedParams } from "../handlers.ts";
import type { ResultOf } from "../schema.ts";
import { keyBlockEntry } from "./known-blocks.ts";
import { placeOf, readPlaced } from "./placed-transactions.ts";
import { isTipFor, tipSum } from "./tip-sums.ts";
import { amountsView, placedView, waitingView } from "./transaction-view.ts";

type Receipts = ResultOf<"get_receipts">;
type Params = CheckedParams<"get_receipts">;
type Page = Pick<Receipts, "receipts" | "cursor">;

const DEFAULT_LIMIT = 100;
/** Reads of the index for one answer; a page may be short where many lines are of lost branches. */
const MAX_READS = 8;
const WAITING = "waiting/";

/** Which lines of the index are meant, and which of their transactions. */
interface Listing {
  readonly prefix: string;
  readonly wanted: (payload: TransactionPayload) => boolean;
}

/** Answers `get_receipts`; rejects with `bad-params` or `unknown-block`. */
export async function receiptsOf(core: PeerCore, params: Params): Promise<Receipts> {
  const { address, block, paragraph } = params;
  const { chain } = core.session().context;
  if ([address, block, paragraph].filter((one) => one !== undefined).length !== 1) {
    throw badParams("", "name an address, a block or a paragraph");
  }
  const noSum = amountsView(noTokens);
  if (block !== undefined) return { ...(await pageOfBlock(chain, block, params)), sum: noSum };
  if (paragraph !== undefined) {
    const entry = keyBlockEntry(chain, paragraph);
    const page = await pageOf(core, params, {
      prefix: tipPrefix(paragraph),
      wanted: (payload) => tippedParagraph(payload) === paragraph && isTipFor(entry, payload),
    });
    return { ...page, sum: amountsView(await tipSum(chain, entry)) };
  }
  const page = await pageOf(core, params, {
    prefix: accountPrefix(address ?? ""),
    wanted: ({ from_, to }) => from_ === address || to === address,
  });
  return { ...page, sum: noSum };
}

function badParams(path: string, problem: string): CodedError {
  return new CodedError("bad-params", { method: "get_receipts", path, problem });
}

/** Newest first: what waits, then the index downwards. The cursor says where the next page begins. */
async function pageOf(
  core: PeerCore,
  { before, limit = DEFAULT_LIMIT }: Params,
  listing: Listing,
): Promise<Page> {
  const { context, payments } = core.session();
  const { chain } = context;
  const receipts: Receipts["receipts"] = [];
  let after: string | undefined;
  if (before === undefined || before.startsWith(WAITING)) {
    const waiting = payments
      .pool()
      .entries()
      .filter(({ transaction }) => listing.wanted(transaction.payload))
      .map((entry) => ({ entry, key: WAITING + ageOf(entry) }))
      .filter(({ key }) => before === undefined || key < before)
      .toSorted((a, b) => (a.key < b.key ? 1 : -1))
      .slice(0, limit);
    receipts.push(...waiting.map(({ entry }) => waitingView(entry, payments.isQueued(entry.txid))));
    const last = waiting.at(-1);
    if (last !== undefined && receipts.length === limit) return { receipts, cursor: last.key };
  } else if (before.startsWith(listing.prefix)) {
    after = before;
  } else {
    throw badParams("before", "is no cursor of this list");
  }
  for (let reads = 0; reads < MAX_READS; reads++) {
    const page = await chain.indexed({
      prefix: listing.prefix,
      limit: limit - receipts.length,
      reverse: true,
      ...(after !== undefined && { after }),
    });
    const shown = await withoutRepeats(core, page.transactions);
    for (const { transaction, place } of await readPlaced(chain, shown)) {
      if (listing.wanted(transaction.payload)) receipts.push(placedView(chain, transaction, place));
    }
    if (page.next === null) return { receipts, cursor: null };
    after = page.next;
    if (receipts.length === limit) break;
  }
  return { receipts, cursor: after ?? null };
}

/** Sorts as text by the time of admission, then nonce. */
function ageOf({ admittedMs, nonce, txid }: MempoolEntry): string {
  return `${admittedMs.toString(16).padStart(14, "0")}/${nonce.toString(16).padStart(16, "0")}/${txid}`;
}

/** Leaves out places off the canon where the transaction waits again or stands elsewhere. */
async function withoutRepeats(
  core: PeerCore,
  places: readonly PlacedTransaction[],
): Promise<readonly PlacedTransaction[]> {
  const { context, payments } = core.session();
  const { chain } = context;
  const shown: PlacedTransaction[] = [];
  for (const place of places) {
    if (chain.isCanon(place.block)) shown.push(place);
    else if (payments.pool().entry(place.txid) === undefined) {
      const best = await placeOf(chain, place.txid);
      if (best?.block === place.block) shown.push(place);
    }
  }
  return shown;
}

/** The transactions of one block, in its order. */
async function pageOfBlock(
  chain: Chain,
  block: string,
  { before, limit = DEFAULT_LIMIT }: Params,
): Promise<Page> {
  const id = blockIdFromHex(block);
  const entry = chain.entry(id);
  const [read] = entry === undefined ? [] : await chain.readBlocks([id]);
  if (entry === undefined || read === undefined) throw new CodedError("unknown-block", { block });
  const from = before === undefined ? 0 : Number(before);
  if (!Number.isSafeInteger(from) || from < 0)
    throw badParams("before", "is no cursor of this list");
  const { transactions } = read.body;
  const end = from + limit;
  const receipts = await Promise.all(
    transactions.slice(from, end).map(async (transaction, at) => {
      const prefix = transactionPrefix(hexFromBytes(txidOf(transaction))) + id;
      const [line] = (await chain.indexed({ prefix, limit: 1 })).transactions;
      const { code = null, price = null } = line ?? {};
      return placedView(chain, transaction, { entry, index: from + at, code, price });
    }),
  );
  return { receipts, cursor: end < transactions.length ? String(end) : null };
}
