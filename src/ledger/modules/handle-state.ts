/**
 * Handles in the state map (HND-1): who owns which, who had it since when, and which one an address shows.
 *
 * @module
 */
import * as P from "micro-packed";
import type { Address } from "../../kernel/brand.ts";
import { bytesFromHex, concatBytes, utf8Encode } from "../../kernel/bytes.ts";
import { prefixedText, u32 } from "../../kernel/codec.ts";
import type { StateMap } from "../state-map.ts";
import { addressCoder } from "./operation-memo.ts";
import { stateTable, u32Key } from "./state-table.ts";

/** HND-1: the longest handle, in bytes, without `@`. */
export const HANDLE_MAX_BYTES = 24;

/** An owner, and the height since which. */
export interface HandleTenure {
  readonly owner: Address;
  readonly height: number;
}

/** A handle that somebody has. */
export interface OwnedHandle extends HandleTenure {
  /** How many owners it had, this one included. */
  readonly changes: number;
}

/** Who gets a handle from whom. */
interface Handover {
  readonly handle: string;
  readonly owner: Address;
  readonly sender: Address;
  readonly height: number;
}

interface Change {
  readonly state: StateMap;
  readonly touched: readonly Uint8Array[];
}

const owned = stateTable(
  "handle",
  P.struct({ owner: addressCoder, height: u32, changes: u32 }),
  40,
);
const history = stateTable("handle-history", P.struct({ owner: addressCoder, height: u32 }), 36);
const shown = stateTable("handle-of", prefixedText("u8", HANDLE_MAX_BYTES), HANDLE_MAX_BYTES + 1);

function historyKey(handle: string, index: number): Uint8Array {
  return concatBytes(utf8Encode(handle), u32Key(index));
}

/** The handle's record, or undefined when nobody has it; `handle` is without `@`. */
export function ownedHandle(state: StateMap, handle: string): OwnedHandle | undefined {
  return owned.get(state, utf8Encode(handle));
}

/** The address that has the handle now. */
export function handleOwner(state: StateMap, handle: string): Address | undefined {
  return ownedHandle(state, handle)?.owner;
}

/** Who had the handle, and since which height, oldest first; empty when nobody ever had it. */
export function handleHistory(state: StateMap, handle: string): readonly HandleTenure[] {
  const { changes } = ownedHandle(state, handle) ?? { changes: 0 };
  return Array.from({ length: changes }, (_, index) =>
    history.get(state, historyKey(handle, index)),
  ).filter((tenure) => tenure !== undefined);
}

/** The handle that stands for an address where one is shown; undefined when it has or chose none. */
export function handleOfAddress(state: StateMap, owner: Address): string | undefined {
  return shown.get(state, bytesFromHex(owner));
}

/** The state in which a free handle has its first owner. */
export function giveHandle(state: StateMap, handover: Handover): Change {
  return hand(state, 0, handover);
}

/**
 * The state in which the owner's handle has another owner. Moved to its own owner it becomes the one that
 * the address shows, and the history stays.
 */
export function moveHandle(state: StateMap, current: OwnedHandle, handover: Handover): Change {
  if (handover.owner === current.owner) return show(state, handover);
  const moved = hand(state, current.changes, handover);
  if (handleOfAddress(state, current.owner) !== handover.handle) return moved;
  const former = bytesFromHex(current.owner);
  return {
    state: shown.delete(moved.state, former),
    touched: [...moved.touched, shown.key(former)],
  };
}

function hand(state: StateMap, index: number, handover: Handover): Change {
  const { handle, owner, height } = handover;
  const name = utf8Encode(handle);
  const past = historyKey(handle, index);
  const noted = history.set(state, past, { owner, height });
  const given = owned.set(noted, name, { owner, height, changes: index + 1 });
  const { state: after, touched } = show(given, handover);
  return { state: after, touched: [owned.key(name), history.key(past), ...touched] };
}

/**
 * The newest handle is shown, except that nobody's choice is replaced by a stranger's gift: for ten tokens
 * anybody could rename anybody.
 */
function show(state: StateMap, { handle, owner, sender }: Handover): Change {
  if (sender !== owner && handleOfAddress(state, owner) !== undefined) {
    return { state, touched: [] };
  }
  const key = bytesFromHex(owner);
  return { state: shown.set(state, key, handle), touched: [shown.key(key)] };
}
