import type { ReactNode } from "react";
export function NetworkView(): ReactNode {
  return null;
}
