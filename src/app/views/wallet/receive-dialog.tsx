/**
 * What others need to pay this account: its address, its handle, a code to scan.
 *
 * @module
 */
import type { ReactNode } from "react";
import controls from "../../components/controls.module.css";
import { CopyButton } from "../../components/copy-button.tsx";
import { Modal } from "../../components/modal.tsx";
import { QrCode } from "../../components/qr-code.tsx";
import { atHandle } from "../../format/identity.ts";
import styles from "./wallet.module.css";

/** The dialog. */
export function ReceiveDialog(props: {
  readonly address: string;
  readonly handle: string | null;
  readonly onClose: () => void;
}): ReactNode {
  const { address, handle, onClose } = props;
  return (
    <Modal title="Receive tokens" onClose={onClose}>
      <p className={controls["hint"]}>
        Give one of these to whoever wants to pay you. Neither of them lets anybody take anything.
      </p>
      {handle === null ? null : (
        <div className={styles["give"]}>
          <p className={styles["big-handle"]}>{atHandle(handle)}</p>
          <CopyButton text={atHandle(handle)} label="Copy the handle" />
        </div>
      )}
      <div className={styles["give"]}>
        <p className={controls["mono"]}>{address}</p>
        <CopyButton text={address} label="Copy the address" primary />
      </div>
      <figure className={styles["code"]}>
        <QrCode text={address} label="QR code of this address" sizePx={192} />
        <figcaption className={controls["hint"]}>
          The code holds the address alone. Tokens belong to this story and to no other.
        </figcaption>
      </figure>
    </Modal>
  );
}
