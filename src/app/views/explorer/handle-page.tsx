/**
 * One handle: who has it, and who had it when.
 *
 * @module
 */
import { type ReactNode, useCallback } from "react";
import { AuthorMark } from "../../components/author-mark.tsx";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { StateNotice } from "../../components/state-notice.tsx";
import { useQuery } from "../../components/use-query.ts";
import { atHandle } from "../../format/identity.ts";
import { formatCount } from "../../format/numbers.ts";
import { explorerHref } from "../../routes.ts";
import { useClient } from "../../services-context.ts";
import { useLedger } from "../../stores/ledger-store.ts";
import { PageTitle } from "./page-title.tsx";

/** The page. */
export function HandlePage(props: { readonly handle: string }): ReactNode {
  const { handle } = props;
  const client = useClient();
  const mark = useLedger((state) => state.mark);
  const ask = useCallback(
    () => client.request({ method: "get_handle", params: { handle } }),
    [client, handle],
  );
  const { data, problem, again } = useQuery(ask, mark);
  return (
    <>
      <PageTitle title={atHandle(handle)} id={data?.owner ?? ""}>
        {data === null || data.owner === null ? null : (
          <p>
            belongs to{" "}
            <a href={explorerHref("address", data.owner)}>
              <AuthorMark address={data.owner} />
            </a>
          </p>
        )}
      </PageTitle>
      <ProblemText problem={problem} onRetry={again} />
      {data !== null && data.owner === null ? (
        <StateNotice
          id="handle-free"
          tone="calm"
          place="inline"
          title="Nobody has this handle"
          text="It may be yours for 10 consumer tokens, unless it is a reserved word."
          action={{ label: "Open the wallet", href: "#/wallet" }}
        />
      ) : null}
      {data === null || data.history.length === 0 ? null : (
        <section className={panel["section"]}>
          <h2>Who had it</h2>
          <table className={panel["table"]}>
            <thead>
              <tr>
                <th scope="col">Since paragraph</th>
                <th scope="col">Owner</th>
              </tr>
            </thead>
            <tbody>
              {[...data.history].reverse().map((one) => (
                <tr key={`${one.height}/${one.owner}`}>
                  <td>{formatCount(one.height)}</td>
                  <td>
                    <a href={explorerHref("address", one.owner)}>
                      <AuthorMark address={one.owner} />
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
