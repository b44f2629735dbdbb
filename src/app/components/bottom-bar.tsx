/**
 * The phone's way around: Story, Write, Wallet, Network, More.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import type { Route } from "../routes.ts";
import { setComposerOpen } from "../stores/draft-store.ts";
import { SHELL } from "../strings.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Modal } from "./modal.tsx";
import styles from "./shell.module.css";

const TABS: readonly {
  readonly view: Route["view"];
  readonly href: string;
  readonly name: string;
  readonly icon: IconName;
}[] = [
  { view: "story", href: "#/", name: SHELL.story, icon: "book" },
  { view: "wallet", href: "#/wallet", name: SHELL.wallet, icon: "wallet" },
  { view: "network", href: "#/network", name: SHELL.network, icon: "mesh" },
];
const MORE: readonly {
  readonly view: Route["view"];
  readonly href: string;
  readonly name: string;
}[] = [
  { view: "apocrypha", href: "#/apocrypha", name: SHELL.apocrypha },
  { view: "codex", href: "#/codex", name: SHELL.codex },
  { view: "explorer", href: "#/explorer", name: SHELL.explorer },
  { view: "lab", href: "#/lab", name: SHELL.lab },
  { view: "start", href: "#/start", name: SHELL.start },
  { view: "settings", href: "#/settings", name: SHELL.settings },
];

/** Opens the composer in the story, wherever the person is. */
export function goWrite(): void {
  if (!/^#?\/?(s\/|$)/.test(location.hash)) location.hash = "#/";
  setComposerOpen(true);
}

/** The bar; hidden on wide screens. */
export function BottomBar(props: { readonly view: Route["view"] }): ReactNode {
  const [more, setMore] = useState(false);
  const tab = ({ view, href, name, icon }: (typeof TABS)[number]): ReactNode => (
    <a key={view} href={href} aria-current={view === props.view ? "page" : undefined}>
      <Icon name={icon} />
      {name}
    </a>
  );
  const [story, ...rest] = TABS;
  return (
    <>
      <nav className={styles["bottom"]} aria-label={SHELL.navigation}>
        {story === undefined ? null : tab(story)}
        <button type="button" onClick={goWrite}>
          <Icon name="pen" />
          {SHELL.write}
        </button>
        {rest.map(tab)}
        <button
          type="button"
          aria-haspopup="dialog"
          data-current={MORE.some((one) => one.view === props.view) || undefined}
          onClick={() => {
            setMore(true);
          }}
        >
          <Icon name="more" />
          {SHELL.more}
        </button>
      </nav>
      {more ? (
        <Modal
          title={SHELL.more}
          onClose={() => {
            setMore(false);
          }}
        >
          <ul className={styles["more-list"]}>
            {MORE.map((one) => (
              <li key={one.view}>
                <a
                  href={one.href}
                  aria-current={one.view === props.view ? "page" : undefined}
                  onClick={() => {
                    setMore(false);
                  }}
                >
                  {one.name}
                </a>
              </li>
            ))}
          </ul>
        </Modal>
      ) : null}
    </>
  );
}
