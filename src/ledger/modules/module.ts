/**
 * What a module is (TX-6): a system account `sys/<name>`, a layout for the operations in the memos of
 * transactions to it, and what an operation does to the module's own entries of the state map. Balances,
 * fees and nonces are not a module's business: `apply-transaction.ts` takes them, the price included.
 *
 * @module
 */
import type { Address } from "../../kernel/brand.ts";
import type { TokenPair } from "../state.ts";
import type { StateMap } from "../state-map.ts";
import type { TransactionCode } from "../transactions/transaction-code.ts";

/** Who acts, and at which height: all that an operation knows of the world. */
export interface OperationContext {
  readonly sender: Address;
  readonly height: number;
}

/** What became of an operation. One that lost (code ≥ 64) returns the state it was given. */
export interface OperationResult {
  readonly state: StateMap;
  /** State keys that it may have changed. */
  readonly touched: readonly Uint8Array[];
  readonly code: TransactionCode;
}

/** An operation as plain values, for the RPC and the app; `action` says which of the module's it is. */
export type OperationFields = Readonly<Record<string, string | number>>;

/**
 * One module. Methods, not function properties: a registry holds modules of different operations as
 * `LedgerModule`, and an operation only ever goes back to the module that decoded it.
 */
export interface LedgerModule<Op = unknown> {
  /** The account is `sys/<name>`; the entries of the state map are its own. */
  readonly name: string;
  /** The memo of an operation (ENC-1); throws like `decode` for one that would not decode. */
  encode(op: Op): Uint8Array;
  /** The operation in a memo (ENC-2); throws `TransactionRefused` badOperation or handleReserved. */
  decode(memo: Uint8Array): Op;
  /** Units that the sender pays beside the fee if the operation succeeds on `state`. */
  price(op: Op, state: StateMap): TokenPair;
  /** Does the operation; never throws for one that decoded. */
  execute(state: StateMap, op: Op, context: OperationContext): OperationResult;
  /** The operation as fields; `fromFields` reads them back. */
  describe(op: Op): OperationFields;
  /** The operation that fields from outside mean; throws `bad-params {path, problem}` or as `decode`. */
  fromFields(fields: Readonly<Record<string, unknown>>): Op;
}
