/**
 * What a link to another story shows while that story is looked for, and when nobody has it.
 *
 * @module
 */
import type { ReactNode } from "react";
import { StateNotice } from "../../components/state-notice.tsx";
import { messageFor } from "../../messages.ts";
import { useStatus } from "../../stores/status-store.ts";
import type { Opening } from "./use-open-story.ts";

/** A page that began with a dead link has no story open; the site's own comes with a new start. */
function startOver(): void {
  if (useStatus.getState().status !== null) return;
  location.hash = "#/";
  location.reload();
}

/** The waiting state and its honest end. */
export function OpeningNotice(props: { readonly opening: Opening }): ReactNode {
  const { phase, failure, retry } = props.opening;
  if (phase === "failed") {
    const lost =
      failure === "unknown-story" || failure === "peers-gone" || failure === "request-timeout";
    return (
      <StateNotice
        id="unknown-story"
        tone="warn"
        place="page"
        title={lost ? "Nobody here has this story" : "This story could not be opened"}
        text={
          lost
            ? "The peers that the link names do not answer, and no lighthouse knows it. They may be offline now; a fresh link from a reader will do."
            : messageFor(failure ?? "unexpected").text
        }
        action={{ label: "Try again", onClick: retry }}
      >
        <p>
          Or{" "}
          <a href="#/" onClick={startOver}>
            go to the story of this site
          </a>
          .
        </p>
      </StateNotice>
    );
  }
  return (
    <StateNotice
      id="opening-story"
      tone="calm"
      place="page"
      title={phase === "slow" ? "Still looking for this story" : "Opening the story of this link"}
      text={
        phase === "slow"
          ? "Its peers have not answered yet. It may take a little longer, or they may be gone."
          : "Its beginning is fetched and checked against the link before anything is shown."
      }
      action={{ label: "Go to the open story", href: "#/" }}
    />
  );
}
