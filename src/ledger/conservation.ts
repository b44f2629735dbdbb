/**
 * Σ balances + pot = emitted (RWD-2), by induction over blocks: what a block changed in the touched
 * balances and the pot must equal what it emitted. Execution cannot break this; the check is there so
 * that a mistake of ours refuses a block instead of minting.
 *
 * @module
 */
import type { Address } from "../kernel/brand.ts";
import { CodedError } from "../kernel/errors.ts";
import { RefusalCode } from "./codes.ts";
import type { TokenPair } from "./state.ts";
import { accountOf, addTokens, supplyOf } from "./state.ts";
import type { StateMap } from "./state-map.ts";

/** Throws `supply-mismatch` {token} unless the change between the two states conserves both tokens. */
export function checkConservation(
  before: StateMap,
  after: StateMap,
  touched: readonly Address[],
): void {
  const accounts = [...new Set(touched)];
  const then = heldBy(before, accounts);
  const now = heldBy(after, accounts);
  for (const token of ["consumer", "industrial"] as const) {
    if (now.held[token] - then.held[token] !== now.emitted[token] - then.emitted[token]) {
      throw new CodedError(RefusalCode.supplyMismatch, { token });
    }
  }
}

function heldBy(
  map: StateMap,
  accounts: readonly Address[],
): { readonly held: TokenPair; readonly emitted: TokenPair } {
  const { pot, emitted } = supplyOf(map);
  const balances = accounts.map((address) => accountOf(map, address));
  return { held: balances.reduce<TokenPair>(addTokens, pot), emitted };
}
