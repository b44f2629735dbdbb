/**
 * Gives the open story, or one paragraph of it, to somebody: link, QR code, the system's share sheet.
 *
 * @module
 */
import { type ReactNode, useEffect, useState } from "react";
import type { ResultOf } from "../../peer/rpc/schema.ts";
import { useClient } from "../services-context.ts";
import { useStory } from "../stores/story-store.ts";
import controls from "./controls.module.css";
import { CopyButton } from "./copy-button.tsx";
import { Modal } from "./modal.tsx";
import { ProblemText } from "./problem-text.tsx";
import { QrCode } from "./qr-code.tsx";
import styles from "./share-sheet.module.css";
import { useAction } from "./use-action.ts";

/** The sheet for the story, or for `block`. Without a link from the peer, this page's address serves. */
export function ShareSheet(props: {
  readonly block?: string;
  readonly onClose: () => void;
}): ReactNode {
  const { block, onClose } = props;
  const client = useClient();
  const title = useStory((state) => state.genesis?.title ?? "Fabula");
  const { run, problem, busy } = useAction();
  const [link, setLink] = useState<ResultOf<"get_link"> | null>(null);
  useEffect(() => {
    run(async () => {
      setLink(
        await client.request({ method: "get_link", params: block === undefined ? {} : { block } }),
      );
    });
  }, [client, block, run]);
  const text = link?.link ?? location.href;
  const what = block === undefined ? "story" : "paragraph";
  return (
    <Modal title={`Share this ${what}`} onClose={onClose}>
      <p className={controls["hint"]}>
        Whoever opens the link holds the {what} and checks it: no account is needed, and no server
        is trusted.
      </p>
      <ProblemText problem={problem} />
      <label className={controls["field"]}>
        <span className={controls["label"]}>Link</span>
        <textarea
          className={controls["input"]}
          readOnly
          rows={3}
          value={busy ? "The link is being made…" : text}
          onFocus={(event) => {
            event.target.select();
          }}
        />
      </label>
      <div className={controls["row"]}>
        <CopyButton text={text} label="Copy the link" primary />
        {"share" in navigator ? (
          <button
            type="button"
            className={controls["button"]}
            onClick={() => {
              // A person who closes the system's sheet has not met an error.
              navigator.share({ title, url: text }).catch(() => undefined);
            }}
          >
            Share with…
          </button>
        ) : null}
      </div>
      {link === null ? null : (
        <figure className={styles["code"]}>
          <QrCode text={link.short} label={`QR code of the short link to this ${what}`} />
          <figcaption className={controls["hint"]}>
            The code holds the short link; the story itself comes from the peers and is checked
            against the link.
          </figcaption>
        </figure>
      )}
    </Modal>
  );
}
