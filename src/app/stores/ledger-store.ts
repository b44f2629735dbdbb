/**
 * A mark that moves whenever the ledger or the mempool did: what a view shows of them is asked for again.
 *
 * @module
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";

/** `mark` only ever rises; its value means nothing. */
export interface LedgerState {
  readonly mark: number;
}

/** The store. */
export const useLedger: UseBoundStore<StoreApi<LedgerState>> = create<LedgerState>()(() => ({
  mark: 0,
}));

/** Something changed. */
export function markLedger(): void {
  useLedger.setState((state) => ({ mark: state.mark + 1 }));
}
