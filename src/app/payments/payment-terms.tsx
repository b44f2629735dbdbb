/**
 * Fee, price and what remains, as two columns of a ledger, before anything is signed.
 *
 * @module
 */
import { type ReactNode, useId } from "react";
import controls from "../components/controls.module.css";
import { ProblemText } from "../components/problem-text.tsx";
import {
  formatLedger,
  formatTokens,
  isNothing,
  NOTHING,
  type Pair,
  subtractPair,
} from "../format/amounts.ts";
import type { FeeSelector } from "../format/fees.ts";
import { formatCount } from "../format/numbers.ts";
import styles from "./payments.module.css";
import type { Payment } from "./use-payment.ts";

const CHOICES: readonly (readonly [FeeSelector, string])[] = [
  [0, "Consumer"],
  [1, "Industrial"],
  [2, "Half of each"],
];

/** The terms of `payment`; `spend` is named by `what` (`Amount`, `Price`); `settled`: nothing to choose any more. */
export function PaymentTerms(props: {
  readonly payment: Payment;
  readonly spend: Pair;
  readonly what: string;
  readonly sizeBytes: number;
  readonly settled?: boolean;
}): ReactNode {
  const { payment, spend, what, sizeBytes, settled = false } = props;
  const { available, fee, perByte, outcome, selector } = payment;
  const name = useId();
  const words =
    fee === null || perByte === null
      ? "The fee for the next seal is being asked for…"
      : `${formatTokens(fee)} tokens: ${formatCount(sizeBytes)} bytes at ${perByte} ${perByte === 1n ? "unit" : "units"} each, which the next seal takes. It goes to those who seal and write.`;
  return (
    <div className={styles["terms"]}>
      {settled ? null : (
        <fieldset className={controls["field"]}>
          <legend className={controls["label"]}>The fee is paid from</legend>
          <div className={controls["choices"]}>
            {CHOICES.map(([value, words]) => (
              <label key={value} className={controls["choice"]}>
                <input
                  type="radio"
                  name={name}
                  checked={selector === value}
                  onChange={() => {
                    payment.choose(value);
                  }}
                />
                {words}
              </label>
            ))}
          </div>
          <p className={controls["hint"]}>{words}</p>
        </fieldset>
      )}
      <ProblemText problem={payment.problem} onRetry={payment.again} />
      {available === null || outcome === null ? null : (
        <>
          <table className={styles["ledger"]}>
            <caption className={controls["visually-hidden"]}>What this leaves</caption>
            <thead>
              <tr>
                <th scope="col">
                  <span className={controls["visually-hidden"]}>What</span>
                </th>
                <th scope="col">Consumer</th>
                <th scope="col">Industrial</th>
              </tr>
            </thead>
            <tbody>
              <Row name="At hand" pair={available} />
              {isNothing(spend) ? null : <Row name={what} pair={subtractPair(NOTHING, spend)} />}
              <Row name="Fee" pair={subtractPair(NOTHING, outcome.fee)} />
            </tbody>
            <tfoot>
              <Row name="Remains" pair={outcome.rest} />
            </tfoot>
          </table>
          {outcome.short === null ? null : (
            <p className={controls["error"]} role="alert" data-short={outcome.short}>
              Your {outcome.short} balance does not cover this. Change the amount or the balance
              that pays the fee, or wait for the next reward.
            </p>
          )}
        </>
      )}
    </div>
  );
}

function Row(props: { readonly name: string; readonly pair: Pair }): ReactNode {
  const { name, pair } = props;
  return (
    <tr>
      <th scope="row">{name}</th>
      {[pair.consumer, pair.industrial].map((units, index) => (
        <td key={index === 0 ? "consumer" : "industrial"} data-negative={units < 0n || undefined}>
          {units === 0n && name !== "Remains" && name !== "At hand" ? (
            <span aria-hidden>·</span>
          ) : (
            formatLedger(units)
          )}
        </td>
      ))}
    </tr>
  );
}
