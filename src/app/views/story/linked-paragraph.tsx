/**
 * The paragraph that a link names, shown and verified on its own while the book around it has not
 * arrived, or when it stands in another branch; and honest words while it is not here.
 *
 * @module
 */
import type { ReactNode } from "react";
import { AuthorMark } from "../../components/author-mark.tsx";
import { StateNotice } from "../../components/state-notice.tsx";
import { formatCount, formatWork } from "../../format/numbers.ts";
import { messageFor } from "../../messages.ts";
import { explorerHref } from "../../routes.ts";
import styles from "./story.module.css";
import { confirmationWords, provenanceWords, STORY } from "./strings.ts";
import type { LinkedBlock } from "./use-linked-block.ts";

/** Shown above the book; nothing when the paragraph already stands in it. */
export function LinkedParagraph(props: {
  readonly linked: LinkedBlock;
  readonly inBook: boolean;
  readonly onOpen: (block: string) => void;
}): ReactNode {
  const { linked, inBook, onOpen } = props;
  if (linked.phase === "none" || (linked.phase === "found" && inBook)) return null;
  if (linked.phase === "waiting") {
    return (
      <StateNotice
        id="linked-waiting"
        tone="calm"
        place="inline"
        title="Looking for the paragraph of this link"
        text="It is being asked for from the peers that are here. You can read the story meanwhile."
        action={{ label: "Ask again now", onClick: linked.retry }}
      />
    );
  }
  if (linked.block === null) {
    const unknown = linked.failure === null || linked.failure === "unknown-block";
    return (
      <StateNotice
        id="linked-missing"
        tone="warn"
        place="inline"
        title="Nobody here has the paragraph of this link"
        text={
          unknown
            ? "The peers that held it may be gone, or it belongs to another story. It may turn up when others come."
            : messageFor(linked.failure ?? "").text
        }
        action={{ label: "Ask again", onClick: linked.retry }}
      />
    );
  }
  const { header, paragraph, proof, replay } = linked.block;
  if (paragraph === null) {
    return (
      <StateNotice
        id="linked-seal"
        tone="calm"
        place="inline"
        title="This link names a seal, not a paragraph"
        text={STORY.noParagraph}
        action={{ label: "See it in the explorer", href: explorerHref("block", header.hash) }}
      />
    );
  }
  return (
    <section
      className={styles["single"]}
      aria-label="The paragraph of this link"
      data-block={header.hash}
    >
      <p className={styles["single-note"]}>
        <b>The paragraph you were sent</b> · {proof.verified ? "verified ✓" : "not verified ×"}
        {header.canon
          ? " · the book around it is still arriving"
          : " · apocryphal: another branch had more work behind it"}
      </p>
      <p className={styles["single-text"]}>{paragraph.text}</p>
      <button
        type="button"
        className={styles["single-card"]}
        aria-haspopup="dialog"
        onClick={() => {
          onOpen(header.hash);
        }}
      >
        <AuthorMark address={header.author} mine={paragraph.mine} />
        <span>
          {provenanceWords(paragraph, replay)} · block {formatCount(header.height)} ·{" "}
          {confirmationWords(header.confirmations)} · {formatWork(header.work)}
        </span>
      </button>
    </section>
  );
}
