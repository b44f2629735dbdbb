/**
 * The accounts of this wallet: choose, add, name, import, export.
 *
 * @module
 */
import { type ReactNode, useCallback, useState } from "react";
import type { OwnAccount } from "../../api-types.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { type Action, useAction } from "../../components/use-action.ts";
import { useQuery } from "../../components/use-query.ts";
import { useClient } from "../../services-context.ts";
import { markLedger, useLedger } from "../../stores/ledger-store.ts";
import { loadWallet } from "../../stores/wallet-store.ts";
import { AccountRow } from "./account-row.tsx";
import { ExportAccountDialog } from "./export-account.tsx";
import { ImportAccount } from "./import-account.tsx";
import { WALLET } from "./strings.ts";

/** The section; `me` is the chosen account. */
export function AccountsSection(props: {
  readonly me: string;
  readonly locked: boolean;
  readonly passphrase: boolean;
}): ReactNode {
  const { me, locked, passphrase } = props;
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const ask = useCallback(() => client.request({ method: "list_accounts" }), [client]);
  const { data, problem, again } = useQuery(ask, `${mark}/${me}`);
  const action: Action = useAction();
  const [exporting, setExporting] = useState<OwnAccount | null>(null);
  const changed = async (): Promise<void> => {
    await loadWallet(client);
    markLedger();
    again();
  };
  return (
    <section className={panel["section"]}>
      <h2>Accounts</h2>
      <p className={panel["lead"]}>{WALLET.accountsLead}</p>
      <ProblemText problem={problem} onRetry={again} />
      {data === null ? null : (
        <ul aria-label="Accounts of this wallet">
          {data.accounts.map((account) => (
            <AccountRow
              key={account.address}
              account={account}
              locked={locked}
              busy={action.busy}
              onSelect={() => {
                action.run(async () => {
                  const { address } = account;
                  await client.request({ method: "select_account", params: { address } });
                  await changed();
                });
              }}
              onRename={(name) => {
                action.run(async () => {
                  const { address } = account;
                  await client.request({ method: "rename_account", params: { address, name } });
                  again();
                });
              }}
              onExport={() => {
                setExporting(account);
              }}
            />
          ))}
        </ul>
      )}
      <ProblemText problem={action.problem} />
      <div className={controls["row"]}>
        <button
          type="button"
          className={controls["button"]}
          disabled={action.busy || locked}
          onClick={() => {
            action.run(async () => {
              await client.request({ method: "add_account", params: {} });
              again();
            });
          }}
        >
          Add an account
        </button>
        <span className={controls["hint"]}>The same recovery phrase brings it back.</span>
      </div>
      {locked ? null : <ImportAccount onImported={changed} />}
      {exporting === null ? null : (
        <ExportAccountDialog
          account={exporting}
          passphrase={passphrase}
          onClose={() => {
            setExporting(null);
          }}
        />
      )}
    </section>
  );
}
