/**
 * Everything that can be known of one paragraph, down to its header: author, work, proof steps,
 * replay, permalink. Recomputed by the peer when the dialog opens.
 *
 * @module
 */
import { type ReactNode, useCallback, useEffect, useState } from "react";
import type { BlockView } from "../../api-types.ts";
import { AuthorMark } from "../../components/author-mark.tsx";
import controls from "../../components/controls.module.css";
import { Modal } from "../../components/modal.tsx";
import { ProblemText } from "../../components/problem-text.tsx";
import { useAction } from "../../components/use-action.ts";
import { formatTokens } from "../../format/amounts.ts";
import { formatCount, formatWork } from "../../format/numbers.ts";
import { exactTime } from "../../format/times.ts";
import { storyHref } from "../../routes.ts";
import { useClient } from "../../services-context.ts";
import styles from "./block-dialog.module.css";
import { confirmationWords, provenanceWords, STORY } from "./strings.ts";

const REPLAY = {
  verified:
    "The built-in writer, run again here on the same page with the same seed, gave this very text.",
  differs: "The built-in writer, run again here, gave another text: the claim is not true.",
  "not-checked": "This tab has not run the built-in writer again.",
  "not-applicable": "There is nothing to replay: no built-in writer is claimed.",
} as const;

/** The dialog for `block`. */
export function BlockDialog(props: {
  readonly block: string;
  readonly onClose: () => void;
  readonly onShare: (block: string) => void;
}): ReactNode {
  const { block, onClose, onShare } = props;
  const client = useClient();
  const { run, problem, busy } = useAction();
  const [view, setView] = useState<BlockView | null>(null);
  const load = useCallback(() => {
    run(async () => {
      setView(await client.request({ method: "get_block", params: { block } }));
    });
  }, [client, block, run]);
  useEffect(load, [load]);
  return (
    <Modal
      title={view === null ? "Paragraph" : `Paragraph ${view.header.height}`}
      onClose={onClose}
      wide
    >
      {busy && view === null ? <p>Recomputing its proof…</p> : null}
      <ProblemText problem={problem} onRetry={load} />
      {view === null ? null : (
        <>
          <blockquote className={styles["quote"]}>
            {view.paragraph?.text ?? STORY.noParagraph}
          </blockquote>
          <div className={controls["row"]}>
            <a
              className={controls["button"]}
              href={storyHref(view.header.story, view.header.hash)}
              onClick={onClose}
            >
              Permalink
            </a>
            <button
              type="button"
              className={controls["button"]}
              onClick={() => {
                onShare(block);
              }}
            >
              Share…
            </button>
          </div>
          <Proof view={view} />
          <Header view={view} />
        </>
      )}
    </Modal>
  );
}

function Proof(props: { readonly view: BlockView }): ReactNode {
  const { proof, replay, header } = props.view;
  const { paragraph } = props.view;
  const words = paragraph === null ? STORY.noParagraph : provenanceWords(paragraph, replay);
  return (
    <section aria-label="Proof">
      <h3 className={styles["sub"]}>
        Proof:{" "}
        <span data-proof={proof.verified}>{proof.verified ? "verified ✓" : "not verified ×"}</span>
      </h3>
      <ol className={styles["steps"]}>
        <li>
          The text's hash is leaf 0 of {formatCount(proof.leafCount)}:{" "}
          <span className={controls["mono"]}>{proof.leaf}</span>
        </li>
        {proof.path.map((step) => (
          <li key={step}>
            joined with <span className={controls["mono"]}>{step}</span>
          </li>
        ))}
        <li>
          gives the header's body root <span className={controls["mono"]}>{proof.bodyRoot}</span>
        </li>
        <li>
          The header's hash with nonce {header.nonce} meets the target ({formatWork(header.work)}{" "}
          expected), and its author signed it.
        </li>
      </ol>
      <p className={controls["hint"]}>
        {words.charAt(0).toUpperCase() + words.slice(1)}. {REPLAY[replay]}
      </p>
    </section>
  );
}

function Header(props: { readonly view: BlockView }): ReactNode {
  const { header, paragraph } = props.view;
  const hexes: readonly (readonly [string, string])[] = [
    ["Block id", header.hash],
    ["Author", header.author],
    ["Follows", header.parent],
    ["Body root", header.bodyRoot],
    ["State root", header.stateRoot],
    ["History root", header.historyRoot],
    ["Signature", header.signature],
  ];
  return (
    <section aria-label="Header">
      <h3 className={styles["sub"]}>Header</h3>
      <dl className={styles["facts"]}>
        <dt>By</dt>
        <dd>
          <AuthorMark address={header.author} mine={paragraph?.mine === true} />
        </dd>
        <dt>Standing</dt>
        <dd>
          {header.canon
            ? `in the canon · ${confirmationWords(header.confirmations)}`
            : "apocryphal: lost its place"}
        </dd>
        <dt>Time</dt>
        <dd>{exactTime(header.timestampMs)}</dd>
        <dt>Work</dt>
        <dd>{formatWork(header.work)}</dd>
        <dt>Reward</dt>
        <dd>
          {formatTokens(header.coinbase.consumer)} consumer ·{" "}
          {formatTokens(header.coinbase.industrial)} industrial
        </dd>
        {hexes.map(([name, value]) => (
          <div key={name} className={styles["hex"]}>
            <dt>{name}</dt>
            <dd className={controls["mono"]}>{value}</dd>
          </div>
        ))}
      </dl>
      <details className={styles["raw"]}>
        <summary>All header bytes</summary>
        <p className={controls["mono"]}>{header.encoded}</p>
      </details>
    </section>
  );
}
