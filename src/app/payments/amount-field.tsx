/**
 * How much of which token, read exactly.
 *
 * @module
 */
import { type ReactNode, useId } from "react";
import controls from "../components/controls.module.css";
import { AMOUNT_PROBLEMS, parseTokens, TOKENS, type Token } from "../format/amounts.ts";
import styles from "./payments.module.css";

const NAMES: Readonly<Record<Token, string>> = { consumer: "Consumer", industrial: "Industrial" };

/** The typed text and the token stay with the caller; `touched` lets an empty field be a fault. */
export function AmountField(props: {
  readonly text: string;
  readonly token: Token;
  readonly touched: boolean;
  readonly onText: (text: string) => void;
  readonly onToken: (token: Token) => void;
}): ReactNode {
  const { text, token, touched, onText, onToken } = props;
  const id = useId();
  const { units, problem } = parseTokens(text);
  const wrong =
    problem !== null
      ? touched || problem !== "empty"
        ? AMOUNT_PROBLEMS[problem]
        : null
      : units === 0n && touched
        ? "Send at least 0.000001."
        : null;
  return (
    <div className={controls["field"]}>
      <label htmlFor={id} className={controls["label"]}>
        Amount
      </label>
      <div className={styles["amount"]}>
        <input
          id={id}
          className={controls["input"]}
          inputMode="decimal"
          autoComplete="off"
          placeholder="0"
          value={text}
          aria-invalid={wrong !== null}
          aria-describedby={`${id}-note`}
          onChange={(event) => {
            onText(event.target.value);
          }}
        />
        <fieldset className={styles["tokens"]}>
          <legend className={controls["visually-hidden"]}>Token</legend>
          {TOKENS.map((one) => (
            <label key={one} className={controls["choice"]}>
              <input
                type="radio"
                name={id}
                checked={one === token}
                onChange={() => {
                  onToken(one);
                }}
              />
              {NAMES[one]}
            </label>
          ))}
        </fieldset>
      </div>
      <span id={`${id}-note`} className={wrong === null ? controls["hint"] : controls["error"]}>
        {wrong ??
          (token === "consumer"
            ? "Consumer tokens are for publishing and tips."
            : "Industrial tokens are for helping: storage, checks, hash power.")}
      </span>
    </div>
  );
}
