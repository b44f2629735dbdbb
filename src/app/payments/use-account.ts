/**
 * An account as the ledger has it now: balances, what waits, handle and profile.
 *
 * @module
 */
import { useCallback } from "react";
import type { AccountView } from "../api-types.ts";
import { type Query, useQuery } from "../components/use-query.ts";
import { type Pair, pairOf, subtractPair } from "../format/amounts.ts";
import { useClient } from "../services-context.ts";
import { useLedger } from "../stores/ledger-store.ts";

/** Asked again whenever the ledger moves. */
export function useAccount(address: string): Query<AccountView> {
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const ask = useCallback(
    () => client.request({ method: "get_account", params: { address } }),
    [client, address],
  );
  return useQuery(ask, mark);
}

/** What an account can still spend: its balances less what its waiting payments will take. */
export function spendable(account: AccountView): Pair {
  return subtractPair(pairOf(account), pairOf(account.reserved));
}
