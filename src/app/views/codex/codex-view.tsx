/**
 * The codex of the story: characters, places, things and rules, as its readers noted them down.
 *
 * @module
 */
import { type ReactNode, useCallback, useState } from "react";
import type { CodexEntry } from "../../api-types.ts";
import { AuthorMark } from "../../components/author-mark.tsx";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { StateNotice } from "../../components/state-notice.tsx";
import { useQuery } from "../../components/use-query.ts";
import { cls } from "../../css.ts";
import { formatCount } from "../../format/numbers.ts";
import { useClient } from "../../services-context.ts";
import { useLedger } from "../../stores/ledger-store.ts";
import { useStatus } from "../../stores/status-store.ts";
import { useStory } from "../../stores/story-store.ts";
import { useWallet } from "../../stores/wallet-store.ts";
import styles from "./codex.module.css";
import { EntryDialog } from "./entry-dialog.tsx";
import { CODEX, KINDS } from "./strings.ts";

/** The view. */
export function CodexView(): ReactNode {
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const title = useStory((state) => state.genesis?.title ?? null);
  const language = useStory((state) => state.genesis?.language ?? "en");
  const me = useWallet((state) => state.wallet?.address ?? null);
  const readonly = useStatus((state) => state.status?.mode === "readonly");
  const ask = useCallback(() => client.request({ method: "get_codex" }), [client]);
  const { data, problem, again } = useQuery(ask, mark);
  const [open, setOpen] = useState<{ readonly entry: CodexEntry | null } | null>(null);
  const entries = data?.entries ?? [];
  const mayWrite = me !== null && !readonly;
  const add = (): void => {
    setOpen({ entry: null });
  };
  return (
    <div className={cls(panel["page"], panel["narrow"])}>
      <header className={styles["head"]}>
        <div>
          <h1 className={panel["heading"]}>{CODEX.title}</h1>
          {title === null ? null : (
            <p className={styles["of"]}>
              of <a href="#/">{title}</a>
            </p>
          )}
          <p className={panel["lead"]}>{CODEX.lead}</p>
        </div>
        {mayWrite && entries.length > 0 ? (
          <button
            type="button"
            className={cls(controls["button"], controls["primary"])}
            onClick={add}
          >
            Add an entry
          </button>
        ) : null}
      </header>
      <ProblemText problem={problem} onRetry={again} />
      {data === null ? (
        problem === null ? (
          <p aria-live="polite">The codex is being read…</p>
        ) : null
      ) : entries.length === 0 ? (
        <StateNotice
          id="codex-empty"
          tone="calm"
          place="inline"
          title={CODEX.none}
          text={CODEX.noneText}
          action={
            mayWrite
              ? { label: "Add the first entry", onClick: add }
              : { label: "Back to the story", href: "#/" }
          }
        />
      ) : (
        KINDS.map(([kind, , many]) => {
          const ofKind = entries.filter((entry) => entry.kind === kind);
          return ofKind.length === 0 ? null : (
            <section key={kind} className={panel["section"]}>
              <h2>{many}</h2>
              <dl className={styles["entries"]}>
                {ofKind.map((entry) => (
                  <Entry
                    key={entry.name}
                    entry={entry}
                    mine={entry.author === me}
                    language={language}
                    onAmend={
                      mayWrite && entry.author === me
                        ? () => {
                            setOpen({ entry });
                          }
                        : null
                    }
                  />
                ))}
              </dl>
            </section>
          );
        })
      )}
      {open === null || me === null ? null : (
        <EntryDialog
          me={me}
          entry={open.entry}
          price={BigInt(data?.nextPrice ?? "0")}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </div>
  );
}

function Entry(props: {
  readonly entry: CodexEntry;
  readonly mine: boolean;
  readonly language: string;
  readonly onAmend: (() => void) | null;
}): ReactNode {
  const { entry, mine, language, onAmend } = props;
  return (
    <div className={styles["entry"]} data-entry={entry.name}>
      <dt className={styles["name"]} lang={language}>
        {entry.name}
      </dt>
      <dd className={styles["text"]} lang={language}>
        {entry.text}
      </dd>
      <dd className={styles["note"]}>
        <AuthorMark address={entry.author} mine={mine} />
        <span>
          {entry.revision > 1 ? `amended, version ${formatCount(entry.revision)}, ` : "noted "}
          at paragraph {formatCount(entry.height)}
        </span>
        {onAmend === null ? null : (
          <button
            type="button"
            className={cls(controls["button"], controls["quiet"])}
            aria-label={`Amend ${entry.name}`}
            onClick={onAmend}
          >
            Amend
          </button>
        )}
      </dd>
    </div>
  );
}
