import type { ReactNode } from "react";
export function StartStoryView(): ReactNode {
  return null;
}
