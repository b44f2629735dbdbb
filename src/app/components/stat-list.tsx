/**
 * Figures side by side: what each is, its value, and a word beside it.
 *
 * @module
 */
import type { ReactNode } from "react";
import panel from "./panel.module.css";

/** One figure. */
export type Stat = readonly [name: string, value: ReactNode, note?: ReactNode];

/** The list. */
export function StatList(props: { readonly stats: readonly Stat[] }): ReactNode {
  return (
    <dl className={panel["stats"]}>
      {props.stats.map(([name, value, note]) => (
        <div key={name} className={panel["stat"]}>
          <dt>{name}</dt>
          <dd>
            {value}
            {note === undefined ? null : <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
