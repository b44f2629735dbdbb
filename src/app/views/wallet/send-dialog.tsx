/**
 * Send tokens: who, how much, a note; then everything once more in full before it is signed.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import { AuthorMark } from "../../components/author-mark.tsx";
import controls from "../../components/controls.module.css";
import { Modal } from "../../components/modal.tsx";
import { ProblemText } from "../../components/problem-text.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useInvalidFocus } from "../../components/use-invalid-focus.ts";
import { cls } from "../../css.ts";
import {
  formatPair,
  NOTHING,
  type Pair,
  pairIn,
  parseTokens,
  type Token,
} from "../../format/amounts.ts";
import { transferBytes } from "../../format/fees.ts";
import { countBytes } from "../../format/paragraph-text.ts";
import { AmountField } from "../../payments/amount-field.tsx";
import { NOTE_MAX_BYTES } from "../../payments/operations.ts";
import { PaymentTerms } from "../../payments/payment-terms.tsx";
import payments from "../../payments/payments.module.css";
import { ReceiptDetails } from "../../payments/receipt-details.tsx";
import receipts from "../../payments/receipts.module.css";
import { RecipientField } from "../../payments/recipient-field.tsx";
import { SentNotice } from "../../payments/sent-notice.tsx";
import { SigningNotice, useSigning } from "../../payments/signing-notice.tsx";
import { StepHead } from "../../payments/step-head.tsx";
import { type Payment, usePayment } from "../../payments/use-payment.ts";
import { useRecipient } from "../../payments/use-recipient.ts";
import { useSubmit } from "../../payments/use-submit.ts";
import { useClient } from "../../services-context.ts";

/** The dialog; `me` is the account that pays. */
export function SendDialog(props: {
  readonly me: string;
  readonly onClose: () => void;
}): ReactNode {
  const { me, onClose } = props;
  const client = useClient();
  const signing = useSigning();
  const [to, setTo] = useState("");
  const [amount, setAmount] = useState("");
  const [token, setToken] = useState<Token>("consumer");
  const [note, setNote] = useState("");
  const [touched, setTouched] = useState(false);
  const [review, setReview] = useState(false);
  const [receipt, setReceipt] = useState<string | null>(null);
  const recipient = useRecipient(to);
  const parsed = parseTokens(amount);
  const spend: Pair = parsed.units === null ? NOTHING : pairIn(token, parsed.units);
  const noteBytes = countBytes(note);
  const sizeBytes = transferBytes(noteBytes);
  const payment = usePayment(me, spend, sizeBytes);
  const { action, sent, submit } = useSubmit();
  const { form, point } = useInvalidFocus();

  if (receipt !== null) {
    return (
      <Modal title="Receipt" onClose={onClose} wide>
        <ReceiptDetails txid={receipt} me={me} onLeave={onClose} />
      </Modal>
    );
  }
  const complete =
    recipient.kind === "found" &&
    parsed.units !== null &&
    parsed.units > 0n &&
    noteBytes <= NOTE_MAX_BYTES;
  const send = (address: string): void => {
    const { terms } = payment;
    if (terms === null) return;
    submit(() =>
      client.request({
        method: "send_tokens",
        params: {
          to: address,
          ...(spend.consumer > 0n ? { consumer: String(spend.consumer) } : {}),
          ...(spend.industrial > 0n ? { industrial: String(spend.industrial) } : {}),
          ...(note === "" ? {} : { memo: note }),
          ...terms,
        },
      }),
    );
  };
  return (
    <Modal title={review && sent === null ? "Look once more" : "Send tokens"} onClose={onClose}>
      {sent !== null ? (
        <SentNotice
          sent={sent}
          what={
            <>
              {formatPair(spend)} to{" "}
              {recipient.kind === "found" ? <AuthorMark address={recipient.address} /> : to.trim()}
            </>
          }
          onReceipt={setReceipt}
          onDone={onClose}
        />
      ) : signing !== null ? (
        <SigningNotice why={signing} />
      ) : review && recipient.kind === "found" ? (
        <Review
          address={recipient.address}
          me={me}
          spend={spend}
          note={note}
          sizeBytes={sizeBytes}
          payment={payment}
          busy={action.busy}
          problem={<ProblemText problem={action.problem} />}
          onSend={() => {
            send(recipient.address);
          }}
          onBack={() => {
            action.clear();
            setReview(false);
          }}
        />
      ) : (
        <form
          ref={form}
          className={payments["form"]}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setTouched(true);
            if (!complete) point();
            else if (payment.terms !== null) setReview(true);
          }}
        >
          <RecipientField
            label="To"
            text={to}
            me={me}
            recipient={recipient}
            touched={touched}
            onText={setTo}
          />
          <AmountField
            text={amount}
            token={token}
            touched={touched}
            onText={setAmount}
            onToken={setToken}
          />
          <TextField
            label="Note, if you like"
            value={note}
            onChange={setNote}
            maxBytes={NOTE_MAX_BYTES}
            error={noteBytes > NOTE_MAX_BYTES ? "Shorten the note." : undefined}
            hint="Everybody can read it, for as long as the story lasts."
          />
          <PaymentTerms payment={payment} spend={spend} what="Amount" sizeBytes={sizeBytes} />
          <div className={controls["row"]}>
            <button
              type="submit"
              className={cls(controls["button"], controls["primary"])}
              disabled={recipient.kind === "asking"}
            >
              Look it over
            </button>
            <button type="button" className={controls["button"]} onClick={onClose}>
              Cancel
            </button>
          </div>
        </form>
      )}
    </Modal>
  );
}

function Review(props: {
  readonly address: string;
  readonly me: string;
  readonly spend: Pair;
  readonly note: string;
  readonly sizeBytes: number;
  readonly payment: Payment;
  readonly busy: boolean;
  readonly problem: ReactNode;
  readonly onSend: () => void;
  readonly onBack: () => void;
}): ReactNode {
  const { address, me, spend, note, sizeBytes, payment, busy, problem, onSend, onBack } = props;
  return (
    <>
      <StepHead className={receipts["headline"]}>
        {formatPair(spend)}
        <small>
          to <AuthorMark address={address} />
          {address === me ? ", which is you" : ""}
        </small>
      </StepHead>
      <dl className={receipts["facts"]}>
        <dt>Whole address</dt>
        <dd className={controls["mono"]}>{address}</dd>
        {note === "" ? null : (
          <>
            <dt>Note</dt>
            <dd>{note}</dd>
          </>
        )}
      </dl>
      <PaymentTerms payment={payment} spend={spend} what="Amount" sizeBytes={sizeBytes} settled />
      <p className={controls["hint"]}>
        Once it is sealed, nobody can take it back, and nobody can for you.
      </p>
      {problem}
      <div className={controls["row"]}>
        <button
          type="button"
          className={cls(controls["button"], controls["primary"])}
          disabled={busy || payment.terms === null}
          onClick={onSend}
        >
          {busy ? "Signing…" : "Sign and send"}
        </button>
        <button type="button" className={controls["button"]} disabled={busy} onClick={onBack}>
          Change something
        </button>
      </div>
    </>
  );
}
