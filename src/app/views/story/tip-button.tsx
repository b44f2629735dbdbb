/**
 * The way from a paragraph's margin to its tips; the dialog is loaded when it is first opened.
 *
 * @module
 */
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { ParagraphView } from "../../../peer/rpc/shapes.ts";
import { formatPair } from "../../format/amounts.ts";
import { useTips } from "../../stores/tips-store.ts";
import styles from "./story.module.css";
import { byWhom } from "./strings.ts";

const TipDialog = lazy(async () => ({
  default: (await import("./tip-dialog.tsx")).TipDialog,
}));

/** `Tip`, or what was tipped so far. */
export function TipButton(props: { readonly paragraph: ParagraphView }): ReactNode {
  const { paragraph } = props;
  const sum = useTips((state) => state.sums.get(paragraph.block) ?? null);
  const [open, setOpen] = useState(false);
  const tipped = sum !== null && (sum.consumer > 0n || sum.industrial > 0n);
  const words = tipped ? `tipped ${formatPair(sum)}` : paragraph.mine ? "tips" : "tip";
  return (
    <>
      <button
        type="button"
        className={styles["tip"]}
        data-tipped={tipped || undefined}
        aria-haspopup="dialog"
        aria-label={
          paragraph.mine
            ? `Tips for your paragraph ${paragraph.height}${tipped ? `: ${words}` : ""}`
            : `Tip ${byWhom(paragraph)} for paragraph ${paragraph.height}${tipped ? `; ${words} so far` : ""}`
        }
        onClick={() => {
          setOpen(true);
        }}
      >
        {words}
      </button>
      {open ? (
        <Suspense fallback={null}>
          <TipDialog
            paragraph={paragraph}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
