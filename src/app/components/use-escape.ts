/**
 * Esc puts away what floats above the book, unless a dialog or popover is open: then Esc is theirs.
 *
 * @module
 */
import { useEffect, useRef } from "react";

/** Calls `onEscape` while the caller is mounted. */
export function useEscape(onEscape: () => void): void {
  const latest = useRef(onEscape);
  useEffect(() => {
    latest.current = onEscape;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (document.querySelector("dialog[open], :popover-open") !== null) return;
      latest.current();
    };
    addEventListener("keydown", listen);
    return () => {
      removeEventListener("keydown", listen);
    };
  }, []);
}
