/**
 * An author: a coloured mark and a name. Both follow from the address, unless the author took a handle
 * (which is unique) or a profile (which is not: its name never stands without the address's own).
 *
 * @module
 */
import type { ReactNode } from "react";
import { calledName, shownColour, shownName } from "../format/identity.ts";
import styles from "./author-mark.module.css";
import { useName } from "./use-name.ts";

/** Mark and name; `mine` says "you". */
export function AuthorMark(props: {
  readonly address: string;
  readonly mine?: boolean;
}): ReactNode {
  const { address, mine = false } = props;
  const name = useName(address);
  const handle = name?.handle ?? null;
  const profile = name?.profile ?? null;
  const shown = profile === null ? "" : shownName(profile.name);
  return (
    <span className={styles["author"]} title={shown === "" ? address : `${shown} · ${address}`}>
      <span
        className={styles["mark"]}
        style={{ background: shownColour(address, profile) }}
        aria-hidden
      />
      <span className={styles["name"]}>{mine ? "you" : calledName(address, handle)}</span>
      {mine || handle !== null || shown === "" ? null : (
        <span className={styles["called"]}>“{shown}”</span>
      )}
    </span>
  );
}
