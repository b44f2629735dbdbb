/**
 * What an operation cost beside its fee, or will cost.
 *
 * @module
 */
import type { TransactionView } from "../../peer/rpc/shapes.ts";
import { NOTHING, type Pair, pairOf } from "../format/amounts.ts";
import { HANDLE_PRICE } from "./operations.ts";

/**
 * What the receipt says was paid; before there is one, what is due if it succeeds. Null while that follows from
 * the state in which it will be sealed (CDX-1).
 */
export function priceOf(view: Pick<TransactionView, "operation" | "code" | "price">): Pair | null {
  if (view.price !== null) return pairOf(view.price);
  if (view.operation === null || (view.code !== null && view.code !== 0)) return NOTHING;
  const { module, fields } = view.operation;
  if (module === "handles" && fields["action"] === "register") return HANDLE_PRICE;
  return module === "codex" && fields["action"] === "add" ? null : NOTHING;
}
