/**
 * `sys/handles` (HND-1): names for addresses. The first valid registration wins, the owner may move the
 * handle to another address, and who had it since when stays in the state. A tracker that reads a waiting
 * registration can be faster with its own: there is no commitment ahead of the name.
 *
 * @module
 */
import * as P from "micro-packed";
import type { Address } from "../../kernel/brand.ts";
import { constantByte, optional, prefixedText } from "../../kernel/codec.ts";
import { noTokens } from "../state.ts";
import type { StateMap } from "../state-map.ts";
import { TransactionCode, TransactionRefused } from "../transactions/transaction-code.ts";
import { giveHandle, HANDLE_MAX_BYTES, moveHandle, ownedHandle } from "./handle-state.ts";
import type { LedgerModule, OperationContext, OperationResult } from "./module.ts";
import { addressField, badField, namedField, onlyFields, textField } from "./operation-fields.ts";
import { addressCoder, decodeMemo, encodeMemo } from "./operation-memo.ts";
import { isReservedHandle } from "./reserved-handles.ts";

/** What can be done with a handle; names are without `@`. */
export type HandleOperation =
  /** `owner` null: the sender. */
  | { readonly action: "register"; readonly handle: string; readonly owner: Address | null }
  | { readonly action: "move"; readonly handle: string; readonly to: Address };

/** Price of a registration in consumer units: 10 tokens (HND-1). */
export const HANDLE_PRICE = 10_000_000n;

const NAME = "handles";
const HANDLE = /^[a-z0-9_]{3,24}$/;

const handleText = prefixedText("u8", HANDLE_MAX_BYTES);
const memoCoder = P.struct({
  version: constantByte(1, "operation version"),
  operation: P.mappedTag(P.U8, {
    register: [0, P.struct({ handle: handleText, owner: optional(addressCoder) })],
    move: [1, P.struct({ handle: handleText, to: addressCoder })],
  }),
});

/** Throws badOperation or handleReserved unless the name may be somebody's. */
function checkHandle(handle: string): void {
  if (!HANDLE.test(handle)) {
    throw new TransactionRefused(TransactionCode.badOperation, { module: NAME, reason: "handle" });
  }
  if (isReservedHandle(handle)) {
    throw new TransactionRefused(TransactionCode.handleReserved, { handle });
  }
}

function encode(op: HandleOperation): Uint8Array {
  checkHandle(op.handle);
  const { handle } = op;
  const operation =
    op.action === "register"
      ? ({ TAG: "register", data: { handle, owner: { value: op.owner } } } as const)
      : ({ TAG: "move", data: { handle, to: op.to } } as const);
  return encodeMemo(NAME, memoCoder, { version: 1, operation });
}

function decode(memo: Uint8Array): HandleOperation {
  const { operation } = decodeMemo(NAME, memoCoder, memo);
  checkHandle(operation.data.handle);
  const { handle } = operation.data;
  return operation.TAG === "register"
    ? { action: "register", handle, owner: operation.data.owner.value }
    : { action: "move", handle, to: operation.data.to };
}

function execute(state: StateMap, op: HandleOperation, context: OperationContext): OperationResult {
  const { sender, height } = context;
  const current = ownedHandle(state, op.handle);
  const lost = (code: TransactionCode): OperationResult => ({ state, touched: [], code });
  if (op.action === "register") {
    if (current !== undefined) return lost(TransactionCode.handleTaken);
    const owner = op.owner ?? sender;
    const given = giveHandle(state, { handle: op.handle, owner, sender, height });
    return { ...given, code: TransactionCode.ok };
  }
  if (current === undefined) return lost(TransactionCode.handleUnknown);
  if (current.owner !== sender) return lost(TransactionCode.notOwner);
  const moved = moveHandle(state, current, { handle: op.handle, owner: op.to, sender, height });
  return { ...moved, code: TransactionCode.ok };
}

function fromFields(fields: Readonly<Record<string, unknown>>): HandleOperation {
  const action = namedField(fields, "action", ["register", "move"]);
  const handle = textField(fields, "handle").replace(/^@/, "");
  if (!HANDLE.test(handle)) {
    throw badField("handle", "must be 3 to 24 of a to z, 0 to 9 and _");
  }
  checkHandle(handle);
  if (action === "move") {
    onlyFields(fields, ["handle", "to"]);
    return { action, handle, to: addressField(fields, "to") };
  }
  onlyFields(fields, ["handle", "owner"]);
  const owner = fields["owner"] === undefined ? null : addressField(fields, "owner");
  return { action, handle, owner };
}

/** The module of handles. */
export const handles: LedgerModule<HandleOperation> = {
  name: NAME,
  encode,
  decode,
  price: (op) => (op.action === "register" ? { ...noTokens, consumer: HANDLE_PRICE } : noTokens),
  execute,
  describe: (op) => {
    if (op.action === "move") return { ...op };
    const { action, handle, owner } = op;
    return owner === null ? { action, handle } : { action, handle, owner };
  },
  fromFields,
};
