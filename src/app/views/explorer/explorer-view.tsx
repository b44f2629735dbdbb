/**
 * The explorer: one search, and a page for whatever it finds.
 *
 * @module
 */
import type { ReactNode } from "react";
import panel from "../../components/panel.module.css";
import type { Route } from "../../routes.ts";
import { AddressPage } from "./address-page.tsx";
import { BlockPage } from "./block-page.tsx";
import styles from "./explorer.module.css";
import { HandlePage } from "./handle-page.tsx";
import { HomePage } from "./home-page.tsx";
import { SearchBox } from "./search-box.tsx";
import { EXPLORER } from "./strings.ts";
import { TransactionPage } from "./transaction-page.tsx";

type ExplorerRoute = Extract<Route, { view: "explorer" }>;

function PageOf(props: { readonly route: ExplorerRoute }): ReactNode {
  const { page, id } = props.route;
  switch (page) {
    case "home":
      return <HomePage />;
    case "block":
      return <BlockPage block={id} />;
    case "tx":
      return <TransactionPage txid={id} />;
    case "address":
      return <AddressPage address={id} />;
    case "handle":
      return <HandlePage handle={id} />;
    default:
      return page;
  }
}

/** The view. */
export function ExplorerView(props: { readonly route: ExplorerRoute }): ReactNode {
  const home = props.route.page === "home";
  return (
    <div className={panel["page"]}>
      <header className={styles["head"]}>
        {home ? (
          <div>
            <h1 className={panel["heading"]}>{EXPLORER.title}</h1>
            <p className={panel["lead"]}>{EXPLORER.lead}</p>
          </div>
        ) : (
          <a href="#/explorer">← {EXPLORER.title}</a>
        )}
        <SearchBox />
      </header>
      <PageOf route={props.route} />
    </div>
  );
}
