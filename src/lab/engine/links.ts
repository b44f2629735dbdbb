/**
 * Who hears whom, and how long it takes: an undirected graph, the same for the same seed.
 *
 * @module
 */
import { createRandom, type Random } from "../random/random.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** The links of all peers, in one array: those of peer p from `first[p]` up to `first[p + 1]`. */
export interface Links {
  readonly first: Int32Array;
  readonly neighbour: Int32Array;
  /** One-way delay, in ms, without the time to verify. */
  readonly delayMs: Float64Array;
}

type Edge = readonly [a: number, b: number];

/** Links by the scenario's topology; every topology connects all peers. */
export function createLinks(scenario: Scenario, seed: number): Links {
  const { peers, latency } = scenario;
  const random = createRandom(seed, "links");
  const edges = edgesOf(scenario, random);
  const first = new Int32Array(peers + 1);
  for (const [a, b] of edges) {
    first[a + 1] = (first[a + 1] ?? 0) + 1;
    first[b + 1] = (first[b + 1] ?? 0) + 1;
  }
  for (let peer = 0; peer < peers; peer++)
    first[peer + 1] = (first[peer + 1] ?? 0) + (first[peer] ?? 0);
  const next = first.slice(0, peers);
  const neighbour = new Int32Array(edges.length * 2);
  const delayMs = new Float64Array(edges.length * 2);
  const put = (from: number, to: number, delay: number): void => {
    const at = next[from] ?? 0;
    neighbour[at] = to;
    delayMs[at] = delay;
    next[from] = at + 1;
  };
  for (const [a, b] of edges) {
    const delay = latency.minMs + random.below(latency.maxMs - latency.minMs + 1);
    put(a, b, delay);
    put(b, a, delay);
  }
  return { first, neighbour, delayMs };
}

function edgesOf({ peers, topology }: Scenario, random: Random): readonly Edge[] {
  switch (topology.kind) {
    case "mesh":
      return pairs(peers);
    case "star":
      return Array.from({ length: Math.max(0, peers - 1) }, (_, n): Edge => [0, n + 1]);
    case "ring":
      return ring(peers);
    case "dag":
      return backwards(peers, topology.degree, random);
    case "random":
      return chosen(peers, topology.degree, random);
  }
}

function pairs(peers: number): readonly Edge[] {
  const edges: Edge[] = [];
  for (let a = 0; a < peers; a++) for (let b = a + 1; b < peers; b++) edges.push([a, b]);
  return edges;
}

function ring(peers: number): readonly Edge[] {
  if (peers < 3) return pairs(peers);
  return Array.from({ length: peers }, (_, n): Edge => [n, (n + 1) % peers]);
}

/** Each peer links to `degree` different ones of those before it. */
function backwards(peers: number, degree: number, random: Random): readonly Edge[] {
  const edges: Edge[] = [];
  for (let peer = 1; peer < peers; peer++) {
    const chosen = new Set<number>();
    while (chosen.size < Math.min(degree, peer)) chosen.add(random.below(peer));
    for (const earlier of chosen) edges.push([earlier, peer]);
  }
  return edges;
}

/** A ring, so that nobody is cut off, and `degree − 2` chosen links a peer on the average. */
function chosen(peers: number, degree: number, random: Random): readonly Edge[] {
  if (peers <= degree + 1) return pairs(peers);
  const order = shuffled(peers, random);
  const seen = new Set<number>();
  const edges: Edge[] = [];
  const link = (a: number, b: number): void => {
    const key = Math.min(a, b) * peers + Math.max(a, b);
    if (a === b || seen.has(key)) return;
    seen.add(key);
    edges.push([a, b]);
  };
  for (let n = 0; n < peers; n++) link(order[n] ?? 0, order[(n + 1) % peers] ?? 0);
  const wanted = Math.floor((peers * degree) / 2);
  while (edges.length < wanted) link(random.below(peers), random.below(peers));
  return edges;
}

/** The numbers below `count` in a random order (Fisher–Yates). */
function shuffled(count: number, random: Random): readonly number[] {
  const order = Array.from({ length: count }, (_, n) => n);
  for (let n = count - 1; n > 0; n--) {
    const other = random.below(n + 1);
    [order[n], order[other]] = [order[other] ?? 0, order[n] ?? 0];
  }
  return order;
}
