/**
 * After a form could not be sent, the focus goes to its first field in error: on a phone that field may be far
 * above the button, and a screen reader would say nothing.
 *
 * @module
 */
import { type RefObject, useEffect, useRef, useState } from "react";

/** The form to watch, and `point`, called when it could not be sent. */
export interface InvalidFocus {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly point: () => void;
}

/** For one form. */
export function useInvalidFocus(): InvalidFocus {
  const form = useRef<HTMLFormElement>(null);
  const [attempt, setAttempt] = useState(0);
  // An effect, so that the fields were drawn with their errors.
  useEffect(() => {
    if (attempt > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempt]);
  const point = (): void => {
    setAttempt((count) => count + 1);
  };
  return { form, point };
}
