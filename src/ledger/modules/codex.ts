/**
 * `sys/codex`: the characters, places, rules and things of the story, which every writer is told of. An
 * entry is its author's: others add their own. The list only grows, up to a cap, so that it can be read
 * from the state in order.
 *
 * @module
 */
import * as P from "micro-packed";
import type { Address } from "../../kernel/brand.ts";
import { concatBytes, utf8Encode } from "../../kernel/bytes.ts";
import type { Coder } from "../../kernel/codec.ts";
import { constantByte, namedByte, prefixedText, u32 } from "../../kernel/codec.ts";
import type { TokenPair } from "../state.ts";
import { noTokens } from "../state.ts";
import type { StateMap } from "../state-map.ts";
import { TransactionCode } from "../transactions/transaction-code.ts";
import type { LedgerModule, OperationContext, OperationResult } from "./module.ts";
import { namedField, onlyFields, textField } from "./operation-fields.ts";
import { addressCoder, checkName, checkWords, decodeMemo, encodeMemo } from "./operation-memo.ts";
import { stateTable, u32Key } from "./state-table.ts";

const KINDS = ["character", "place", "rule", "thing"] as const;

/** What an entry is about. */
export type CodexKind = (typeof KINDS)[number];

/** Adds an entry, or replaces the text of one's own. */
export interface CodexOperation {
  readonly action: "add" | "amend";
  readonly kind: CodexKind;
  readonly name: string;
  readonly text: string;
}

/** An entry as it stands. */
export interface CodexEntry {
  readonly kind: CodexKind;
  readonly name: string;
  readonly text: string;
  /** Who added it. */
  readonly author: Address;
  /** Height at which it was last changed. */
  readonly height: number;
  /** 1 when added, one more with each change. */
  readonly revision: number;
}

/** The most entries of a story: what a writer can be told, and a reader can read. */
export const CODEX_MAX_ENTRIES = 256;
/** The longest name of an entry, in UTF-8 bytes. */
export const CODEX_NAME_MAX_BYTES = 60;
/** The longest text of an entry, in UTF-8 bytes. */
export const CODEX_TEXT_MAX_BYTES = 600;
/** Price of each of the first entries, in consumer micro-units (CDX-1). */
const FIRST_PRICE = 1_000_000n;
/** The price doubles after so many entries (CDX-1). */
const ENTRIES_A_DOUBLING = 16;

const NAME = "codex";
const HEAD_MAX_BYTES = 1 + 1 + CODEX_NAME_MAX_BYTES;
const RECORD_MAX_BYTES = 32 + 4 + 4 + 2 + CODEX_TEXT_MAX_BYTES;
const ONLY = new Uint8Array(0);

type Head = Pick<CodexOperation, "kind" | "name">;
const headCoder: Coder<Head> = P.struct({
  kind: namedByte(KINDS),
  name: prefixedText("u8", CODEX_NAME_MAX_BYTES),
});
const textCoder = prefixedText("u16", CODEX_TEXT_MAX_BYTES);
const memoCoder = P.struct({
  version: constantByte(1, "operation version"),
  action: namedByte(["add", "amend"]),
  head: headCoder,
  text: textCoder,
});

const count = stateTable("codex-count", u32, 4);
const heads = stateTable("codex-at", headCoder, HEAD_MAX_BYTES);
const records = stateTable(
  "codex",
  P.struct({ author: addressCoder, height: u32, revision: u32, text: textCoder }),
  RECORD_MAX_BYTES,
);

function recordKey({ kind, name }: Head): Uint8Array {
  return concatBytes(Uint8Array.of(KINDS.indexOf(kind)), utf8Encode(name));
}

function checkOperation(op: CodexOperation): CodexOperation {
  checkName(NAME, op.name, CODEX_NAME_MAX_BYTES);
  checkWords(NAME, op.text, CODEX_TEXT_MAX_BYTES);
  return op;
}

function encode(op: CodexOperation): Uint8Array {
  const { action, kind, name, text } = checkOperation(op);
  return encodeMemo(NAME, memoCoder, { version: 1, action, head: { kind, name }, text });
}

function decode(memo: Uint8Array): CodexOperation {
  const { action, head, text } = decodeMemo(NAME, memoCoder, memo);
  return checkOperation({ action, ...head, text });
}

function execute(state: StateMap, op: CodexOperation, context: OperationContext): OperationResult {
  return op.action === "add" ? add(state, op, context) : amend(state, op, context);
}

function add(state: StateMap, op: CodexOperation, context: OperationContext): OperationResult {
  const { kind, name, text } = op;
  const key = recordKey(op);
  const index = count.get(state, ONLY) ?? 0;
  if (records.get(state, key) !== undefined) return lost(state, TransactionCode.codexEntryExists);
  if (index >= CODEX_MAX_ENTRIES) return lost(state, TransactionCode.codexFull);
  const record = { author: context.sender, height: context.height, revision: 1, text };
  const added = records.set(state, key, record);
  const listed = heads.set(added, u32Key(index), { kind, name });
  return {
    state: count.set(listed, ONLY, index + 1),
    touched: [records.key(key), heads.key(u32Key(index)), count.key(ONLY)],
    code: TransactionCode.ok,
  };
}

function amend(state: StateMap, op: CodexOperation, context: OperationContext): OperationResult {
  const key = recordKey(op);
  const record = records.get(state, key);
  if (record === undefined) return lost(state, TransactionCode.codexEntryUnknown);
  if (record.author !== context.sender) return lost(state, TransactionCode.notOwner);
  const { author, revision } = record;
  const amended = { author, height: context.height, revision: revision + 1, text: op.text };
  return {
    state: records.set(state, key, amended),
    touched: [records.key(key)],
    code: TransactionCode.ok,
  };
}

function lost(state: StateMap, code: TransactionCode): OperationResult {
  return { state, touched: [], code };
}

/**
 * What the next entry costs: 1 consumer token, twice as much after each sixteen entries. A story that uses a few
 * dozen pays little; who would fill the list with rubbish pays a twentieth of all tokens there will ever be.
 */
export function codexEntryPrice(state: StateMap): TokenPair {
  const doublings = Math.floor((count.get(state, ONLY) ?? 0) / ENTRIES_A_DOUBLING);
  return { consumer: FIRST_PRICE << BigInt(doublings), industrial: 0n };
}

/** The entries in the order in which they were added. */
export function codexEntries(state: StateMap): readonly CodexEntry[] {
  const entries: CodexEntry[] = [];
  const length = count.get(state, ONLY) ?? 0;
  for (let index = 0; index < length; index++) {
    const head = heads.get(state, u32Key(index));
    const record = head === undefined ? undefined : records.get(state, recordKey(head));
    if (head !== undefined && record !== undefined) entries.push({ ...head, ...record });
  }
  return entries;
}

/** The module of the codex. */
export const codex: LedgerModule<CodexOperation> = {
  name: NAME,
  encode,
  decode,
  price: ({ action }, state) => (action === "add" ? codexEntryPrice(state) : noTokens),
  execute,
  describe: ({ action, kind, name, text }) => ({ action, kind, name, text }),
  fromFields: (fields) => {
    onlyFields(fields, ["kind", "name", "text"]);
    return checkOperation({
      action: namedField(fields, "action", ["add", "amend"]),
      kind: namedField(fields, "kind", KINDS),
      name: textField(fields, "name"),
      text: textField(fields, "text"),
    });
  },
};
