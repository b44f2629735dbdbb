/**
 * A small picture of who is connected to this tab. The line's dash and the node's shape say the path,
 * so that nothing hangs on colour; each node can be reached by keyboard and says what it is.
 *
 * @module
 */
import { type ReactNode, useEffect, useState } from "react";
import type { PeerView } from "../../../peer/rpc/shapes.ts";
import { useName } from "../../components/use-name.ts";
import { calledName, shortPeerId, shownColour } from "../../format/identity.ts";
import { formatLatency } from "../../format/times.ts";
import type * as GraphLayout from "./graph-layout.ts";
import styles from "./peer-graph.module.css";
import { PATHS } from "./strings.ts";

type Layout = typeof GraphLayout;
const SHOWN = 40;
const LINES = { direct: "0", relayed: "5 4", server: "1 4" } as const;

function describe(peer: PeerView, name: string): string {
  const tracker = peer.isTracker ? ", tracker of this round" : "";
  return `${name}: ${PATHS[peer.path][0]}, ${PATHS[peer.path][1]}, ${formatLatency(peer.latencyMs)}${tracker}`;
}

/** The graph; nothing while its layout is being loaded, because the table says the same. */
export function PeerGraph(props: { readonly peers: readonly PeerView[] }): ReactNode {
  const [layout, setLayout] = useState<Layout | null>(null);
  useEffect(() => {
    let over = false;
    import("./graph-layout.ts").then(
      (module) => {
        if (!over) setLayout(module);
      },
      // Offline before it was ever loaded: the table stands for it.
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, []);
  if (layout === null) return null;
  const shown = props.peers.slice(0, SHOWN);
  const places = layout.layoutGraph(shown.map((peer) => peer.id).sort());
  const self = places.get("self") ?? { x: 0, y: 0 };
  const placed = shown.map((peer) => ({ peer, at: places.get(peer.id) ?? self }));
  return (
    <figure aria-label={`This tab and ${shown.length} peers, as a picture`}>
      <svg className={styles["graph"]} viewBox={`0 0 ${layout.GRAPH_WIDTH} ${layout.GRAPH_HEIGHT}`}>
        {placed.map(({ peer, at }) => (
          <line
            key={peer.id}
            className={styles["line"]}
            x1={self.x}
            y1={self.y}
            x2={at.x}
            y2={at.y}
            strokeDasharray={LINES[peer.path]}
          />
        ))}
        {placed.map(({ peer, at }) => (
          <Node key={peer.id} peer={peer} at={at} above={at.y < self.y - 12} />
        ))}
        <g transform={`translate(${self.x} ${self.y})`}>
          <circle r={12} className={styles["self"]} />
          <text y={28} className={styles["label"]}>
            this tab
          </text>
        </g>
      </svg>
      <figcaption className={styles["legend"]}>
        Solid line: tab to tab · dashed: through a lighthouse · dotted line and square: a lighthouse
        · ring: tracker
      </figcaption>
    </figure>
  );
}

/** `above`: its name stands on the side that looks away from this tab, so that no line crosses it. */
function Node(props: {
  readonly peer: PeerView;
  readonly at: { readonly x: number; readonly y: number };
  readonly above: boolean;
}): ReactNode {
  const { peer, at, above } = props;
  const known = useName(peer.author);
  const name =
    peer.author === null ? shortPeerId(peer.id) : calledName(peer.author, known?.handle ?? null);
  return (
    <g
      className={styles["node"]}
      transform={`translate(${at.x} ${at.y})`}
      // An SVG group cannot be an <img>, and it takes the focus to be read out.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="img"
      aria-label={describe(peer, name)}
    >
      <title>{describe(peer, name)}</title>
      {peer.path === "server" ? (
        <rect x={-9} y={-9} width={18} height={18} rx={3} className={styles["server"]} />
      ) : (
        <circle
          r={9}
          className={styles["peer"]}
          style={{ fill: shownColour(peer.author ?? peer.id, known?.profile ?? null) }}
        />
      )}
      {peer.isTracker ? <circle r={14} className={styles["tracker"]} /> : null}
      <text y={above ? -17 : 25} className={styles["label"]} aria-hidden>
        {name}
      </text>
    </g>
  );
}
