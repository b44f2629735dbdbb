/**
 * What this site keeps on the device, and whether the browser may throw it away.
 *
 * @module
 */
import { type ReactNode, useCallback } from "react";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { useNow } from "../../components/use-now.ts";
import { useQuery } from "../../components/use-query.ts";
import { formatBytes } from "../../format/numbers.ts";
import { relativeTime } from "../../format/times.ts";
import { storyHref } from "../../routes.ts";
import { useClient } from "../../services-context.ts";
import { useStatus } from "../../stores/status-store.ts";

async function isPersisted(): Promise<boolean | null> {
  const storage: StorageManager | undefined = navigator.storage;
  return storage === undefined ? null : storage.persisted();
}

/** The section. */
export function DataSection(): ReactNode {
  const client = useClient();
  const storage = useStatus((state) => state.status?.storage ?? null);
  const persisted = useQuery(isPersisted, null);
  const ask = useCallback(() => client.request({ method: "list_stories" }), [client]);
  const stories = useQuery(ask, null);
  const nowMs = useNow(60_000);
  const action = useAction();
  return (
    <section className={panel["section"]}>
      <h2>Data on this device</h2>
      <p>
        {storage === null || storage.usedBytes === null
          ? "The browser does not say how much is used."
          : `${formatBytes(storage.usedBytes)} used${storage.quotaBytes === null ? "" : ` of ${formatBytes(storage.quotaBytes)} that the browser allows`}.`}{" "}
        {persisted.data === true
          ? "The browser keeps it until you erase it."
          : "The browser may throw it away when the device runs out of room."}
      </p>
      {persisted.data === false ? (
        <div className={controls["row"]}>
          <button
            type="button"
            className={controls["button"]}
            disabled={action.busy}
            onClick={() => {
              action.run(async () => {
                await navigator.storage.persist();
                persisted.again();
              });
            }}
          >
            Ask the browser to keep it
          </button>
          <span className={controls["hint"]}>
            A browser may refuse until you use the site more.
          </span>
        </div>
      ) : null}
      <ProblemText problem={action.problem} />
      {stories.data === null || stories.data.stories.length === 0 ? null : (
        <ul>
          {stories.data.stories.map((one) => (
            <li key={one.story}>
              <a href={storyHref(one.story)}>{one.title}</a>{" "}
              <span className={controls["hint"]}>
                {one.current ? "open now" : `opened ${relativeTime(one.openedMs, nowMs)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
