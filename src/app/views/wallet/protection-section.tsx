/**
 * Passphrase: lock, unlock, set, change.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import type { WalletView } from "../../api-types.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { PasswordField } from "../../components/password-field.tsx";
import { ProblemText } from "../../components/problem-text.tsx";
import { UnlockForm } from "../../components/unlock-form.tsx";
import { useAction } from "../../components/use-action.ts";
import { useClient } from "../../services-context.ts";
import { loadWallet } from "../../stores/wallet-store.ts";
import { PROTECTION, PROTECTION_ID, WALLET } from "./strings.ts";

/** The section. */
export function ProtectionSection(props: { readonly wallet: WalletView }): ReactNode {
  const { wallet } = props;
  return (
    <section className={panel["section"]}>
      <h2 id={PROTECTION_ID} tabIndex={-1}>
        Protection on this device
      </h2>
      <p className={panel["lead"]}>
        {wallet.locked ? WALLET.locked : PROTECTION[wallet.protection]}
      </p>
      {wallet.locked ? (
        <UnlockForm />
      ) : (
        <>
          {wallet.protection === "passphrase" ? <Lock /> : null}
          <SetPassphrase has={wallet.protection === "passphrase"} />
        </>
      )}
    </section>
  );
}

function Lock(): ReactNode {
  const client = useClient();
  const action = useAction();
  return (
    <>
      <div className={controls["row"]}>
        <button
          type="button"
          className={controls["button"]}
          disabled={action.busy}
          onClick={() => {
            action.run(async () => {
              await client.request({ method: "lock_wallet" });
              await loadWallet(client);
            });
          }}
        >
          Lock it now
        </button>
        <span className={controls["hint"]}>Nothing can be signed until you unlock it.</span>
      </div>
      <ProblemText problem={action.problem} />
    </>
  );
}

function SetPassphrase(props: { readonly has: boolean }): ReactNode {
  const { has } = props;
  const client = useClient();
  const action = useAction();
  const [current, setCurrent] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [done, setDone] = useState(false);
  const differs = again !== "" && again !== passphrase;
  return (
    <details>
      <summary>{has ? "Change the passphrase" : "Add a passphrase"}</summary>
      <form
        className={panel["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          setDone(false);
          action.run(async () => {
            await client.request({
              method: "set_passphrase",
              params: has ? { passphrase, current } : { passphrase },
            });
            setCurrent("");
            setPassphrase("");
            setAgain("");
            setDone(true);
            await loadWallet(client);
          });
        }}
      >
        <p className={controls["hint"]}>
          You will be asked for it when the page opens. Nobody can reset it; the recovery phrase
          still works.
        </p>
        {has ? (
          <PasswordField
            label="Passphrase now"
            value={current}
            autoComplete="current-password"
            onChange={setCurrent}
          />
        ) : null}
        <PasswordField
          label="New passphrase"
          value={passphrase}
          autoComplete="new-password"
          onChange={setPassphrase}
        />
        <PasswordField
          label="The same again"
          value={again}
          autoComplete="new-password"
          onChange={setAgain}
          {...(differs ? { error: "The two are not the same." } : {})}
        />
        <ProblemText problem={action.problem} />
        <div className={controls["row"]}>
          <button
            type="submit"
            className={controls["button"]}
            disabled={action.busy || passphrase === "" || again !== passphrase}
          >
            {action.busy ? "Encrypting…" : "Set the passphrase"}
          </button>
          <span aria-live="polite">{done ? "Set ✓" : ""}</span>
        </div>
      </form>
    </details>
  );
}
