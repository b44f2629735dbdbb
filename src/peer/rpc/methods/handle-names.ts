/**
 * Handles as people type them, and whom they name at the head (HND-1).
 *
 * @module
 */
import { type Address, addressFromHex, isHex32 } from "../../../kernel/brand.ts";
import { CodedError } from "../../../kernel/errors.ts";
import { handleOwner } from "../../../ledger/modules/handle-state.ts";
import type { StateMap } from "../../../ledger/state-map.ts";

const HANDLE = /^[a-z0-9_]{3,24}$/;

/** What was typed, without spaces around it, `@` and capitals; `null` when it can be no handle. */
export function handleFrom(typed: string): string | null {
  const handle = typed.trim().replace(/^@/, "").toLowerCase();
  return HANDLE.test(handle) ? handle : null;
}

/** The address that owns a handle now; `null` for nobody. */
export function resolveHandle(state: StateMap, typed: string): Address | null {
  const handle = handleFrom(typed);
  return handle === null ? null : (handleOwner(state, handle) ?? null);
}

/** The address that an address or a handle names; throws `bad-params` {path}, `handle-unknown` {handle}. */
export function recipientOf(state: StateMap, to: string): Address {
  if (isHex32(to)) return addressFromHex(to);
  const handle = handleFrom(to);
  if (handle === null) {
    const problem = "must be an address (64 lower-case hex digits) or an @handle";
    throw new CodedError("bad-params", { path: "to", problem });
  }
  const owner = handleOwner(state, handle);
  if (owner === undefined) throw new CodedError("handle-unknown", { handle });
  return owner;
}
