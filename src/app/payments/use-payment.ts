/**
 * The terms of a payment before it is signed: the fee that the next seal takes, the balance that pays it,
 * and what remains. What is shown here is what is signed: fee and selector go into the call.
 *
 * @module
 */
import { useCallback, useState } from "react";
import { useQuery } from "../components/use-query.ts";
import { NOTHING, type Pair } from "../format/amounts.ts";
import { type FeeSelector, type Outcome, outcomeOf, preferredSelector } from "../format/fees.ts";
import type { ErrorMessage } from "../messages.ts";
import { useClient } from "../services-context.ts";
import { useLedger } from "../stores/ledger-store.ts";
import { spendable, useAccount } from "./use-account.ts";

/** Null parts are still being asked for. */
export interface Payment {
  readonly available: Pair | null;
  /** In units. */
  readonly fee: bigint | null;
  readonly perByte: bigint | null;
  readonly selector: FeeSelector;
  readonly choose: (selector: FeeSelector) => void;
  readonly outcome: Outcome | null;
  readonly problem: ErrorMessage | null;
  readonly again: () => void;
  /** Fee and selector for the call; null while they are not known or not covered. */
  readonly terms: { readonly fee: string; readonly feeSelector: FeeSelector } | null;
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Terms for `address` spending `spend` in a transaction of `sizeBytes`. */
export function usePayment(address: string, spend: Pair, sizeBytes: number): Payment {
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const account = useAccount(address);
  const ask = useCallback(
    () => client.request({ method: "estimate_fee", params: { bytes: sizeBytes } }),
    [client, sizeBytes],
  );
  const estimate = useQuery(ask, mark);
  const [chosen, setChosen] = useState<FeeSelector | null>(null);

  const available = account.data === null ? null : spendable(account.data);
  const perByte =
    estimate.data === null
      ? null
      : larger(BigInt(estimate.data.perByte), BigInt(estimate.data.floorPerByte));
  const fee = perByte === null ? null : perByte * BigInt(sizeBytes);
  const selector = chosen ?? preferredSelector(available ?? NOTHING, spend, fee ?? 0n);
  const outcome =
    available === null || fee === null ? null : outcomeOf(available, spend, fee, selector);
  return {
    available,
    fee,
    perByte,
    selector,
    choose: setChosen,
    outcome,
    problem: account.problem ?? estimate.problem,
    again: () => {
      account.again();
      estimate.again();
    },
    terms:
      fee === null || outcome === null || outcome.short !== null
        ? null
        : { fee: String(fee), feeSelector: selector },
  };
}
