/**
 * What became of the draft, in words, with the one thing to do about it.
 *
 * @module
 */
import type { ReactNode } from "react";
import { AuthorMark } from "../../components/author-mark.tsx";
import { ProblemText } from "../../components/problem-text.tsx";
import { StateNotice } from "../../components/state-notice.tsx";
import { useAction } from "../../components/use-action.ts";
import { formatCount } from "../../format/numbers.ts";
import { storyHref } from "../../routes.ts";
import { useClient } from "../../services-context.ts";
import { useDraft } from "../../stores/draft-store.ts";
import { useStatus } from "../../stores/status-store.ts";
import { useStory } from "../../stores/story-store.ts";
import { NOT_MINING } from "../../strings.ts";
import styles from "./composer.module.css";

/** Nothing while editing; else a notice. */
export function DraftState(props: {
  readonly onDiscard: () => void;
  readonly onJoin: () => void;
}): ReactNode {
  const client = useClient();
  const draft = useDraft((state) => state.draft);
  const text = useDraft((state) => state.text);
  const status = useStatus((state) => state.status);
  const paragraphs = useStory((state) => state.paragraphs);
  const story = useStory((state) => state.genesis?.story ?? null);
  const action = useAction();
  if (draft === null || draft.text !== text || draft.state === "editing") return null;

  const problem = <ProblemText problem={action.problem} />;
  if (draft.state === "canon") {
    return (
      <StateNotice
        id="draft-canon"
        tone="good"
        place="inline"
        title="Your paragraph is in the book"
        text={
          draft.block === null
            ? "Everybody who reads this story now holds it."
            : `It is paragraph ${formatCount(draft.parentHeight + 1)}. Everybody who reads this story now holds it.`
        }
        action={{ label: "Write another", onClick: props.onDiscard }}
      >
        {story === null || draft.block === null ? null : (
          <a href={storyHref(story, draft.block)}>See it in its place</a>
        )}
      </StateNotice>
    );
  }
  if (draft.state === "offered") {
    const mining = status?.mining;
    const waiting = mining === undefined || mining.active;
    return (
      <StateNotice
        id="draft-offered"
        tone={waiting ? "calm" : "warn"}
        place="inline"
        title={waiting ? "Offered, and being mined" : "Offered, but not being mined"}
        text={
          waiting
            ? "If this tab finds the proof first, it becomes the next paragraph. If somebody else does, your text is kept."
            : mining.reason === null
              ? "It waits until this tab mines."
              : NOT_MINING[mining.reason][1]
        }
        action={
          mining?.consent === false
            ? { label: "Start mining…", onClick: props.onJoin }
            : {
                label: "Take it back",
                busy: action.busy,
                onClick: () => {
                  action.run(async () => {
                    const answer = await client.request({
                      method: "save_draft",
                      params: {
                        text: draft.text,
                        chapter: draft.chapter,
                        provenance: draft.provenance,
                      },
                    });
                    useDraft.setState({ draft: answer.draft });
                  });
                },
              }
        }
      >
        {problem}
      </StateNotice>
    );
  }
  const newer = paragraphs.filter((paragraph) => paragraph.height > draft.parentHeight);
  const rebase = (): void => {
    action.run(async () => {
      const answer = await client.request({ method: "rebase_draft", params: { offer: true } });
      useDraft.setState({ draft: answer.draft, text: answer.draft.text, saving: "saved" });
    });
  };
  return (
    <StateNotice
      id="draft-displaced"
      tone="warn"
      place="inline"
      title="Somebody came first; your text is kept"
      text={`It was written to follow paragraph ${formatCount(draft.parentHeight)}. Read what stands there now, change yours if need be, and go on.`}
      action={{ label: "Write it onto the new page", busy: action.busy, onClick: rebase }}
    >
      <div className={styles["beside"]}>
        {newer.slice(-2).map((paragraph) => (
          <blockquote key={paragraph.block} className={styles["newer"]}>
            <AuthorMark address={paragraph.author} mine={paragraph.mine} />
            <p>{paragraph.text}</p>
          </blockquote>
        ))}
      </div>
      {problem}
    </StateNotice>
  );
}
