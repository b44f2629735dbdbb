/**
 * One account of the wallet: name, address, balances, and what can be done with it.
 *
 * @module
 */
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { OwnAccount } from "../../api-types.ts";
import { Avatar } from "../../components/avatar.tsx";
import controls from "../../components/controls.module.css";
import { useName } from "../../components/use-name.ts";
import { cls } from "../../css.ts";
import { formatTokens } from "../../format/amounts.ts";
import { atHandle, shortId, spokenName } from "../../format/identity.ts";
import { ORIGINS } from "./strings.ts";
import styles from "./wallet.module.css";

const NAME_LENGTH = 40;

/** The row. */
export function AccountRow(props: {
  readonly account: OwnAccount;
  readonly locked: boolean;
  readonly busy: boolean;
  readonly onSelect: () => void;
  readonly onRename: (name: string) => void;
  readonly onExport: () => void;
}): ReactNode {
  const { account, locked, busy, onSelect, onRename, onExport } = props;
  const known = useName(account.address);
  const [name, setName] = useState<string | null>(null);
  const rename = useRef<HTMLButtonElement>(null);
  const editing = name !== null;
  const before = useRef({ editing, active: account.active });
  useEffect(() => {
    // What had the focus, a field or "Use this one", is gone.
    const done = before.current.editing && !editing;
    const chosen = !before.current.active && account.active;
    if ((done || chosen) && document.activeElement === document.body) rename.current?.focus();
    before.current = { editing, active: account.active };
  }, [editing, account.active]);
  const shown = account.name === "" ? spokenName(account.address) : account.name;
  return (
    <li className={styles["account"]} data-account={account.address}>
      <Avatar address={account.address} profile={known?.profile ?? null} sizePx={40} />
      <div className={styles["account-words"]}>
        {name === null ? (
          <p>
            <b>{shown}</b>
            {account.active ? <span className={styles["tag"]}>in use</span> : null}
          </p>
        ) : (
          <form
            className={styles["rename"]}
            onSubmit={(event) => {
              event.preventDefault();
              onRename(name.trim());
              setName(null);
            }}
          >
            <label>
              <span className={controls["visually-hidden"]}>Name of this account</span>
              <input
                className={controls["input"]}
                // The person asked for this field with the button that it replaces.
                // oxlint-disable-next-line jsx-a11y/no-autofocus
                autoFocus
                maxLength={NAME_LENGTH}
                value={name}
                onFocus={(event) => {
                  event.target.select();
                }}
                onChange={(event) => {
                  setName(event.target.value);
                }}
                onKeyDown={(event) => {
                  if (event.key === "Escape") setName(null);
                }}
              />
            </label>
            <button type="submit" className={controls["button"]} disabled={busy}>
              Keep
            </button>
          </form>
        )}
        <p className={controls["hint"]} title={account.address}>
          {known?.handle === null || known === null ? "" : `${atHandle(known.handle)} · `}
          <span className={controls["mono"]}>{shortId(account.address)}</span> ·{" "}
          {ORIGINS[account.origin]}
        </p>
        <p className={cls(controls["hint"], controls["number"])}>
          {formatTokens(account.consumer)} consumer · {formatTokens(account.industrial)} industrial
        </p>
        <div className={styles["account-actions"]} data-active={account.active || undefined}>
          {account.active ? null : (
            <button
              type="button"
              className={controls["button"]}
              disabled={busy || locked}
              onClick={onSelect}
              aria-label={`Use this one: ${shown}`}
            >
              Use this one
            </button>
          )}
          {name === null ? (
            <button
              ref={rename}
              type="button"
              className={cls(controls["button"], controls["quiet"])}
              onClick={() => {
                setName(account.name);
              }}
              aria-label={`Rename ${shown}`}
            >
              Rename
            </button>
          ) : null}
          <button
            type="button"
            className={cls(controls["button"], controls["quiet"])}
            disabled={locked}
            onClick={onExport}
            aria-label={`Export the key of ${shown}`}
          >
            Export…
          </button>
        </div>
      </div>
    </li>
  );
}
