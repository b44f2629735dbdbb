/**
 * Tips an author for a paragraph, and shows the tips that it has, each with its receipt.
 *
 * @module
 */
import { type ReactNode, useCallback, useState } from "react";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";
import { AuthorMark } from "../../components/author-mark.tsx";
import controls from "../../components/controls.module.css";
import { Modal } from "../../components/modal.tsx";
import { ProblemText } from "../../components/problem-text.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useInvalidFocus } from "../../components/use-invalid-focus.ts";
import { useNow } from "../../components/use-now.ts";
import { useQuery } from "../../components/use-query.ts";
import { cls } from "../../css.ts";
import {
  formatPair,
  NOTHING,
  pairIn,
  pairOf,
  parseTokens,
  type Token,
} from "../../format/amounts.ts";
import { transferBytes } from "../../format/fees.ts";
import { formatCount } from "../../format/numbers.ts";
import { countBytes } from "../../format/paragraph-text.ts";
import { AmountField } from "../../payments/amount-field.tsx";
import { NOTE_MAX_BYTES } from "../../payments/operations.ts";
import { PaymentTerms } from "../../payments/payment-terms.tsx";
import payments from "../../payments/payments.module.css";
import { ReceiptDetails } from "../../payments/receipt-details.tsx";
import { ReceiptRows } from "../../payments/receipt-rows.tsx";
import receipts from "../../payments/receipts.module.css";
import { SentNotice } from "../../payments/sent-notice.tsx";
import { SigningNotice, useSigning } from "../../payments/signing-notice.tsx";
import { usePayment } from "../../payments/use-payment.ts";
import { useSubmit } from "../../payments/use-submit.ts";
import { useClient } from "../../services-context.ts";
import { useLedger } from "../../stores/ledger-store.ts";
import { useWallet } from "../../stores/wallet-store.ts";

const PRESETS = ["0.5", "2", "10"] as const;
/** The mark of a tip and the block's id, before its remark. */
const TIP_MARK_BYTES = 38;
const REMARK_MAX_BYTES = NOTE_MAX_BYTES - TIP_MARK_BYTES;
const TIPS_SHOWN = 50;

/** The dialog for `paragraph`. */
export function TipDialog(props: {
  readonly paragraph: ParagraphView;
  readonly onClose: () => void;
}): ReactNode {
  const { paragraph, onClose } = props;
  const me = useWallet((state) => state.wallet?.address ?? null);
  const [receipt, setReceipt] = useState<string | null>(null);
  if (receipt !== null) {
    return (
      <Modal title="Receipt" onClose={onClose} wide>
        <ReceiptDetails txid={receipt} me={me} onLeave={onClose} />
      </Modal>
    );
  }
  return (
    <Modal title={`Paragraph ${formatCount(paragraph.height)}`} onClose={onClose}>
      {paragraph.mine ? (
        <p className={controls["hint"]}>
          You wrote this one. Tips that others give it stand below.
        </p>
      ) : me === null ? (
        <SigningNotice why="unknown" />
      ) : (
        <TipForm paragraph={paragraph} me={me} onReceipt={setReceipt} onClose={onClose} />
      )}
      <Tips block={paragraph.block} me={me} />
    </Modal>
  );
}

function TipForm(props: {
  readonly paragraph: ParagraphView;
  readonly me: string;
  readonly onReceipt: (txid: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { paragraph, me, onReceipt, onClose } = props;
  const client = useClient();
  const signing = useSigning();
  const [text, setText] = useState<string>(PRESETS[0]);
  const [token, setToken] = useState<Token>("consumer");
  const [remark, setRemark] = useState("");
  const [touched, setTouched] = useState(false);
  const { units } = parseTokens(text);
  const spend = units === null ? NOTHING : pairIn(token, units);
  const remarkBytes = countBytes(remark);
  const tooLong = remarkBytes > REMARK_MAX_BYTES;
  const sizeBytes = transferBytes(TIP_MARK_BYTES + remarkBytes);
  const payment = usePayment(me, spend, sizeBytes);
  const { action, sent, submit } = useSubmit();
  const { form, point } = useInvalidFocus();
  if (sent !== null) {
    return (
      <SentNotice
        sent={sent}
        what={`${formatPair(spend)} for this paragraph`}
        onReceipt={onReceipt}
        onDone={onClose}
      />
    );
  }
  if (signing !== null) return <SigningNotice why={signing} />;
  return (
    <form
      ref={form}
      className={payments["form"]}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTouched(true);
        if (units === null || units === 0n || tooLong) {
          point();
          return;
        }
        const { terms } = payment;
        if (terms === null) return;
        submit(() =>
          client.request({
            method: "send_tokens",
            params: {
              to: paragraph.author,
              paragraph: paragraph.block,
              [token]: String(units),
              ...(remark === "" ? {} : { memo: remark }),
              ...terms,
            },
          }),
        );
      }}
    >
      <p>
        Tip <AuthorMark address={paragraph.author} /> for these lines. It arrives about a second
        later, and the paragraph shows it.
      </p>
      <fieldset className={payments["presets"]}>
        <legend className={controls["visually-hidden"]}>Usual amounts</legend>
        {PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            className={controls["button"]}
            aria-pressed={text === preset}
            onClick={() => {
              setText(preset);
            }}
          >
            {preset}
          </button>
        ))}
      </fieldset>
      <AmountField
        text={text}
        token={token}
        touched={touched}
        onText={setText}
        onToken={setToken}
      />
      <TextField
        label="A word with it, if you like"
        value={remark}
        onChange={setRemark}
        maxBytes={REMARK_MAX_BYTES}
        error={tooLong ? "Shorten it." : undefined}
      />
      <PaymentTerms payment={payment} spend={spend} what="Tip" sizeBytes={sizeBytes} />
      <ProblemText problem={action.problem} />
      <div className={controls["row"]}>
        <button
          type="submit"
          className={cls(controls["button"], controls["primary"])}
          disabled={action.busy || payment.terms === null}
        >
          {action.busy ? "Signing…" : units === null ? "Tip" : `Tip ${formatPair(spend)}`}
        </button>
        <button type="button" className={controls["button"]} onClick={onClose}>
          Not now
        </button>
      </div>
    </form>
  );
}

function Tips(props: { readonly block: string; readonly me: string | null }): ReactNode {
  const { block, me } = props;
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const nowMs = useNow(15_000);
  const ask = useCallback(
    () =>
      client.request({
        method: "get_receipts",
        params: { paragraph: block, limit: TIPS_SHOWN },
      }),
    [client, block],
  );
  const { data, problem, again } = useQuery(ask, mark);
  return (
    <section aria-label="Tips so far">
      <h3 className={receipts["sub"]}>
        {data === null || data.receipts.length === 0
          ? "No tips yet"
          : `Tipped ${formatPair(pairOf(data.sum))}`}
      </h3>
      <ProblemText problem={problem} onRetry={again} />
      {data === null || data.receipts.length === 0 ? null : (
        <ReceiptRows receipts={data.receipts} me={me} nowMs={nowMs} label="Tips, newest first" />
      )}
    </section>
  );
}
