/**
 * The new story's link, as text and as a QR code, and the way into it.
 *
 * @module
 */
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ResultOf } from "../../../peer/rpc/schema.ts";
import controls from "../../components/controls.module.css";
import { CopyButton } from "../../components/copy-button.tsx";
import panel from "../../components/panel.module.css";
import { QrCode } from "../../components/qr-code.tsx";
import { cls } from "../../css.ts";
import { storyHref } from "../../routes.ts";
import { useClient } from "../../services-context.ts";

/** Shown after `create_story`; the QR code holds the short link when the peer gives one. */
export function StartedStory(props: {
  readonly started: ResultOf<"create_story">;
  readonly title: string;
}): ReactNode {
  const { started, title } = props;
  const client = useClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [short, setShort] = useState<string | null>(null);
  useEffect(() => {
    heading.current?.focus();
    client.request({ method: "get_link" }).then(
      (link) => {
        setShort(link.short);
      },
      // The long link above serves.
      () => undefined,
    );
  }, [client]);
  return (
    <div className={cls(panel["page"], panel["narrow"])}>
      <header>
        <h1 ref={heading} tabIndex={-1} className={panel["heading"]}>
          “{title.trim()}” has begun
        </h1>
        <p className={panel["lead"]}>
          Send this link. Whoever opens it holds the story and can write on. Keep this tab open
          until somebody else has come; then the story lives on without you.
        </p>
      </header>
      <label className={controls["field"]}>
        <span className={controls["label"]}>Link</span>
        <textarea className={controls["input"]} readOnly rows={4} value={started.link} />
      </label>
      <div className={controls["row"]}>
        <CopyButton text={started.link} label="Copy the link" primary />
        <a className={controls["button"]} href={storyHref(started.story)}>
          Open the story
        </a>
      </div>
      {short === null ? null : (
        <figure>
          <QrCode text={short} label="QR code of the short link to the new story" sizePx={220} />
        </figure>
      )}
    </div>
  );
}
