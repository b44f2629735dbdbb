import type { ReactNode } from "react";
export function ApocryphaView(): ReactNode {
  return null;
}
