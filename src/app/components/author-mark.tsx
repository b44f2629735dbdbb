/**
 * An author: a coloured mark and a name that both follow from the address. The name alone tells
 * authors apart; the colour only helps.
 *
 * @module
 */
import type { ReactNode } from "react";
import { authorColour, spokenName } from "../format/identity.ts";
import styles from "./author-mark.module.css";

/** Mark and name; `mine` says "you". */
export function AuthorMark(props: {
  readonly address: string;
  readonly mine?: boolean;
}): ReactNode {
  const { address, mine = false } = props;
  return (
    <span className={styles["author"]} title={address}>
      <span className={styles["mark"]} style={{ background: authorColour(address) }} aria-hidden />
      <span className={styles["name"]}>{mine ? "you" : spokenName(address)}</span>
    </span>
  );
}
