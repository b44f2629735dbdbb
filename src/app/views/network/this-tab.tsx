/**
 * This tab apart from the remotes: who it is, what it computes, or why it does not.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { StatusView } from "../../api-types.ts";
import controls from "../../components/controls.module.css";
import panel from "../../components/panel.module.css";
import { shortPeerId } from "../../format/identity.ts";
import { formatCount, formatRate, formatShare } from "../../format/numbers.ts";
import { NOT_MINING, pillWords } from "../../strings.ts";

/** The section. */
export function ThisTab(props: { readonly status: StatusView }): ReactNode {
  const { status } = props;
  const { mining, round, sync } = status;
  return (
    <section className={panel["section"]}>
      <h2>This tab</h2>
      <dl className={panel["stats"]}>
        <div className={panel["stat"]}>
          <dt>Peer</dt>
          <dd title={status.peerId}>
            {shortPeerId(status.peerId)}
            <small>
              {status.name === "" ? "no name given" : status.name}
              {status.slot > 0 ? ` · tab ${status.slot + 1} of this browser` : ""}
            </small>
          </dd>
        </div>
        <div className={panel["stat"]}>
          <dt>Story</dt>
          <dd>
            {formatCount(status.tip.height)}
            <small>
              {sync.phase === "headers" || sync.phase === "bodies"
                ? `checking ${formatCount(sync.done)} of ${formatCount(sync.total)}`
                : "paragraphs, all checked here"}
            </small>
          </dd>
        </div>
        <div className={panel["stat"]}>
          <dt>Mining</dt>
          <dd>
            {mining.active ? formatRate(mining.hashesPerSecond) : pillWords(status)}
            <small>
              {mining.active
                ? `${mining.preset} · ${mining.threads} ${mining.threads === 1 ? "thread" : "threads"} · ${mining.simd ? "SIMD" : "without SIMD, slower"}`
                : ""}
            </small>
          </dd>
        </div>
        <div className={panel["stat"]}>
          <dt>My share</dt>
          <dd>
            {round.chance === null ? "–" : formatShare(round.chance)}
            <small>of the estimated rate of all</small>
          </dd>
        </div>
      </dl>
      {mining.reason === null ? null : (
        <p className={controls["hint"]}>{NOT_MINING[mining.reason][1]}</p>
      )}
      {status.faults.map((fault) => (
        <p key={fault.code + fault.atMs} className={controls["hint"]}>
          Survived: <b>{fault.code}</b> {fault.detail}
        </p>
      ))}
    </section>
  );
}
