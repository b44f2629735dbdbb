/**
 * One transaction, as a page: the receipt, from nobody's side.
 *
 * @module
 */
import type { ReactNode } from "react";
import controls from "../../components/controls.module.css";
import { ReceiptDetails } from "../../payments/receipt-details.tsx";
import styles from "./explorer.module.css";
import { PageTitle } from "./page-title.tsx";

/** The page. */
export function TransactionPage(props: { readonly txid: string }): ReactNode {
  return (
    <div className={styles["narrow"]}>
      <PageTitle title="Transaction" id="" />
      <h2 className={controls["visually-hidden"]}>Receipt</h2>
      <ReceiptDetails txid={props.txid} me={null} />
    </div>
  );
}
