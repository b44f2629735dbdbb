/**
 * What was recomputed of a receipt, step by step, and its bytes field by field.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { ResultOf } from "../../peer/rpc/schema.ts";
import controls from "../components/controls.module.css";
import { CopyButton } from "../components/copy-button.tsx";
import { formatCount } from "../format/numbers.ts";
import { exactTime } from "../format/times.ts";
import { explorerHref } from "../routes.ts";
import styles from "./receipts.module.css";
import { signedParts } from "./signed-bytes.ts";

/** The section; `onAgain` verifies once more. */
export function ReceiptProof(props: {
  readonly receipt: ResultOf<"get_transaction">;
  readonly verifiedMs: number;
  readonly busy: boolean;
  readonly onAgain: () => void;
  readonly onLeave: (() => void) | undefined;
}): ReactNode {
  const { receipt, verifiedMs, busy, onAgain, onLeave } = props;
  const { proof, signatureValid, transaction } = receipt;
  const good = signatureValid && (proof === null || proof.verified);
  return (
    <section aria-label="Proof" className={styles["proof"]}>
      <h3 className={styles["sub"]}>
        Proof: <span data-proof={good}>{good ? "verified ✓" : "not verified ×"}</span>
      </h3>
      <ol className={styles["path"]}>
        <li>
          {signatureValid
            ? "The signature is the sender's, for this story."
            : "The signature is not the sender's for this story."}
        </li>
        {proof === null ? (
          <li>It stands in no block yet, so there is nothing more to prove.</li>
        ) : (
          <>
            <li>
              Its hash is leaf {formatCount(proof.index)} of {formatCount(proof.leafCount)}:{" "}
              <span className={controls["mono"]}>{proof.leaf}</span>
            </li>
            {proof.path.map((step) => (
              <li key={step}>
                joined with <span className={controls["mono"]}>{step}</span>
              </li>
            ))}
            <li>
              {proof.verified ? "gives" : "does not give"} the body root of its{" "}
              {transaction.block === null ? (
                "block"
              ) : (
                <a href={explorerHref("block", transaction.block)} onClick={onLeave}>
                  block
                </a>
              )}
              : <span className={controls["mono"]}>{proof.bodyRoot}</span>
            </li>
          </>
        )}
      </ol>
      <div className={controls["row"]}>
        <button type="button" className={controls["button"]} disabled={busy} onClick={onAgain}>
          {busy ? "Verifying…" : "Verify again now"}
        </button>
        <span className={controls["hint"]} aria-live="polite">
          Recomputed here at {exactTime(verifiedMs)}
        </span>
      </div>
      <Bytes encoded={transaction.encoded} />
    </section>
  );
}

function Bytes(props: { readonly encoded: string }): ReactNode {
  const { encoded } = props;
  const parts = signedParts(encoded);
  return (
    <details>
      <summary>All {formatCount(encoded.length / 2)} bytes, field by field</summary>
      {parts === null ? (
        <p className={controls["mono"]}>{encoded}</p>
      ) : (
        <dl className={styles["bytes"]}>
          {parts.map((part) => (
            <div key={part.name} className={controls["contents"]}>
              <dt>
                {part.name}
                {part.signed ? "" : " (not signed)"}
              </dt>
              <dd>{part.hex === "" ? "nothing" : part.hex}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className={controls["row"]}>
        <CopyButton text={encoded} label="Copy the bytes" />
      </div>
    </details>
  );
}
