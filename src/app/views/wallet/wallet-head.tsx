/**
 * The top of the wallet: who this account is, what it has, and what can be done with it.
 *
 * @module
 */
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { AccountView, WalletView } from "../../api-types.ts";
import { Avatar } from "../../components/avatar.tsx";
import controls from "../../components/controls.module.css";
import { CopyButton } from "../../components/copy-button.tsx";
import { ProblemText } from "../../components/problem-text.tsx";
import { cls } from "../../css.ts";
import { formatTokens, pairOf, TOKENS, type Token } from "../../format/amounts.ts";
import { atHandle, spokenName } from "../../format/identity.ts";
import { useAccount } from "../../payments/use-account.ts";
import { MoveHandleDialog, RegisterHandleDialog } from "./handle-dialogs.tsx";
import { ReceiveDialog } from "./receive-dialog.tsx";
import { SendDialog } from "./send-dialog.tsx";
import { WALLET } from "./strings.ts";
import styles from "./wallet.module.css";

const ProfileDialog = lazy(async () => ({
  default: (await import("./profile-dialog.tsx")).ProfileDialog,
}));

type Open = "send" | "receive" | "register" | "move" | "profile" | null;
const NAMES: Readonly<Record<Token, string>> = {
  consumer: "Consumer tokens",
  industrial: "Industrial tokens",
};

/** Identity, balances, actions. */
export function WalletHead(props: {
  readonly wallet: WalletView;
  readonly readonly: boolean;
}): ReactNode {
  const { wallet, readonly } = props;
  const me = wallet.address;
  const account = useAccount(me);
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => {
    setOpen(null);
  };
  const known = account.data?.address === me ? account.data : null;
  return (
    <>
      <Identity me={me} account={known} readonly={readonly} onOpen={setOpen} />
      <ProblemText problem={account.problem} onRetry={account.again} />
      <dl className={styles["balances"]}>
        {TOKENS.map((token) => (
          <div key={token} className={styles["balance"]}>
            <dt>{NAMES[token]}</dt>
            <dd>{formatTokens(wallet[token])}</dd>
            <dd className={controls["hint"]}>
              {WALLET[token]}
              <Reserved account={known} token={token} />
            </dd>
          </div>
        ))}
      </dl>
      <div className={cls(controls["row"], styles["actions"])}>
        <button
          type="button"
          className={cls(controls["button"], controls["primary"])}
          disabled={readonly}
          onClick={() => {
            setOpen("send");
          }}
        >
          Send
        </button>
        <button
          type="button"
          className={controls["button"]}
          onClick={() => {
            setOpen("receive");
          }}
        >
          Receive
        </button>
      </div>
      {open === "send" ? <SendDialog me={me} onClose={close} /> : null}
      {open === "receive" ? (
        <ReceiveDialog address={me} handle={known?.handle ?? null} onClose={close} />
      ) : null}
      {open === "register" ? <RegisterHandleDialog me={me} onClose={close} /> : null}
      {open === "move" && known !== null && known.handle !== null ? (
        <MoveHandleDialog me={me} handle={known.handle} onClose={close} />
      ) : null}
      {open === "profile" && known !== null ? (
        <Suspense fallback={null}>
          <ProfileDialog account={known} onClose={close} />
        </Suspense>
      ) : null}
    </>
  );
}

function Reserved(props: {
  readonly account: AccountView | null;
  readonly token: Token;
}): ReactNode {
  const { account, token } = props;
  if (account === null) return null;
  const reserved = pairOf(account.reserved)[token];
  return reserved === 0n ? null : (
    <span className={styles["reserved"]}>
      {formatTokens(reserved)} of it is promised to payments that wait
    </span>
  );
}

function Identity(props: {
  readonly me: string;
  readonly account: AccountView | null;
  readonly readonly: boolean;
  readonly onOpen: (open: Open) => void;
}): ReactNode {
  const { me, account, readonly, onOpen } = props;
  const handle = account?.handle ?? null;
  const profile = account?.profile ?? null;
  const name = profile?.name ?? "";
  const change = (open: Open, words: string): ReactNode => (
    <button
      type="button"
      className={cls(controls["button"], controls["quiet"])}
      onClick={() => {
        onOpen(open);
      }}
    >
      {words}
    </button>
  );
  return (
    <div className={styles["identity"]}>
      <Avatar address={me} profile={profile} sizePx={72} />
      <p className={styles["name"]}>
        {handle === null ? (name === "" ? spokenName(me) : name) : atHandle(handle)}
        {handle === null || name === "" ? null : <small>{name}</small>}
      </p>
      <p className={styles["address-line"]}>
        <span className={controls["mono"]} data-address>
          {me}
        </span>
      </p>
      <div className={styles["who-actions"]}>
        <CopyButton text={me} label="Copy the address" />
        {readonly || account === null ? null : (
          <>
            {handle === null
              ? change("register", "Register a handle…")
              : change("move", "Move the handle…")}
            {change("profile", profile === null ? "Add a profile…" : "Change the profile…")}
          </>
        )}
      </div>
    </div>
  );
}
