/**
 * A wide table that scrolls sideways inside its own box, so that the page never does.
 *
 * @module
 */
import type { ReactNode } from "react";
import styles from "./panel.module.css";

/** The box; `label` names it for a screen reader. */
export function ScrollRegion(props: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    // A region that scrolls must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={styles["scroll"]} tabIndex={0} aria-label={props.label}>
      {props.children}
    </section>
  );
}
