/**
 * One line for each connected peer.
 *
 * @module
 */
import type { ReactNode } from "react";
import type { PeerView } from "../../../peer/rpc/shapes.ts";
import { AuthorMark } from "../../components/author-mark.tsx";
import panel from "../../components/panel.module.css";
import { ScrollRegion } from "../../components/scroll-region.tsx";
import { cls } from "../../css.ts";
import { shortPeerId } from "../../format/identity.ts";
import { formatCount, plural } from "../../format/numbers.ts";
import { formatDuration, formatLatency } from "../../format/times.ts";
import { PATHS } from "./strings.ts";

/** The table, scrollable sideways on a phone. */
export function PeerTable(props: {
  readonly peers: readonly PeerView[];
  readonly nowMs: number;
}): ReactNode {
  const { peers, nowMs } = props;
  return (
    <ScrollRegion label="Peers, as a table">
      <table className={panel["table"]}>
        <caption>{plural(peers.length, "connected peer")}</caption>
        <thead>
          <tr>
            <th scope="col">Peer</th>
            <th scope="col">Writes as</th>
            <th scope="col">Path</th>
            <th scope="col" className={panel["right"]}>
              Latency
            </th>
            <th scope="col" className={panel["right"]}>
              Last message
            </th>
            <th scope="col" className={panel["right"]}>
              Height
            </th>
          </tr>
        </thead>
        <tbody>
          {peers.map((peer) => (
            <tr key={peer.id} data-peer={peer.id}>
              <th scope="row" title={peer.id}>
                {shortPeerId(peer.id)}
              </th>
              <td>
                {peer.author === null ? "–" : <AuthorMark address={peer.author} />}
                {peer.isTracker ? " · tracker" : ""}
              </td>
              <td title={`${peer.address} · ${peer.direction}`}>
                {PATHS[peer.path][0]} · {PATHS[peer.path][1]}
              </td>
              <td className={panel["right"]}>{formatLatency(peer.latencyMs)}</td>
              <td className={cls(panel["right"])}>
                {peer.lastMessageMs === null
                  ? "–"
                  : `${formatDuration(nowMs - peer.lastMessageMs)} ago`}
              </td>
              <td className={panel["right"]}>
                {peer.height === null ? "–" : formatCount(peer.height)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
