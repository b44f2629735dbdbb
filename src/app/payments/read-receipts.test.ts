import { expect, test } from "vitest";
import type { FabulaClient } from "../../peer/rpc/schema.ts";
import { readReceipts } from "./read-receipts.ts";

const ADDRESS = "ab".repeat(32);

/** A peer of `total` receipts that gives at most `page` at once. */
function peerOf(total: number, page: number): { client: FabulaClient; asked: unknown[] } {
  const asked: unknown[] = [];
  const client = {
    request: async ({ params }: { params: { before?: string; limit: number } }) => {
      asked.push(params);
      const from = Number(params.before ?? 0);
      const end = Math.min(total, from + Math.min(page, params.limit));
      const receipts = Array.from({ length: end - from }, (_, index) => ({ txid: from + index }));
      return { receipts, cursor: end < total ? String(end) : null };
    },
  } as unknown as FabulaClient;
  return { client, asked };
}

test("short pages are followed until there are enough", async () => {
  const { client, asked } = peerOf(9, 4);
  const { receipts, more } = await readReceipts(client, { address: ADDRESS }, 6);
  expect(receipts).toHaveLength(6);
  expect(more).toBe(true);
  expect(asked).toEqual([
    { address: ADDRESS, limit: 6 },
    { address: ADDRESS, limit: 2, before: "4" },
  ]);
});

test("everything is read to its end, in the peer's largest pages", async () => {
  const { client, asked } = peerOf(1_100, 500);
  const { receipts, more } = await readReceipts(client, { address: ADDRESS }, Infinity);
  expect(new Set(receipts.map((one) => one.txid)).size).toBe(1_100);
  expect(more).toBe(false);
  expect(asked).toHaveLength(3);
});
