/**
 * The wallet of this tab: address, both balances, where rewards came from, and the keystore.
 *
 * @module
 */
import { type ReactNode, useEffect } from "react";
import controls from "../../components/controls.module.css";
import { CopyButton } from "../../components/copy-button.tsx";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { QrCode } from "../../components/qr-code.tsx";
import { cls } from "../../css.ts";
import { formatTokens } from "../../format/amounts.ts";
import { messageFor } from "../../messages.ts";
import { useClient } from "../../services-context.ts";
import { useStatus } from "../../stores/status-store.ts";
import { loadWallet, useWallet } from "../../stores/wallet-store.ts";
import { PhraseSection } from "./phrase-section.tsx";
import { ProtectionSection } from "./protection-section.tsx";
import { RestoreSection } from "./restore-section.tsx";
import { Rewards } from "./rewards.tsx";
import { WALLET } from "./strings.ts";
import styles from "./wallet.module.css";

/** The view. */
export function WalletView(): ReactNode {
  const client = useClient();
  const { wallet, failure } = useWallet();
  const readonly = useStatus((state) => state.status?.mode === "readonly");
  useEffect(() => {
    void loadWallet(client);
  }, [client]);
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
          <dl className={styles["balances"]}>
            <div className={styles["balance"]}>
              <dt>Consumer tokens</dt>
              <dd>{formatTokens(wallet.consumer)}</dd>
              <dd className={controls["hint"]}>{WALLET.consumer}</dd>
            </div>
            <div className={styles["balance"]}>
              <dt>Industrial tokens</dt>
              <dd>{formatTokens(wallet.industrial)}</dd>
              <dd className={controls["hint"]}>{WALLET.industrial}</dd>
            </div>
          </dl>
          <section className={panel["section"]}>
            <h2>Address</h2>
            <div className={styles["address"]}>
              <div className={styles["address-text"]}>
                <p className={controls["mono"]} data-address>
                  {wallet.address}
                </p>
                <div className={controls["row"]}>
                  <CopyButton text={wallet.address} label="Copy the address" />
                </div>
              </div>
              <QrCode text={wallet.address} label="QR code of this address" sizePx={128} />
            </div>
          </section>
          <Rewards />
          {readonly ? null : (
            <>
              <PhraseSection wallet={wallet} />
              <ProtectionSection wallet={wallet} />
              <RestoreSection />
            </>
          )}
        </>
      )}
    </div>
  );
}
