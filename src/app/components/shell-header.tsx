/**
 * The bar above every view: brand, places, consensus chip, mining pill.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { Route } from "../routes.ts";
import { SHELL } from "../strings.ts";
import { ConsensusChip } from "./consensus-chip.tsx";
import { MiningPill } from "./mining-pill.tsx";
import styles from "./shell.module.css";

/** Places of the wide layout, in order; views that are not built are not named. */
export const PLACES: readonly {
  readonly view: Route["view"];
  readonly href: string;
  readonly name: string;
}[] = [
  { view: "story", href: "#/", name: SHELL.story },
  { view: "apocrypha", href: "#/apocrypha", name: SHELL.apocrypha },
  { view: "network", href: "#/network", name: SHELL.network },
  { view: "explorer", href: "#/explorer", name: SHELL.explorer },
  { view: "lab", href: "#/lab", name: SHELL.lab },
  { view: "wallet", href: "#/wallet", name: SHELL.wallet },
  { view: "start", href: "#/start", name: SHELL.start },
  { view: "settings", href: "#/settings", name: SHELL.settings },
];

/** The header; `view` is the current place. */
export function ShellHeader(props: { readonly view: Route["view"] }): ReactNode {
  return (
    <header className={styles["bar"]}>
      <a className={styles["brand"]} href="#/">
        {SHELL.brand}
      </a>
      <nav className={styles["places"]} aria-label={SHELL.navigation}>
        {PLACES.map((place) => (
          <a
            key={place.view}
            href={place.href}
            aria-current={place.view === props.view ? "page" : undefined}
          >
            {place.name}
          </a>
        ))}
      </nav>
      <div className={styles["state"]}>
        <ConsensusChip />
        <MiningPill />
      </div>
    </header>
  );
}
