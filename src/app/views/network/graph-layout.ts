/**
 * Places of the peers around this tab, by a short run of d3-force. Loaded with the graph only; the
 * start positions are fixed, so the same peers always give the same picture.
 *
 * @module
 */
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from "d3-force";

/** Width and height of the picture, in its own units. */
export const GRAPH_WIDTH = 640;
/** Height of the picture. */
export const GRAPH_HEIGHT = 190;

interface Node extends SimulationNodeDatum {
  readonly id: string;
}

/** A place by peer id; this tab's is under `self`. */
export function layoutGraph(
  ids: readonly string[],
): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const self: Node = { id: "self", fx: GRAPH_WIDTH / 2, fy: GRAPH_HEIGHT / 2 };
  const nodes: Node[] = [self, ...ids.map((id): Node => ({ id }))];
  const links = ids.map((id) => ({ source: "self", target: id }));
  const simulation = forceSimulation(nodes)
    .force(
      "link",
      forceLink<Node, { source: string | Node; target: string | Node }>(links)
        .id((node) => node.id)
        .distance(85)
        .strength(0.5),
    )
    .force("charge", forceManyBody().strength(-420))
    .force("x", forceX(GRAPH_WIDTH / 2).strength(0.03))
    .force("y", forceY(GRAPH_HEIGHT / 2).strength(0.32))
    .force("collide", forceCollide(34))
    .stop();
  simulation.tick(160);
  const inside = (value: number | undefined, size: number, edge: number): number =>
    Math.min(size - edge, Math.max(edge, value ?? size / 2));
  return new Map(
    nodes.map((node) => [
      node.id,
      { x: inside(node.x, GRAPH_WIDTH, 60), y: inside(node.y, GRAPH_HEIGHT, 24) },
    ]),
  );
}
