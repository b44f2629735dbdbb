/**
 * A field for a secret, with its error beside it.
 *
 * @module
 */
import { type ReactNode, useId } from "react";
import styles from "./controls.module.css";

/** Label, input and error. */
export function PasswordField(props: {
  readonly label: string;
  readonly value: string;
  readonly autoComplete: "current-password" | "new-password";
  readonly onChange: (value: string) => void;
  readonly error?: string;
}): ReactNode {
  const errorId = useId();
  return (
    <label className={styles["field"]}>
      <span className={styles["label"]}>{props.label}</span>
      <input
        className={styles["input"]}
        type="password"
        autoComplete={props.autoComplete}
        value={props.value}
        aria-invalid={props.error !== undefined}
        aria-describedby={props.error === undefined ? undefined : errorId}
        onChange={(event) => {
          props.onChange(event.target.value);
        }}
      />
      {props.error === undefined ? null : (
        <span id={errorId} className={styles["error"]}>
          {props.error}
        </span>
      )}
    </label>
  );
}
