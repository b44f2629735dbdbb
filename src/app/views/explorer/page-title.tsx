/**
 * The head of a page of the explorer: what it is, and its whole number.
 *
 * @module
 */
import type { ReactNode } from "react";
import controls from "../../components/controls.module.css";
import { CopyButton } from "../../components/copy-button.tsx";
import panel from "../../components/panel.module.css";
import styles from "./explorer.module.css";

/** Title and id. */
export function PageTitle(props: {
  readonly title: ReactNode;
  readonly id: string;
  readonly children?: ReactNode;
}): ReactNode {
  const { title, id, children } = props;
  return (
    <div className={styles["page-title"]}>
      <h1 className={panel["heading"]}>{title}</h1>
      {id === "" ? null : (
        <p className={styles["id"]}>
          <span className={controls["mono"]}>{id}</span> <CopyButton text={id} label="Copy" />
        </p>
      )}
      {children}
    </div>
  );
}
