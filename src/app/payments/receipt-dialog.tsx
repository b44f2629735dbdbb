/**
 * A receipt in a dialog, from wherever a payment is named.
 *
 * @module
 */
import type { ReactNode } from "react";
import { Modal } from "../components/modal.tsx";
import { ReceiptDetails } from "./receipt-details.tsx";

/** The dialog for `txid`. */
export function ReceiptDialog(props: {
  readonly txid: string;
  readonly me: string | null;
  readonly onClose: () => void;
}): ReactNode {
  const { txid, me, onClose } = props;
  return (
    <Modal title="Receipt" onClose={onClose} wide>
      <ReceiptDetails txid={txid} me={me} onLeave={onClose} />
    </Modal>
  );
}
