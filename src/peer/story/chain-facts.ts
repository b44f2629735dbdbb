/**
 * Small questions that several parts of the peer put to the chain.
 *
 * @module
 */
import type { Chain } from "../../chain/create-chain.ts";
import type { HeaderEntry } from "../../chain/header-entry.ts";
import type { Address } from "../../kernel/brand.ts";
import { reliefDoublings } from "../../ledger/retarget.ts";
import { type Account, accountKey, accountOf } from "../../ledger/state.ts";
import { stateGet } from "../../ledger/state-map.ts";
import { earliestTimestamp } from "../../ledger/times.ts";

/** Entries of the canon from a height (at least 1) on, oldest first, at most `limit`. */
export function canonEntries(
  chain: Chain,
  fromHeight: number,
  limit: number,
): readonly HeaderEntry[] {
  const entries: HeaderEntry[] = [];
  for (let height = Math.max(1, fromHeight); entries.length < limit; height++) {
    const entry = chain.canonAt(height);
    if (entry === undefined) break;
    entries.push(entry);
  }
  return entries;
}

/** An account after the head; `undefined` where the address never received anything. */
export function knownAccount(chain: Chain, address: Address): Account | undefined {
  const state = chain.headState();
  return stateGet(state, accountKey(address)) === undefined ? undefined : accountOf(state, address);
}

/** Balances after the head. */
export function balanceAt(chain: Chain, address: Address): Account {
  return accountOf(chain.headState(), address);
}

/** Doublings that relief gives to a block mined now (DIF-2). */
export function reliefAt(chain: Chain, nowMs: number): number {
  const { timestampMs } = chain.tip();
  const { paceMs } = chain.genesis;
  return reliefDoublings(
    paceMs,
    Math.max(nowMs, earliestTimestamp(paceMs, timestampMs)) - timestampMs,
  );
}
