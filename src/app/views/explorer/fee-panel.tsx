/**
 * What the next seal takes for usual payments.
 *
 * @module
 */
import { type ReactNode, useCallback } from "react";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { useQuery } from "../../components/use-query.ts";
import { formatTokens } from "../../format/amounts.ts";
import { operationBytes, transferBytes } from "../../format/fees.ts";
import { formatCount } from "../../format/numbers.ts";
import { useClient } from "../../services-context.ts";
import { useLedger } from "../../stores/ledger-store.ts";

/** Sizes of what people usually send, with a note or a text of usual length. */
const USUAL: readonly (readonly [string, number, string])[] = [
  ["A payment", transferBytes(0), "without a note"],
  ["A tip", transferBytes(38), "it names its paragraph"],
  ["A handle", operationBytes("handles", 12), "beside its price of 10 consumer tokens"],
  ["A codex entry", operationBytes("codex", 200), "of thirty words, beside its price"],
];

/** The section. */
export function FeePanel(): ReactNode {
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const ask = useCallback(() => client.request({ method: "estimate_fee" }), [client]);
  const { data, problem, again } = useQuery(ask, mark);
  const perByte = data === null ? null : BigInt(data.perByte);
  const floor = data?.perByte === data?.floorPerByte;
  return (
    <section className={panel["section"]}>
      <div className={panel["head"]}>
        <h2>Fee for the next seal</h2>
        <span>
          {perByte === null
            ? ""
            : `${perByte} ${perByte === 1n ? "unit" : "units"} a byte${floor ? ", the least there is" : ""}`}
        </span>
      </div>
      <ProblemText problem={problem} onRetry={again} />
      {perByte === null ? null : (
        <dl className={panel["stats"]}>
          {USUAL.map(([name, bytes, note]) => (
            <div key={name} className={panel["stat"]}>
              <dt>{name}</dt>
              <dd>
                {formatTokens(perByte * BigInt(bytes))}
                <small>
                  tokens · {formatCount(bytes)} bytes, {note}
                </small>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
