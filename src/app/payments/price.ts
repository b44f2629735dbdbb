/**
 * What an operation cost beside its fee, as far as its receipt tells.
 *
 * @module
 */
import type { TransactionView } from "../../peer/rpc/shapes.ts";
import { NOTHING, type Pair } from "../format/amounts.ts";
import { HANDLE_PRICE } from "./operations.ts";

/**
 * Due if it succeeds, paid once it did; nothing for a transfer and for what lost. Null where the price followed
 * from the state of that moment, which the receipt does not keep (CDX-1).
 */
export function priceOf(view: Pick<TransactionView, "operation" | "code">): Pair | null {
  if (view.operation === null || (view.code !== null && view.code !== 0)) return NOTHING;
  const { module, fields } = view.operation;
  if (module === "handles" && fields["action"] === "register") return HANDLE_PRICE;
  return module === "codex" && fields["action"] === "add" ? null : NOTHING;
}
