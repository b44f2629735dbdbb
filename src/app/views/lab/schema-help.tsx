/**
 * What every key of a scenario means, with a search; asked of the worker when it is opened.
 *
 * @module
 */
import { type ReactNode, useState } from "react";
import type { SchemaHelp as Help } from "../../../lab/scenario/schema-help.ts";
import controls from "../../components/controls.module.css";
import { ScrollRegion } from "../../components/scroll-region.tsx";
import { plural } from "../../format/numbers.ts";
import { failureText } from "./failures.ts";
import styles from "./lab.module.css";
import type { LabSession } from "./lab-session.ts";

function matches({ path, type, text }: Help, words: readonly string[]): boolean {
  const all = `${path} ${type} ${text}`.toLowerCase();
  return words.every((word) => all.includes(word));
}

/** The help. */
export function SchemaHelp(props: { readonly session: LabSession }): ReactNode {
  const [help, setHelp] = useState<readonly Help[] | null>(null);
  const [failure, setFailure] = useState("");
  const [search, setSearch] = useState("");
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = help?.filter((one) => matches(one, words)) ?? [];
  return (
    <details
      className={styles["fold"]}
      onToggle={(event) => {
        if (!event.currentTarget.open || help !== null) return;
        props.session.help().then(setHelp, (error: unknown) => {
          setFailure(failureText(error));
        });
      }}
    >
      <summary>What every key means</summary>
      <div className={styles["stack"]}>
        <div className={controls["field"]}>
          <label className={controls["label"]} htmlFor="lab-help">
            Search
          </label>
          <input
            id="lab-help"
            type="search"
            className={controls["input"]}
            placeholder="latency, attackers, hashrate…"
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
            }}
          />
          <span className={controls["hint"]} aria-live="polite">
            {failure !== "" ? failure : help === null ? "" : plural(found.length, "key")}
          </span>
        </div>
        <ScrollRegion label="Keys of a scenario">
          <dl className={styles["help"]}>
            {found.map(({ path, type, default: otherwise, text }) => (
              <div key={path}>
                <dt className={controls["mono"]}>{path}</dt>
                <dd>
                  {text}
                  <small>
                    {type}
                    {otherwise === ""
                      ? ""
                      : otherwise === "required"
                        ? " · required"
                        : ` · else: ${otherwise}`}
                  </small>
                </dd>
              </div>
            ))}
          </dl>
        </ScrollRegion>
      </div>
    </details>
  );
}
