/**
 * Handles, codex and profiles of the second implementation of the ledger (HND-1, CDX-1, PRF-1), on plain
 * Maps and lists. A memo of a valid chain decodes, so nothing here refuses a badly written one. Test-only.
 *
 * @module
 */
import { type Reader, readerOf } from "./simple-bytes.ts";

/** Who had a handle, and since which height. */
export interface Tenure {
  readonly owner: string;
  readonly height: number;
}

/** An entry of the codex. */
export interface SimpleCodexEntry {
  /** 0 character, 1 place, 2 rule, 3 thing. */
  readonly kind: number;
  readonly name: string;
  readonly author: string;
  text: string;
  height: number;
  revision: number;
}

/** How an address wants to be shown. */
export interface SimpleProfile {
  readonly name: string;
  /** Hex of red, green, blue. */
  readonly colour: string;
  readonly avatar: string;
}

/** What operations change. Addresses are hex, handles without `@`. */
export interface SimpleModules {
  /** Tenures of each handle, oldest first; the last one is the owner's. */
  readonly handles: Map<string, Tenure[]>;
  /** The handle that stands for an address. */
  readonly shown: Map<string, string>;
  /** In the order in which they were added. */
  readonly codex: SimpleCodexEntry[];
  readonly profiles: Map<string, SimpleProfile>;
}

/** What an operation would do: its receipt's code, its price in consumer units, and the deed. */
export interface Operation {
  readonly code: number;
  readonly price: bigint;
  readonly run: () => void;
}

const HANDLE_PRICE = 10_000_000n;
const CODEX_ENTRIES = 256;
const CODE = { taken: 64, unknown: 65, notOwner: 66, exists: 68, noEntry: 69, full: 70 };

const lost = (code: number): Operation => ({ code, price: 0n, run: () => {} });
const wins = (run: () => void, price = 0n): Operation => ({ code: 0, price, run });

/** Reads the memo of an operation on `sys/<module>`, which `sender` asked for in a block at `height`. */
export function operationOf(
  modules: SimpleModules,
  account: string,
  memo: Uint8Array,
  context: { readonly sender: string; readonly height: number },
): Operation {
  const reader = readerOf(memo);
  if (reader.u8() !== 1) throw new Error("version of an operation");
  const action = reader.u8();
  const read = { "sys/handles": handleOperation, "sys/codex": codexOperation }[account];
  const operation = (read ?? profileOperation)(modules, reader, { ...context, action });
  reader.end();
  return operation;
}

interface Context {
  readonly sender: string;
  readonly height: number;
  readonly action: number;
}

function handleOperation(modules: SimpleModules, reader: Reader, context: Context): Operation {
  const { sender, height, action } = context;
  const { handles, shown } = modules;
  const handle = reader.text(reader.u8());
  const named = action === 1 || reader.u8() === 1 ? reader.hex(32) : sender;
  const tenures = handles.get(handle) ?? [];
  const owner = tenures.at(-1)?.owner;
  const show = (): void => {
    if (named === sender || !shown.has(named)) shown.set(named, handle);
  };
  const hand = (): void => {
    handles.set(handle, [...tenures, { owner: named, height }]);
    show();
    if (owner !== undefined && shown.get(owner) === handle) shown.delete(owner);
  };
  if (action === 0) return owner === undefined ? wins(hand, HANDLE_PRICE) : lost(CODE.taken);
  if (owner === undefined) return lost(CODE.unknown);
  if (owner !== sender) return lost(CODE.notOwner);
  return wins(named === owner ? show : hand);
}

function codexOperation({ codex }: SimpleModules, reader: Reader, context: Context): Operation {
  const { sender, height, action } = context;
  const kind = reader.u8();
  const name = reader.text(reader.u8());
  const text = reader.text(reader.u16());
  const entry = codex.find((one) => one.kind === kind && one.name === name);
  if (action === 0) {
    if (entry !== undefined) return lost(CODE.exists);
    if (codex.length >= CODEX_ENTRIES) return lost(CODE.full);
    const price = 1_000_000n * 2n ** BigInt(Math.floor(codex.length / 16));
    return wins(() => codex.push({ kind, name, author: sender, text, height, revision: 1 }), price);
  }
  if (entry === undefined) return lost(CODE.noEntry);
  if (entry.author !== sender) return lost(CODE.notOwner);
  return wins(() => Object.assign(entry, { text, height, revision: entry.revision + 1 }));
}

function profileOperation(modules: SimpleModules, reader: Reader, context: Context): Operation {
  const profile = { name: reader.text(reader.u8()), colour: reader.hex(3), avatar: reader.hex(8) };
  return wins(() => modules.profiles.set(context.sender, profile));
}
