/**
 * Transactions that our head or pool refuses without blame (an unknown sender, a gap in the nonces) cost their
 * sender nothing, so each peer has a budget of them (NET-6). Beyond it, what it sends is passed over unjudged
 * until the budget has grown again; whoever is honest is heard through others.
 *
 * @module
 */
import { createLru } from "../../chain/lru.ts";
import { MAX_GREETED_PEERS, REFUSALS_BURST, REFUSALS_PER_SECOND } from "../limits.ts";
import type { Clock } from "../ports.ts";

/** Budgets of refusals by peer. */
export interface Luckless {
  /** True while the peer has used up its budget. */
  isSpent(peer: string): boolean;
  /** It sent a transaction that was refused without blame. */
  refused(peer: string): void;
}

interface Budget {
  left: number;
  atMs: number;
}

/** Full budgets for everybody. */
export function createLuckless(clock: Clock): Luckless {
  const budgets = createLru<string, Budget>(MAX_GREETED_PEERS);
  const budgetOf = (peer: string): Budget => {
    const now = clock.now();
    const budget = budgets.get(peer) ?? { left: REFUSALS_BURST, atMs: now };
    const grown = (Math.max(0, now - budget.atMs) / 1_000) * REFUSALS_PER_SECOND;
    budget.left = Math.min(REFUSALS_BURST, budget.left + grown);
    budget.atMs = now;
    budgets.set(peer, budget);
    return budget;
  };
  return {
    isSpent: (peer) => budgetOf(peer).left < 1,
    refused(peer) {
      budgetOf(peer).left -= 1;
    },
  };
}
