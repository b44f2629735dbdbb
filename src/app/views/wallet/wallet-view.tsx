/**
 * The wallet of this tab: who it is and what it has, what it paid and received, its accounts, where
 * rewards came from, and the keystore.
 *
 * @module
 */
import { type ReactNode, useEffect, useRef } from "react";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { cls } from "../../css.ts";
import { messageFor } from "../../messages.ts";
import { useClient } from "../../services-context.ts";
import { useStatus } from "../../stores/status-store.ts";
import { loadWallet, useWallet } from "../../stores/wallet-store.ts";
import { AccountsSection } from "./accounts-section.tsx";
import { Activity } from "./activity.tsx";
import { PhraseSection } from "./phrase-section.tsx";
import { ProtectionSection } from "./protection-section.tsx";
import { RestoreSection } from "./restore-section.tsx";
import { Rewards } from "./rewards.tsx";
import { PROTECTION_ID, WALLET } from "./strings.ts";
import { WalletHead } from "./wallet-head.tsx";

/** The view. */
export function WalletView(): ReactNode {
  const client = useClient();
  const { wallet, failure } = useWallet();
  const readonly = useStatus((state) => state.status?.mode === "readonly");
  useEffect(() => {
    void loadWallet(client);
  }, [client]);
  const locked = wallet?.locked ?? null;
  const before = useRef(locked);
  useEffect(() => {
    // The button that was pressed is gone, and its section stands elsewhere.
    if (before.current !== null && locked !== null && before.current !== locked) {
      document.getElementById(PROTECTION_ID)?.focus();
    }
    before.current = locked;
  }, [locked]);
  return (
    <div className={cls(panel["page"], panel["narrow"])}>
      <header>
        <h1 className={panel["heading"]}>{WALLET.title}</h1>
        <p className={panel["lead"]}>{WALLET.lead}</p>
      </header>
      <ProblemText
        problem={failure === null ? null : messageFor(failure)}
        onRetry={() => {
          void loadWallet(client);
        }}
      />
      {wallet === null ? (
        failure === null ? (
          <p aria-live="polite">The wallet is being opened…</p>
        ) : null
      ) : (
        <>
          <WalletHead wallet={wallet} readonly={readonly} />
          {readonly || !wallet.locked ? null : <ProtectionSection wallet={wallet} />}
          <Activity me={wallet.address} />
          <Rewards />
          {readonly ? null : (
            <>
              <AccountsSection
                me={wallet.address}
                locked={wallet.locked}
                passphrase={wallet.protection === "passphrase"}
              />
              <PhraseSection wallet={wallet} />
              {wallet.locked ? null : <ProtectionSection wallet={wallet} />}
              <RestoreSection />
            </>
          )}
        </>
      )}
    </div>
  );
}
