/**
 * The most urgent state in words under the header; the others one click away.
 *
 * @module
 */
import { type ReactNode, useEffect, useState } from "react";
import { plural } from "../format/numbers.ts";
import { currentNotices, type Notice } from "../notices.ts";
import type { Route } from "../routes.ts";
import { useServices } from "../services-context.ts";
import { changeSettings } from "../stores/settings-store.ts";
import { dismissNotice, useStatus } from "../stores/status-store.ts";
import { useWallet } from "../stores/wallet-store.ts";
import controls from "./controls.module.css";
import { ProblemText } from "./problem-text.tsx";
import { ShareSheet } from "./share-sheet.tsx";
import styles from "./shell.module.css";
import { StateNotice } from "./state-notice.tsx";
import { useAction } from "./use-action.ts";
import { useNow } from "./use-now.ts";

const LINKS: Readonly<Partial<Record<Notice["action"]["kind"], string>>> = {
  network: "#/network",
  wallet: "#/wallet",
  settings: "#/settings",
};

/**
 * True from the first moment at which a banner moves no text under the reader's eyes: another view than
 * the story, or the story scrolled, where the browser holds the text in its place. What can wait, waits.
 */
function useCalmMoment(wanted: boolean, view: Route["view"]): boolean {
  const [calm, setCalm] = useState(false);
  useEffect(() => {
    if (!wanted || calm) return undefined;
    const look = (): void => {
      if (view !== "story" || scrollY > 0) setCalm(true);
    };
    look();
    addEventListener("scroll", look, { passive: true });
    return () => {
      removeEventListener("scroll", look);
    };
  }, [wanted, calm, view]);
  return calm;
}

/** The banner area; empty when all is well. */
export function NoticeArea(props: { readonly view: Route["view"] }): ReactNode {
  const services = useServices();
  const state = useStatus();
  const nowMs = useNow(1000);
  const action = useAction();
  const [all, setAll] = useState(false);
  const [sharing, setSharing] = useState(false);
  const unchecked = useWallet(
    ({ wallet, rewardsTotal }) => rewardsTotal > 0 && wallet?.phraseChecked === false,
  );
  const calm = useCalmMoment(unchecked, props.view);
  const facts = { ...services, phraseDue: unchecked && calm && props.view !== "wallet" };
  const notices = currentNotices(state, facts, nowMs);
  const shown = all ? notices : notices.slice(0, 1);
  const hidden = notices.length - shown.length;

  const act = (notice: Notice): void => {
    const { client } = services;
    switch (notice.action.kind) {
      case "retry-connections":
        action.run(async () => {
          await client.request({ method: "retry_connections" });
        });
        return;
      case "reload":
        location.reload();
        return;
      case "update":
        action.run(() => services.applyUpdate());
        return;
      case "share":
      case "copy-link":
        setSharing(true);
        return;
      case "battery":
        action.run(() => changeSettings(client, { mineOnBattery: true }));
        return;
      case "start-mining":
        action.run(async () => {
          await client.request({ method: "start_mining" });
        });
        return;
      case "dismiss":
        dismissNotice(notice.id);
        return;
      case "network":
      case "wallet":
      case "settings":
        return;
    }
  };

  return (
    <div className={styles["notices"]} aria-live="polite">
      {shown.map((notice) => {
        const href = LINKS[notice.action.kind];
        return (
          <StateNotice
            key={notice.id}
            id={notice.id}
            tone={notice.tone}
            title={notice.title}
            text={notice.text}
            {...(notice.progress === undefined ? {} : { progress: notice.progress })}
            action={
              href === undefined
                ? {
                    label: notice.action.label,
                    busy: action.busy,
                    onClick: () => {
                      act(notice);
                    },
                  }
                : { label: notice.action.label, href }
            }
            {...(notice.dismissible && notice.action.kind !== "dismiss"
              ? {
                  onDismiss: () => {
                    dismissNotice(notice.id);
                  },
                }
              : {})}
          />
        );
      })}
      {hidden > 0 || all ? (
        <button
          type="button"
          className={controls["button"]}
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? "Show one" : plural(hidden, "more notice")}
        </button>
      ) : null}
      <ProblemText problem={action.problem} />
      {sharing ? (
        <ShareSheet
          onClose={() => {
            setSharing(false);
          }}
        />
      ) : null}
    </div>
  );
}
