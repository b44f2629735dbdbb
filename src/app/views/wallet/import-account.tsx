/**
 * Takes an account's key from a PEM file or from the clipboard, and says first what the phrase will not
 * bring back.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { cls } from "../../css.ts";
import { shortId } from "../../format/identity.ts";
import { useClient } from "../../services-context.ts";
import { WALLET } from "./strings.ts";

/** A key file has about 120 bytes; nothing larger is read. */
const FILE_MAX_BYTES = 16_384;

/** The form, folded. */
export function ImportAccount(props: { readonly onImported: () => Promise<void> }): ReactNode {
  const client = useClient();
  const action = useAction();
  const [pem, setPem] = useState("");
  const [agreed, setAgreed] = useState(false);
  const [address, setAddress] = useState<string | null>(null);
  const [tooLarge, setTooLarge] = useState(false);
  return (
    <details>
      <summary>Import a key file</summary>
      <form
        className={panel["form"]}
        onSubmit={(event) => {
          event.preventDefault();
          action.run(async () => {
            const answer = await client.request({ method: "import_account", params: { pem } });
            setPem("");
            setAgreed(false);
            setAddress(answer.address);
            await props.onImported();
          });
        }}
      >
        <p className={controls["hint"]}>{WALLET.importLead}</p>
        <label className={controls["field"]}>
          <span className={controls["label"]}>File</span>
          <input
            className={controls["file"]}
            type="file"
            accept=".pem,.key,.txt"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file === undefined) return;
              setTooLarge(file.size > FILE_MAX_BYTES);
              if (file.size > FILE_MAX_BYTES) return;
              action.run(async () => {
                setPem(await file.text());
              });
            }}
          />
          {tooLarge ? (
            <span className={controls["error"]}>That is too large for a key file.</span>
          ) : null}
        </label>
        <label className={controls["field"]}>
          <span className={controls["label"]}>Or its text</span>
          <textarea
            className={cls(controls["input"], controls["mono"])}
            rows={4}
            autoComplete="off"
            spellCheck={false}
            placeholder="-----BEGIN PRIVATE KEY-----"
            value={pem}
            onChange={(event) => {
              setPem(event.target.value);
            }}
          />
        </label>
        <label className={controls["check"]}>
          <input
            type="checkbox"
            checked={agreed}
            onChange={(event) => {
              setAgreed(event.target.checked);
            }}
          />
          <span>{WALLET.importWarning}</span>
        </label>
        <ProblemText problem={action.problem} />
        <div className={controls["row"]}>
          <button
            type="submit"
            className={controls["button"]}
            disabled={action.busy || pem.trim() === "" || !agreed}
          >
            {action.busy ? "Importing…" : "Import the account"}
          </button>
          <span aria-live="polite">
            {address === null ? "" : `Imported: ${shortId(address)} ✓`}
          </span>
        </div>
      </form>
    </details>
  );
}
