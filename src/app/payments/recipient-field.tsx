/**
 * Who is paid: an address or an @handle, with the whole address below it once it is known.
 *
 * @module
 */
import { type ReactNode, useId } from "react";
import { AuthorMark } from "../components/author-mark.tsx";
import controls from "../components/controls.module.css";
import { ProblemText } from "../components/problem-text.tsx";
import { atHandle } from "../format/identity.ts";
import styles from "./payments.module.css";
import type { Recipient } from "./use-recipient.ts";

/** The field; `recipient` is what `useRecipient` says of its text. */
export function RecipientField(props: {
  readonly label: string;
  readonly text: string;
  readonly me: string;
  readonly recipient: Recipient;
  readonly touched: boolean;
  readonly onText: (text: string) => void;
}): ReactNode {
  const { label, text, me, recipient, touched, onText } = props;
  const id = useId();
  const wrong =
    recipient.kind === "unknown" ||
    (touched && (recipient.kind === "bad" || recipient.kind === "empty"));
  return (
    <div className={controls["field"]}>
      <label htmlFor={id} className={controls["label"]}>
        {label}
      </label>
      <input
        id={id}
        className={controls["input"]}
        autoCapitalize="none"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        placeholder="@handle or address"
        value={text}
        aria-invalid={wrong}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          onText(event.target.value);
        }}
      />
      <div id={`${id}-note`} aria-live="polite" className={controls["hint"]}>
        {recipient.kind === "found" ? (
          <span className={styles["found"]}>
            <AuthorMark address={recipient.address} />
            {recipient.address === me ? <b>That is you.</b> : null}
            <span className={controls["mono"]} data-recipient>
              {recipient.address}
            </span>
          </span>
        ) : null}
        {recipient.kind === "asking" ? "Looking the handle up…" : null}
        {recipient.kind === "unknown" ? (
          <span className={controls["error"]}>
            Nobody has {atHandle(recipient.handle)}. Check its spelling, or ask for the address.
          </span>
        ) : null}
        {recipient.kind === "bad" ? (
          <span className={wrong ? controls["error"] : undefined}>
            An address has 64 digits from 0 to f; a handle 3 to 24 of a–z, 0–9 and _.
          </span>
        ) : null}
        {recipient.kind === "empty" ? (
          wrong ? (
            <span className={controls["error"]}>Say who is to be paid.</span>
          ) : (
            "A handle is looked up, and its address shown here before anything is sent."
          )
        ) : null}
      </div>
      <ProblemText problem={recipient.kind === "failed" ? recipient.problem : null} />
    </div>
  );
}
