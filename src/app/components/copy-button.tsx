/**
 * Copies a text and says so, also to a screen reader; says what to do when the browser refuses.
 *
 * @module
 */
import { type ReactNode, useEffect, useState } from "react";
import { cls } from "../css.ts";
import styles from "./controls.module.css";

const SHOWN_MS = 2500;

/** A button that copies `text`. */
export function CopyButton(props: {
  readonly text: string;
  readonly label: string;
  readonly primary?: boolean;
}): ReactNode {
  const { text, label, primary = false } = props;
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (outcome !== "copied") return undefined;
    const timer = setTimeout(() => {
      setOutcome(null);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [outcome]);
  const copy = (): void => {
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (clipboard === undefined) {
      setOutcome("refused");
      return;
    }
    clipboard.writeText(text).then(
      () => {
        setOutcome("copied");
      },
      () => {
        setOutcome("refused");
      },
    );
  };
  return (
    <>
      <button
        type="button"
        className={cls(styles["button"], primary && styles["primary"])}
        onClick={copy}
      >
        {outcome === "copied" ? "Copied ✓" : label}
      </button>
      <span
        aria-live="polite"
        className={outcome === "refused" ? styles["error"] : styles["visually-hidden"]}
      >
        {outcome === "refused"
          ? "The browser did not allow copying. Select the text and copy it by hand."
          : outcome === "copied"
            ? "Copied"
            : ""}
      </span>
    </>
  );
}
