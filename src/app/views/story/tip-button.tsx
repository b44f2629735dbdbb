/**
 * The way from a paragraph's margin to its tips.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";
import { formatPair } from "../../format/amounts.ts";
import { useTips } from "../../stores/tips-store.ts";
import styles from "./paragraph.module.css";

/** `tip`, or what was tipped so far; nothing on one's own paragraph that nobody tipped. */
export function TipButton(props: {
  readonly paragraph: ParagraphView;
  readonly onTip: (paragraph: ParagraphView) => void;
}): ReactNode {
  const { paragraph, onTip } = props;
  const sum = useTips((state) => state.sums.get(paragraph.block) ?? null);
  const tipped = sum !== null && (sum.consumer > 0n || sum.industrial > 0n);
  // One's own lines have nothing to open before somebody tipped them.
  if (paragraph.mine && !tipped) return null;
  const words = tipped ? `tipped ${formatPair(sum)}` : "tip";
  const so = tipped ? `: ${words} so far` : "";
  return (
    <button
      type="button"
      className={styles["tip"]}
      data-tipped={tipped || undefined}
      aria-haspopup="dialog"
      aria-label={
        paragraph.mine
          ? `Tips for your paragraph ${paragraph.height}${so}`
          : `Tip the author of paragraph ${paragraph.height}${so}`
      }
      onClick={() => {
        onTip(paragraph);
      }}
    >
      {words}
    </button>
  );
}
