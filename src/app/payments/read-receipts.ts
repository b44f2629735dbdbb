/**
 * Reads receipts page by page; a page of the peer may be short although there are more.
 *
 * @module
 */
import type { FabulaClient } from "../../peer/rpc/schema.ts";
import type { TransactionView } from "../../peer/rpc/shapes.ts";

/** Whose receipts. */
export type ReceiptsOf =
  | { readonly address: string }
  | { readonly block: string }
  | { readonly paragraph: string };

/** The newest of them, and whether there are older ones. */
export interface Receipts {
  readonly receipts: readonly TransactionView[];
  readonly more: boolean;
}

/** The peer's largest page. */
const PAGE = 500;

/** At most `most` receipts, newest first. Throws what the peer throws. */
export async function readReceipts(
  client: FabulaClient,
  of: ReceiptsOf,
  most: number,
): Promise<Receipts> {
  const receipts: TransactionView[] = [];
  let before: string | null = null;
  do {
    const limit = Math.min(PAGE, most - receipts.length);
    const params = { ...of, limit, ...(before === null ? {} : { before }) };
    const page: { receipts: TransactionView[]; cursor: string | null } = await client.request({
      method: "get_receipts",
      params,
    });
    receipts.push(...page.receipts);
    before = page.cursor;
  } while (before !== null && receipts.length < most);
  return { receipts, more: before !== null };
}
