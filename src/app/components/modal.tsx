/**
 * A native modal dialog: the browser keeps focus inside, closes on Esc and gives focus back.
 *
 * @module
 */
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { cls } from "../css.ts";
import controls from "./controls.module.css";
import styles from "./modal.module.css";

/** Open as long as it is rendered. */
export function Modal(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { title, onClose, wide = false, children } = props;
  const box = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // A layout effect is undone while the dialog is still in the page; closed later, it gives no focus back.
  useLayoutEffect(() => {
    const dialog = box.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={box}
      className={cls(styles["modal"], wide && styles["wide"])}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      closedby="any"
      // Also where it is opened from inside of a story in another language.
      lang="en"
    >
      <div className={styles["inside"]}>
        <header className={styles["head"]}>
          <h2 id={titleId} className={styles["title"]}>
            {title}
          </h2>
          <button
            type="button"
            className={cls(controls["button"], controls["quiet"])}
            onClick={onClose}
          >
            Close
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
