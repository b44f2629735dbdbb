/**
 * Finds what a person has a number or a name of.
 *
 * @module
 */
import { type ReactNode, useId, useState } from "react";
import type { ResultOf } from "../../../peer/rpc/schema.ts";
import controls from "../../components/controls.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { shortId } from "../../format/identity.ts";
import { explorerHref } from "../../routes.ts";
import { useClient } from "../../services-context.ts";
import styles from "./explorer.module.css";
import { EXPLORER } from "./strings.ts";

type Found = ResultOf<"search">["results"][number];

const hrefOf = (found: Found): string => {
  if (found.kind === "handle") return explorerHref("handle", found.label.replace(/^@/, ""));
  if (found.kind === "transaction") return explorerHref("tx", found.id);
  return explorerHref(found.kind, found.id);
};

/** The form and what it found; one hit is opened at once. */
export function SearchBox(): ReactNode {
  const client = useClient();
  const action = useAction();
  const id = useId();
  const [query, setQuery] = useState("");
  const [results, setResults] = useState<readonly Found[] | null>(null);
  return (
    <search className={styles["search"]}>
      <form
        className={styles["search-form"]}
        onSubmit={(event) => {
          event.preventDefault();
          if (query.trim() === "") return;
          action.run(async () => {
            const answer = await client.request({
              method: "search",
              params: { query: query.trim() },
            });
            const [only] = answer.results;
            setResults(answer.results);
            if (only !== undefined && answer.results.length === 1) location.hash = hrefOf(only);
          });
        }}
      >
        <label htmlFor={id} className={controls["visually-hidden"]}>
          {EXPLORER.search}
        </label>
        <input
          id={id}
          className={controls["input"]}
          type="search"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          placeholder="Height, id or @handle"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
          }}
        />
        <button type="submit" className={controls["button"]} disabled={action.busy}>
          {action.busy ? "Searching…" : "Search"}
        </button>
      </form>
      <ProblemText problem={action.problem} />
      <div aria-live="polite">
        {results === null || results.length === 1 ? null : results.length === 0 ? (
          <p className={controls["hint"]}>{EXPLORER.nothing}</p>
        ) : (
          <ul className={styles["found"]}>
            {results.map((found) => (
              <li key={found.kind + found.id}>
                <a href={hrefOf(found)}>
                  {found.label} <span className={controls["hint"]}>{shortId(found.id)}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </search>
  );
}
