/**
 * The few icons of the bottom bar, as strokes; always beside a word, so hidden from screen readers.
 *
 * @module
 */
import type { ReactNode } from "react";

const PATHS = {
  book: "M4 5.5C6 4.3 9 4.3 12 6c3-1.7 6-1.7 8-.5V19c-2-1.2-5-1.2-8 .5-3-1.7-6-1.7-8-.5zM12 6v13.5",
  pen: "M4 20l1-4.5L16.5 4a2.1 2.1 0 0 1 3 3L8 18.5zM14.5 6l3 3",
  wallet: "M4 7.5h14.5A1.5 1.5 0 0 1 20 9v9.5H5.5A1.5 1.5 0 0 1 4 17zm0 0L16 4.5v3M16 13h4",
  mesh: "M6.5 8.5l4 7M17.5 8.5l-4 7M8 6.5h8M6 4.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM18 4.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM12 15.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
} as const;

/** Names of the icons. */
export type IconName = keyof typeof PATHS;

/** One icon in the text's colour. */
export function Icon(props: { readonly name: IconName }): ReactNode {
  return (
    <svg
      aria-hidden
      width="22"
      height="22"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={props.name === "more" ? 3 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[props.name]} />
    </svg>
  );
}
