/**
 * A text field with its label, its live byte count and its error beside it.
 *
 * @module
 */
import { type ReactNode, useId } from "react";
import { cls } from "../css.ts";
import { formatCount } from "../format/numbers.ts";
import { countBytes } from "../format/paragraph-text.ts";
import styles from "./controls.module.css";

/** One field; `rows` makes it a text area, `maxBytes` shows the count. */
export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly rows?: number;
  readonly maxBytes?: number;
  readonly inputMode?: "numeric" | "text";
  readonly serif?: boolean;
}): ReactNode {
  const { label, value, onChange, onBlur, hint, error, rows, maxBytes, inputMode } = props;
  const id = useId();
  const shared = {
    id,
    className: styles["input"],
    value,
    "aria-invalid": error !== undefined,
    "aria-describedby": `${id}-note`,
    ...(onBlur === undefined ? {} : { onBlur }),
  };
  return (
    <div className={styles["field"]}>
      <label htmlFor={id} className={styles["label"]}>
        {label}
      </label>
      {rows === undefined ? (
        <input
          {...shared}
          inputMode={inputMode}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      ) : (
        <textarea
          {...shared}
          rows={rows}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
      <span
        id={`${id}-note`}
        className={cls(error === undefined ? styles["hint"] : styles["error"])}
      >
        {error ?? hint ?? ""}
        {maxBytes === undefined
          ? ""
          : `${error === undefined && hint === undefined ? "" : " "}${formatCount(countBytes(value))} of ${formatCount(maxBytes)} bytes.`}
      </span>
    </div>
  );
}
