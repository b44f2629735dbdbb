/**
 * Gives out an account's key as a PEM file, after saying what such a file is.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import type { OwnAccount } from "../../api-types.ts";
import controls from "../../components/controls.module.css";
import { Modal } from "../../components/modal.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { ProblemText } from "../../components/problem-text.tsx";
import { saveFile } from "../../components/save-file.ts";
import { useAction } from "../../components/use-action.ts";
import { cls } from "../../css.ts";
import payments from "../../payments/payments.module.css";
import { useClient } from "../../services-context.ts";
import { WALLET } from "./strings.ts";

/** The dialog; `passphrase` when the wallet has one. */
export function ExportAccountDialog(props: {
  readonly account: OwnAccount;
  readonly passphrase: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { account, onClose } = props;
  const client = useClient();
  const action = useAction();
  const [agreed, setAgreed] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const [saved, setSaved] = useState(false);
  return (
    <Modal title="Export a key" onClose={onClose}>
      <form
        className={payments["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          action.run(async () => {
            const { address } = account;
            const { pem } = await client.request({
              method: "export_account",
              params: props.passphrase ? { address, passphrase } : { address },
            });
            saveFile(`fabula-${address.slice(0, 8)}.pem`, "application/x-pem-file", pem);
            setPassphrase("");
            setSaved(true);
          });
        }}
      >
        <p className={controls["mono"]}>{account.address}</p>
        <p>{WALLET.exportLead}</p>
        {props.passphrase ? (
          <PasswordField
            label="Passphrase"
            value={passphrase}
            autoComplete="current-password"
            onChange={setPassphrase}
          />
        ) : null}
        <label className={controls["check"]}>
          <input
            type="checkbox"
            checked={agreed}
            onChange={(event) => {
              setAgreed(event.target.checked);
            }}
          />
          <span>{WALLET.exportWarning}</span>
        </label>
        <ProblemText problem={action.problem} />
        <div className={controls["row"]}>
          <button
            type="submit"
            className={cls(controls["button"], controls["danger"])}
            disabled={action.busy || !agreed || (props.passphrase && passphrase === "")}
          >
            {action.busy ? "Opening the key…" : "Save the key file"}
          </button>
          <button type="button" className={controls["button"]} onClick={onClose}>
            {saved ? "Done" : "Cancel"}
          </button>
          <span aria-live="polite">{saved ? "Saved ✓" : ""}</span>
        </div>
      </form>
    </Modal>
  );
}
