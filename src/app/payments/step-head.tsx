/**
 * The head of a dialog's next step: takes the focus, so that nobody is left on a button that is gone, and
 * brings the dialog back to its top. On a page of its own it leaves the focus where it is.
 *
 * @module
 */
import { type ReactNode, useEffect, useRef } from "react";

/** Focused once, when the step appears. */
export function StepHead(props: {
  readonly className?: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const head = box.current;
    const dialog = head?.closest("dialog");
    if (!dialog) return;
    dialog.scrollTop = 0;
    head?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={box} tabIndex={-1} className={props.className} data-step>
      {props.children}
    </div>
  );
}
