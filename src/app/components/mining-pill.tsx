/**
 * Says at any time whether this tab computes, and stops it in two clicks.
 *
 * @module
 */
import { type ReactNode, useRef } from "react";
import type { Preset } from "../api-types.ts";
import { cls } from "../css.ts";
import { formatRate, plural } from "../format/numbers.ts";
import { useClient } from "../services-context.ts";
import { changeSettings, showCard } from "../stores/settings-store.ts";
import { useStatus } from "../stores/status-store.ts";
import { NOT_MINING, pillWords } from "../strings.ts";
import controls from "./controls.module.css";
import { PresetChoice } from "./preset-choice.tsx";
import { ProblemText } from "./problem-text.tsx";
import styles from "./shell.module.css";
import { useAction } from "./use-action.ts";

/** Pill and popover. */
export function MiningPill(): ReactNode {
  const client = useClient();
  const status = useStatus((state) => state.status);
  const action = useAction();
  const box = useRef<HTMLElement>(null);
  const mining = status?.mining;
  const words = pillWords(status);
  const setPreset = (preset: Preset): void => {
    action.run(async () => {
      if (mining?.consent === true) {
        await client.request({
          method: "start_mining",
          params: mining.writer === null ? { preset } : { preset, writer: mining.writer },
        });
      } else {
        await changeSettings(client, { preset });
      }
    });
  };
  return (
    <>
      <button
        type="button"
        className={cls(styles["pill"], mining?.active === true && styles["pill-on"])}
        popoverTarget="mining-words"
      >
        <span className={styles["pill-text"]}>{words}</span>
      </button>
      <section
        ref={box}
        id="mining-words"
        popover="auto"
        className={styles["popover"]}
        aria-label="Mining"
      >
        <p className={styles["popover-title"]}>{words}</p>
        <p>
          {mining?.reason
            ? NOT_MINING[mining.reason][1]
            : mining?.active === true
              ? "This tab computes to bring its paragraph into the story."
              : "Nothing is computed in this tab now."}
        </p>
        {mining === undefined ? null : (
          <>
            <dl className={styles["facts"]}>
              <dt>Rate</dt>
              <dd>
                {mining.active && mining.hashesPerSecond === 0
                  ? "being measured"
                  : formatRate(mining.hashesPerSecond)}
              </dd>
              <dt>Threads</dt>
              <dd>{mining.threads}</dd>
              <dt>Found since opened</dt>
              <dd>{plural(mining.found, "paragraph")}</dd>
            </dl>
            <PresetChoice value={mining.preset} name="pill-preset" onChange={setPreset} />
          </>
        )}
        <div className={controls["row"]}>
          {mining?.consent === true ? (
            <button
              type="button"
              className={controls["button"]}
              disabled={action.busy}
              onClick={() => {
                action.run(async () => {
                  await client.request({ method: "stop_mining" });
                });
              }}
            >
              Stop mining
            </button>
          ) : (
            <button
              type="button"
              className={cls(controls["button"], controls["primary"])}
              disabled={status === null || status.mode === "readonly"}
              onClick={() => {
                box.current?.hidePopover();
                location.hash = /^#?\/?(s\/|$)/.test(location.hash) ? location.hash : "#/";
                showCard(true);
              }}
            >
              Join the writing…
            </button>
          )}
        </div>
        <ProblemText problem={action.problem} />
      </section>
    </>
  );
}
