/**
 * Where a person writes: one line while folded, words and bytes while open, kept on the device at
 * every pause, and one clear thing to do in every state of the draft.
 *
 * @module
 */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { PARAGRAPH_MAX_BYTES } from "../../../kernel/limits.ts";
import { countWords } from "../../../kernel/text.ts";
import controls from "../../components/controls.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { useEscape } from "../../components/use-escape.ts";
import { cls } from "../../css.ts";
import { formatCount } from "../../format/numbers.ts";
import { cleanText, countBytes, paragraphProblem } from "../../format/paragraph-text.ts";
import { messageFor } from "../../messages.ts";
import { useClient } from "../../services-context.ts";
import {
  INITIAL_DRAFT,
  saveDraft,
  setChapter,
  setComposerOpen,
  takeProposal,
  typeText,
  useDraft,
} from "../../stores/draft-store.ts";
import { useStatus } from "../../stores/status-store.ts";
import { useStory } from "../../stores/story-store.ts";
import styles from "./composer.module.css";
import { DraftState } from "./draft-state.tsx";
import { JoinDialog } from "./join-dialog.tsx";
import { useKeptDraft } from "./use-kept-draft.ts";

const SAVING = {
  saved: "Kept on this device",
  unsaved: "Being kept…",
  saving: "Being kept…",
  failed: "Not kept",
} as const;

/** The composer at the foot of the story. */
export function Composer(): ReactNode {
  const client = useClient();
  const status = useStatus((state) => state.status);
  const maxWords = useStory((state) => state.genesis?.maxWords ?? 140);
  const state = useDraft();
  const { text, chapter, draft, open, saving } = state;
  const offer = useAction();
  const propose = useAction();
  const box = useRef<HTMLTextAreaElement>(null);
  const [joining, setJoining] = useState(false);
  useKeptDraft(client);
  const fold = (): void => {
    void saveDraft(client);
    setComposerOpen(false);
  };
  useEscape(() => {
    if (open) fold();
  });

  useEffect(() => {
    if (open) box.current?.focus({ preventScroll: true });
  }, [open]);

  useEffect(
    () => () => {
      // Whoever comes back to a paragraph that is in the book comes to read.
      if (useDraft.getState().draft?.state === "canon") setComposerOpen(false);
    },
    [],
  );

  const readonly = status?.mode === "readonly";
  const words = countWords(text);
  const bytes = countBytes(text);
  const problem = paragraphProblem(text, maxWords);
  const busy = offer.busy || propose.busy;
  const current = draft !== null && draft.text === text ? draft.state : "editing";

  const submit = (): void => {
    offer.run(async () => {
      const clean = cleanText(text);
      const answer = await client.request({
        method: "submit_paragraph",
        params: { text: clean, chapter, provenance: state.provenance },
      });
      useDraft.setState({ draft: answer.draft, text: answer.draft.text, saving: "saved" });
      if (status?.mining.consent !== true) setJoining(true);
    });
  };
  const proposeText = (): void => {
    propose.run(async () => {
      const answer = await client.request({ method: "draft_paragraph" });
      takeProposal(answer.text, answer.provenance);
    });
  };
  const discard = (): void => {
    offer.run(async () => {
      await client.request({ method: "discard_draft" });
      useDraft.setState({ ...INITIAL_DRAFT, open: true });
    });
  };

  if (readonly) {
    return (
      <div className={styles["dock"]}>
        <p className={cls(styles["box"], controls["hint"])}>
          This page can only read, so there is nowhere to write. The notice above says why.
        </p>
      </div>
    );
  }
  if (!open) {
    return (
      <div className={styles["dock"]}>
        <button
          type="button"
          className={cls(styles["box"], styles["fold"])}
          aria-expanded={false}
          onClick={() => {
            setComposerOpen(true);
          }}
        >
          <span className={cls(styles["line"], text === "" && styles["empty"])}>
            {text === "" ? "What happens next?" : text}
          </span>
          <span className={styles["tag"]}>
            {current === "offered"
              ? "Offered"
              : current === "displaced"
                ? "Page changed"
                : current === "canon"
                  ? "In the book"
                  : text === ""
                    ? "Write"
                    : "Draft"}
          </span>
        </button>
      </div>
    );
  }
  return (
    <div className={styles["dock"]}>
      <form
        className={styles["box"]}
        aria-label="Your next paragraph"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className={styles["head"]}>
          <span className={controls["hint"]}>
            {status === null
              ? "The next paragraph"
              : `Paragraph ${formatCount(status.round.height)}`}
          </span>
          <button
            type="button"
            className={cls(controls["button"], controls["quiet"])}
            aria-expanded
            onClick={fold}
          >
            Fold
          </button>
        </div>
        <DraftState
          onDiscard={discard}
          onJoin={() => {
            setJoining(true);
          }}
        />
        {chapter === null ? null : (
          <input
            className={styles["chapter"]}
            aria-label="Title of the chapter that begins here"
            placeholder="Title of the chapter that begins here"
            maxLength={60}
            value={chapter}
            onChange={(event) => {
              setChapter(event.target.value);
            }}
          />
        )}
        <textarea
          ref={box}
          className={styles["text"]}
          aria-label="Your next paragraph"
          aria-describedby="composer-count"
          placeholder="What happens next?"
          rows={3}
          value={text}
          readOnly={current === "offered" || current === "canon"}
          onChange={(event) => {
            typeText(event.target.value);
          }}
        />
        <div className={styles["row"]}>
          <span
            id="composer-count"
            className={cls(
              controls["number"],
              problem !== null && problem !== "empty" && controls["error"],
            )}
          >
            {formatCount(words)} of {formatCount(maxWords)} words
            {bytes > PARAGRAPH_MAX_BYTES * 0.6
              ? ` · ${formatCount(bytes)} of ${formatCount(PARAGRAPH_MAX_BYTES)} bytes`
              : ""}
            {problem === "too-many-words" ? " · too many words" : ""}
            {problem === "too-many-bytes" ? " · too many bytes" : ""}
          </span>
          <span className={styles["kept"]} aria-live="polite">
            {text === "" ? "" : SAVING[saving]}
          </span>
        </div>
        <div className={styles["row"]}>
          <button
            type="button"
            className={cls(controls["button"], controls["quiet"])}
            disabled={busy || current === "offered"}
            onClick={proposeText}
          >
            {propose.busy ? "Drafting…" : "Draft with the built-in writer"}
          </button>
          <button
            type="button"
            className={cls(controls["button"], controls["quiet"])}
            disabled={current === "offered" || current === "canon"}
            onClick={() => {
              setChapter(chapter === null ? "" : null);
            }}
          >
            {chapter === null ? "Begin a chapter" : "No chapter"}
          </button>
          {current === "editing" ? (
            <button
              type="submit"
              className={cls(controls["button"], controls["primary"], styles["go"])}
              disabled={busy || problem !== null}
            >
              {offer.busy ? "Offering…" : "Offer this paragraph"}
            </button>
          ) : null}
        </div>
        <ProblemText problem={state.failure === null ? null : messageFor(state.failure)} />
        <ProblemText problem={offer.problem} onRetry={submit} />
        <ProblemText problem={propose.problem} onRetry={proposeText} />
      </form>
      {joining ? (
        <JoinDialog
          onClose={() => {
            setJoining(false);
          }}
        />
      ) : null}
    </div>
  );
}
