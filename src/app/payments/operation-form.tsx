/**
 * The second half of every dialog that changes something for a fee: what it costs, what remains, and then
 * what became of it.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import controls from "../components/controls.module.css";
import { ProblemText } from "../components/problem-text.tsx";
import { useInvalidFocus } from "../components/use-invalid-focus.ts";
import { cls } from "../css.ts";
import { useClient } from "../services-context.ts";
import type { OperationDraft } from "./operations.ts";
import { PaymentTerms } from "./payment-terms.tsx";
import styles from "./payments.module.css";
import { ReceiptDetails } from "./receipt-details.tsx";
import { SentNotice } from "./sent-notice.tsx";
import { SigningNotice, useSigning } from "./signing-notice.tsx";
import { usePayment } from "./use-payment.ts";
import { useSubmit } from "./use-submit.ts";

/**
 * Fields (`children`) and terms for `draft`, null while the fields are not complete; `frame` is the draft
 * whose fee is shown meanwhile.
 */
export function OperationForm(props: {
  readonly me: string;
  readonly draft: OperationDraft | null;
  readonly frame: OperationDraft;
  readonly label: string;
  readonly done: string;
  readonly onClose: () => void;
  readonly onIncomplete: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { me, draft, frame, label, done, onClose, onIncomplete, children } = props;
  const client = useClient();
  const signing = useSigning();
  const { price, sizeBytes } = draft ?? frame;
  const payment = usePayment(me, price, sizeBytes);
  const { action, sent, submit } = useSubmit();
  const { form, point } = useInvalidFocus();
  const [receipt, setReceipt] = useState<string | null>(null);
  if (receipt !== null) return <ReceiptDetails txid={receipt} me={me} onLeave={onClose} />;
  if (sent !== null) {
    return <SentNotice sent={sent} what={done} onReceipt={setReceipt} onDone={onClose} />;
  }
  if (signing !== null) return <SigningNotice why={signing} />;
  return (
    <form
      ref={form}
      className={styles["form"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (draft === null) {
          onIncomplete();
          point();
          return;
        }
        const { terms } = payment;
        if (terms === null) return;
        submit(() =>
          client.request({
            method: "submit_operation",
            params: { module: draft.module, operation: { ...draft.operation }, ...terms },
          }),
        );
      }}
    >
      {children}
      <PaymentTerms payment={payment} spend={price} what="Price" sizeBytes={sizeBytes} />
      <ProblemText problem={action.problem} />
      <div className={controls["row"]}>
        <button
          type="submit"
          className={cls(controls["button"], controls["primary"])}
          disabled={action.busy || payment.terms === null}
        >
          {action.busy ? "Signing…" : label}
        </button>
        <button type="button" className={controls["button"]} onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
