/**
 * A name of one's own: registering a handle, with its price said before, and moving it to another address.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import { Modal } from "../../components/modal.tsx";
import { TextField } from "../../components/text-field.tsx";
import { atHandle } from "../../format/identity.ts";
import { OperationForm } from "../../payments/operation-form.tsx";
import { cleanHandle, isHandle, moveHandle, registerHandle } from "../../payments/operations.ts";
import { RecipientField } from "../../payments/recipient-field.tsx";
import { type Recipient, useRecipient } from "../../payments/use-recipient.ts";
import { WALLET } from "./strings.ts";

function handleHint(handle: string, owner: Recipient, me: string): string {
  if (handle === "" || !isHandle(handle)) return WALLET.handleRule;
  if (owner.kind === "asking") return "Asking whether it is free…";
  if (owner.kind === "found" && owner.address === me) return "You have this one already.";
  return owner.kind === "unknown" ? `${atHandle(handle)} is free.` : "";
}

/** Registers a handle for `me`. */
export function RegisterHandleDialog(props: {
  readonly me: string;
  readonly onClose: () => void;
}): ReactNode {
  const { me, onClose } = props;
  const [text, setText] = useState("");
  const [touched, setTouched] = useState(false);
  const handle = cleanHandle(text);
  const owner = useRecipient(isHandle(handle) ? handle : "");
  const taken = owner.kind === "found";
  const wrong = (touched || text.length > 24) && !isHandle(handle);
  return (
    <Modal title="Register a handle" onClose={onClose}>
      <OperationForm
        me={me}
        draft={isHandle(handle) && !taken ? registerHandle(handle) : null}
        frame={registerHandle("x".repeat(8))}
        label="Register it for 10 consumer tokens"
        done={`${atHandle(handle)} is asked for`}
        onClose={onClose}
        onIncomplete={() => {
          setTouched(true);
        }}
      >
        <p>{WALLET.handleLead}</p>
        <TextField
          label="Handle"
          value={text}
          onChange={setText}
          hint={handleHint(handle, owner, me)}
          error={
            taken && owner.address !== me
              ? `Somebody has ${atHandle(handle)} already. Choose another one.`
              : wrong
                ? WALLET.handleRule
                : undefined
          }
        />
      </OperationForm>
    </Modal>
  );
}

/** Gives the handle of `me` away. */
export function MoveHandleDialog(props: {
  readonly me: string;
  readonly handle: string;
  readonly onClose: () => void;
}): ReactNode {
  const { me, handle, onClose } = props;
  const [to, setTo] = useState("");
  const [touched, setTouched] = useState(false);
  const recipient = useRecipient(to);
  const found = recipient.kind === "found" && recipient.address !== me;
  return (
    <Modal title={`Move ${atHandle(handle)}`} onClose={onClose}>
      <OperationForm
        me={me}
        draft={found ? moveHandle(handle, recipient.address) : null}
        frame={moveHandle(handle, me)}
        label="Move it"
        done={`${atHandle(handle)} is on its way to its new owner`}
        onClose={onClose}
        onIncomplete={() => {
          setTouched(true);
        }}
      >
        <p>{WALLET.moveLead}</p>
        <RecipientField
          label="New owner"
          text={to}
          me={me}
          recipient={recipient}
          touched={touched}
          onText={setTo}
        />
      </OperationForm>
    </Modal>
  );
}
