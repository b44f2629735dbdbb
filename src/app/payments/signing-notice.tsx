/**
 * Why this tab cannot sign now, in the place where a person would want to.
 *
 * @module
 */
import type { ReactNode } from "react";
import { StateNotice } from "../components/state-notice.tsx";
import { UnlockForm } from "../components/unlock-form.tsx";
import { useStatus } from "../stores/status-store.ts";
import { useWallet } from "../stores/wallet-store.ts";

/** What keeps this tab from signing; null when nothing does. */
export function useSigning(): "readonly" | "locked" | "unknown" | null {
  const readonly = useStatus((state) => state.status?.mode === "readonly");
  const locked = useWallet((state) => state.wallet?.locked ?? null);
  if (readonly) return "readonly";
  if (locked === null) return "unknown";
  return locked ? "locked" : null;
}

/** The notice for `useSigning`. */
export function SigningNotice(props: {
  readonly why: "readonly" | "locked" | "unknown";
}): ReactNode {
  const { why } = props;
  if (why === "readonly") {
    return (
      <StateNotice
        id="cannot-sign"
        tone="warn"
        place="inline"
        title="This page can only read"
        text="It has no keys, so nothing can be signed here. Open the story over https, or in a tab that can keep data."
      />
    );
  }
  if (why === "locked") {
    return (
      <StateNotice
        id="wallet-locked"
        tone="calm"
        place="inline"
        title="The wallet is locked"
        text="Everything can be read; signing needs your passphrase."
      >
        <UnlockForm />
      </StateNotice>
    );
  }
  return <p aria-live="polite">The wallet is being opened…</p>;
}
