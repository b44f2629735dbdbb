/**
 * One address: what it has, what it paid and received, what it wrote.
 *
 * @module
 */
import type { ReactNode } from "react";
import { Avatar } from "../../components/avatar.tsx";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { ProblemText } from "../../components/problem-text.tsx";
import { StatList } from "../../components/stat-list.tsx";
import { formatTokens } from "../../format/amounts.ts";
import { calledName, shownName } from "../../format/identity.ts";
import { formatCount, plural } from "../../format/numbers.ts";
import { ReceiptsList, useReceipts } from "../../payments/receipts-list.tsx";
import { useAccount } from "../../payments/use-account.ts";
import { explorerHref, storyHref } from "../../routes.ts";
import { useStory } from "../../stores/story-store.ts";
import { useWallet } from "../../stores/wallet-store.ts";
import styles from "./explorer.module.css";
import { PageTitle } from "./page-title.tsx";
import { EXPLORER } from "./strings.ts";

const FIRST = 25;
const WRITTEN_SHOWN = 8;

/** The page. */
export function AddressPage(props: { readonly address: string }): ReactNode {
  const { address } = props;
  const { data, problem, again } = useAccount(address);
  const mine = useWallet((state) => state.wallet?.address === address);
  const name =
    data?.profile === undefined || data.profile === null ? "" : shownName(data.profile.name);
  const facts: readonly (readonly [string, string, string])[] =
    data === null
      ? []
      : [
          ["Consumer", formatTokens(data.consumer), promised(data.reserved.consumer)],
          ["Industrial", formatTokens(data.industrial), promised(data.reserved.industrial)],
          ["Payments made", formatCount(Number(data.nonce)), "sealed, operations included"],
        ];
  return (
    <>
      <div className={styles["person"]}>
        <Avatar address={address} profile={data?.profile ?? null} sizePx={72} />
        <PageTitle title={calledName(address, data?.handle ?? null)} id={address}>
          <p className={controls["hint"]}>
            {name === "" ? "" : `calls itself “${name}” · `}
            {mine ? (
              <>
                this is you · <a href="#/wallet">open the wallet</a>
              </>
            ) : data?.handle === null || data === null ? (
              "the name follows from the address"
            ) : (
              <a href={explorerHref("handle", data.handle)}>who had this handle</a>
            )}
          </p>
        </PageTitle>
      </div>
      <ProblemText problem={problem} onRetry={again} />
      {data !== null && !data.exists ? (
        <p className={panel["empty"]}>This address has never received anything in this story.</p>
      ) : null}
      <StatList stats={facts} />
      <Written address={address} />
      <History address={address} />
    </>
  );
}

const promised = (units: string): string =>
  units === "0" ? "tokens" : `tokens, ${formatTokens(units)} promised`;

function Written(props: { readonly address: string }): ReactNode {
  const paragraphs = useStory((state) => state.paragraphs);
  const story = useStory((state) => state.genesis?.story ?? null);
  const written = paragraphs.filter((one) => one.author === props.address);
  if (written.length === 0 || story === null) return null;
  return (
    <section className={panel["section"]}>
      <h2>Wrote {plural(written.length, "paragraph")}</h2>
      <ul className={styles["written"]}>
        {written
          .slice(-WRITTEN_SHOWN)
          .reverse()
          .map((one) => (
            <li key={one.block}>
              <a href={storyHref(story, one.block)}>{formatCount(one.height)}</a>
              <span>{one.withheld ? "its text is not kept here" : one.text}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}

function History(props: { readonly address: string }): ReactNode {
  const { address } = props;
  const live = useReceipts("address", address, FIRST);
  return (
    <section className={panel["section"]}>
      <h2>Payments</h2>
      <ReceiptsList
        live={live}
        me={address}
        label="Payments of this address, newest first"
        empty={EXPLORER.noHistory}
      />
    </section>
  );
}
