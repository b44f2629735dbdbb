import type { ReactNode } from "react";
export function WalletView(): ReactNode {
  return null;
}
