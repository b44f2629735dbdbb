/**
 * One state in words with one action. Every state of the product's table is shown through this, so
 * that none of them hangs silently.
 *
 * @module
 */
import type { ReactNode } from "react";
import { cls } from "../css.ts";
import controls from "./controls.module.css";
import styles from "./state-notice.module.css";

/** What the state means for the person; the sign beside the title says it without colour. */
export type NoticeTone = "calm" | "good" | "warn" | "bad";

const SIGNS: Readonly<Record<NoticeTone, string>> = { calm: "·", good: "✓", warn: "!", bad: "×" };

/** Title, one or two sentences, one action; `onDismiss` where the state may be put away. */
export function StateNotice(props: {
  readonly id: string;
  readonly tone: NoticeTone;
  readonly title: string;
  readonly text: string;
  readonly action?: {
    readonly label: string;
    readonly onClick?: () => void;
    readonly href?: string;
    readonly busy?: boolean;
  };
  readonly progress?: { readonly done: number; readonly total: number };
  readonly onDismiss?: () => void;
  readonly place?: "banner" | "inline" | "page";
  readonly children?: ReactNode;
}): ReactNode {
  const { id, tone, title, text, action, progress, onDismiss, place = "banner", children } = props;
  const Title = place === "page" ? "h1" : "p";
  return (
    <section
      className={cls(styles["notice"], styles[tone], styles[place])}
      data-state={id}
      aria-label={title}
    >
      <span className={styles["sign"]} aria-hidden>
        {SIGNS[tone]}
      </span>
      <div className={styles["words"]}>
        <Title className={styles["title"]}>{title}</Title>
        <p>{text}</p>
        {progress === undefined ? null : (
          <progress
            className={styles["progress"]}
            value={progress.done}
            max={Math.max(1, progress.total)}
            aria-label={title}
          />
        )}
        {children}
      </div>
      <div className={styles["actions"]}>
        {action === undefined ? null : action.href === undefined ? (
          <button
            type="button"
            className={controls["button"]}
            disabled={action.busy === true}
            onClick={action.onClick}
          >
            {action.label}
          </button>
        ) : (
          <a className={controls["button"]} href={action.href} onClick={action.onClick}>
            {action.label}
          </a>
        )}
        {onDismiss === undefined ? null : (
          <button
            type="button"
            className={cls(controls["button"], controls["quiet"])}
            onClick={onDismiss}
            aria-label={`Put away: ${title}`}
          >
            Put away
          </button>
        )}
      </div>
    </section>
  );
}
