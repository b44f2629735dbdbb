/**
 * Adds an entry to the codex, or amends one's own.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import type { CodexEntry } from "../../api-types.ts";
import controls from "../../components/controls.module.css";
import { Modal } from "../../components/modal.tsx";
import { TextField } from "../../components/text-field.tsx";
import { cleanText, countBytes } from "../../format/paragraph-text.ts";
import { OperationForm } from "../../payments/operation-form.tsx";
import {
  CODEX_NAME_MAX_BYTES,
  CODEX_TEXT_MAX_BYTES,
  writeCodex,
} from "../../payments/operations.ts";
import { CODEX, KINDS } from "./strings.ts";

/** The dialog; `entry` is the one that is amended, null for a new one. */
export function EntryDialog(props: {
  readonly me: string;
  readonly entry: CodexEntry | null;
  /** What adding costs now, in consumer units. */
  readonly price: bigint;
  readonly onClose: () => void;
}): ReactNode {
  const { me, entry, price, onClose } = props;
  const [kind, setKind] = useState<CodexEntry["kind"]>(entry?.kind ?? "character");
  const [name, setName] = useState(entry?.name ?? "");
  const [text, setText] = useState(entry?.text ?? "");
  const [touched, setTouched] = useState(false);
  const cleanName = entry?.name ?? cleanText(name.replaceAll("\n", " "));
  const clean = cleanText(text);
  const nameLong = countBytes(cleanName) > CODEX_NAME_MAX_BYTES;
  const textLong = countBytes(clean) > CODEX_TEXT_MAX_BYTES;
  const complete = cleanName !== "" && clean !== "" && !nameLong && !textLong;
  const action = entry === null ? "add" : "amend";
  const draft = writeCodex({ action, kind, name: cleanName, text: clean }, price);
  const hint = KINDS.find(([one]) => one === kind)?.[3] ?? "";
  return (
    <Modal title={entry === null ? "Add to the codex" : `Amend “${entry.name}”`} onClose={onClose}>
      <OperationForm
        me={me}
        draft={complete ? draft : null}
        frame={draft}
        label={entry === null ? "Add it" : "Amend it"}
        done={`“${cleanName}” is on its way into the codex`}
        onClose={onClose}
        onIncomplete={() => {
          setTouched(true);
        }}
      >
        <p className={controls["hint"]}>{CODEX.formLead}</p>
        {entry === null ? (
          <>
            <fieldset className={controls["field"]}>
              <legend className={controls["label"]}>Kind</legend>
              <div className={controls["choices"]}>
                {KINDS.map(([value, one]) => (
                  <label key={value} className={controls["choice"]}>
                    <input
                      type="radio"
                      name="codex-kind"
                      checked={kind === value}
                      onChange={() => {
                        setKind(value);
                      }}
                    />
                    {one}
                  </label>
                ))}
              </div>
            </fieldset>
            <TextField
              label="Name"
              value={name}
              onChange={setName}
              maxBytes={CODEX_NAME_MAX_BYTES}
              error={
                nameLong
                  ? "Shorten the name."
                  : touched && cleanName === ""
                    ? "It needs a name."
                    : undefined
              }
            />
          </>
        ) : null}
        <TextField
          label="What is to be known"
          value={text}
          onChange={setText}
          rows={4}
          maxBytes={CODEX_TEXT_MAX_BYTES}
          hint={`${hint.charAt(0).toUpperCase()}${hint.slice(1)}.`}
          error={
            textLong
              ? "Shorten the text."
              : touched && clean === ""
                ? "Write at least one word."
                : undefined
          }
        />
      </OperationForm>
    </Modal>
  );
}
