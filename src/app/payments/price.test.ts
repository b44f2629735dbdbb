import { expect, test } from "vitest";
import type { TransactionView } from "../../peer/rpc/shapes.ts";
import { NOTHING, pairIn } from "../format/amounts.ts";
import { priceOf } from "./price.ts";

const view = (
  module: string | null,
  action: string,
  code: number | null,
  price: TransactionView["price"] = null,
): Pick<TransactionView, "operation" | "code" | "price"> => ({
  operation: module === null ? null : { module, fields: { action } },
  code,
  price,
});

test.each([
  [view("handles", "register", 0), pairIn("consumer", 10_000_000n)],
  [view("handles", "register", null), pairIn("consumer", 10_000_000n)],
  [view("handles", "register", 64), NOTHING],
  [view("handles", "move", 0), NOTHING],
  [view("profile", "set", 0), NOTHING],
  [view("codex", "amend", 0), NOTHING],
  [view("codex", "add", 0), null],
  [view("codex", "add", 66), NOTHING],
  [view(null, "", 0), NOTHING],
  [
    view("codex", "add", 0, { consumer: "2000000", industrial: "0" }),
    pairIn("consumer", 2_000_000n),
  ],
])("the price of %o", (one, price) => {
  expect(priceOf(one)).toEqual(price);
});
