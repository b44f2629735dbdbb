/**
 * A mesh without wires: peers of one process exchange gossip and requests with a latency, under the
 * same port as libp2p. It can be cut in groups and healed, and peers can leave.
 *
 * @module
 */
import type {
  Network,
  NetworkHandlers,
  PeerConnection,
  RelayState,
  Topic,
} from "../chain/ports/network.ts";
import { hexFromBytes } from "../kernel/bytes.ts";
import { CodedError } from "../kernel/errors.ts";
import { plainBlake3 } from "../kernel/hash.ts";
import type { Clock } from "../peer/ports.ts";

/** Below this a peer is cut off, as in `src/mesh`. */
const SCORE_FLOOR = -100;

interface Member {
  readonly id: string;
  story: string | null;
  handlers: NetworkHandlers | null;
  gate: ReadonlySet<string> | null;
  readonly scores: Map<string, number>;
  readonly seen: Set<string>;
}

/** The wires between all peers. */
export interface VirtualNetwork {
  /** A network for one new peer. */
  connect(id: string): Network;
  /** Only peers of one group hear each other; `null` heals. */
  partition(groups: readonly (readonly string[])[] | null): void;
  /** Messages handed over so far. */
  delivered(): number;
  /** Bytes of answers that a peer has sent, and that arrived. */
  answeredBytes(id: string): number;
  scoreOf(of: string, by: string): number;
}

/** How the wires behave. */
export interface VirtualNetworkOptions {
  readonly clock: Clock;
  /** One-way delay of a message between two peers, in ms. */
  readonly latencyMs: (from: string, to: string) => number;
  /** Which peers have a connection at all; each with each when left out. */
  readonly linked?: (a: string, b: string) => boolean;
  /** Time that a peer takes before it passes gossip on, in ms; none when left out. */
  readonly relayDelayMs?: () => number;
}

const GATE_ALL = null;

/** Creates the wires. */
export function createVirtualNetwork({
  clock,
  latencyMs,
  linked = () => true,
  relayDelayMs = () => 0,
}: VirtualNetworkOptions): VirtualNetwork {
  const members = new Map<string, Member>();
  let groups: readonly ReadonlySet<string>[] | null = null;
  let delivered = 0;
  const answered = new Map<string, number>();
  const relay: RelayState = { state: "none", address: null, sinceMs: clock.now(), lastError: null };

  const reachable = (a: Member, b: Member): boolean =>
    a !== b &&
    a.story !== null &&
    a.story === b.story &&
    linked(a.id, b.id) &&
    (a.gate === null || a.gate.has(b.id)) &&
    (b.gate === null || b.gate.has(a.id)) &&
    (a.scores.get(b.id) ?? 0) > SCORE_FLOOR &&
    (b.scores.get(a.id) ?? 0) > SCORE_FLOOR &&
    (groups === null || groups.some((group) => group.has(a.id) && group.has(b.id)));

  const connectionsOf = (member: Member): PeerConnection[] =>
    [...members.values()]
      .filter((other) => reachable(member, other))
      .map((other) => ({
        id: other.id,
        path: "direct",
        latencyMs: latencyMs(member.id, other.id) * 2,
        lastMessageMs: null,
        connectedMs: 0,
        direction: "outbound",
        address: `/memory/${other.id}`,
        score: member.scores.get(other.id) ?? 0,
      }));

  const tellAll = (): void => {
    for (const member of members.values()) member.handlers?.onPeers(connectionsOf(member), relay);
  };

  const forward = (from: Member, topic: Topic, bytes: Uint8Array, key: string): void => {
    for (const other of members.values()) {
      if (!reachable(from, other) || other.seen.has(key)) continue;
      other.seen.add(key);
      clock.after(latencyMs(from.id, other.id), () => {
        if (!reachable(from, other) || other.handlers === null) return;
        delivered++;
        other.handlers
          .onMessage(topic, from.id, bytes)
          .then((verdict) => {
            if (verdict === "accept") passOn(other, topic, bytes, key);
          })
          .catch(() => {});
      });
    }
    // Ids of the last messages suffice: a message crosses the mesh within seconds.
    for (const member of members.values()) {
      while (member.seen.size > 1_000) member.seen.delete(member.seen.values().next().value ?? "");
    }
  };

  const passOn = (by: Member, topic: Topic, bytes: Uint8Array, key: string): void => {
    const delayMs = relayDelayMs();
    // A timer of no length would come after others of this moment, and change runs that have no delay.
    if (delayMs === 0) forward(by, topic, bytes, key);
    else clock.after(delayMs, () => forward(by, topic, bytes, key));
  };

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      clock.after(ms, resolve);
    });

  /** There, to the other's handler, and back. */
  const exchange = async (from: Member, to: Member, bytes: Uint8Array): Promise<Uint8Array> => {
    await wait(latencyMs(from.id, to.id));
    if (!reachable(from, to) || to.handlers === null)
      throw new CodedError("peer-gone", { peer: to.id });
    delivered++;
    const answer = await to.handlers.onRequest(from.id, bytes).catch((reason: unknown) => {
      throw new CodedError("request-refused", { reason: String(reason) });
    });
    await wait(latencyMs(to.id, from.id));
    answered.set(to.id, (answered.get(to.id) ?? 0) + answer.length);
    return answer;
  };

  const within = <T>(timeoutMs: number, peer: string, work: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancel = clock.after(timeoutMs, () => {
        reject(new CodedError("request-timeout", { peer, timeoutMs }));
      });
      work.then(resolve, reject).finally(cancel);
    });

  return {
    connect(id) {
      const member: Member = {
        id,
        story: null,
        handlers: null,
        gate: GATE_ALL,
        scores: new Map(),
        seen: new Set(),
      };
      members.set(id, member);
      return {
        selfId: id,
        async join(story, handlers) {
          member.story = story;
          member.handlers = handlers;
          clock.after(0, tellAll);
        },
        async addWaysIn() {},
        retryNow: tellAll,
        async publish(topic, bytes) {
          // A hash, as in NET-2: the bytes themselves would be most of what a long run remembers.
          const key = `${topic} ${hexFromBytes(plainBlake3(bytes))}`;
          member.seen.add(key);
          forward(member, topic, bytes, key);
        },
        async request(peer, bytes, { timeoutMs, maxBytes }) {
          const other = members.get(peer);
          if (other === undefined || !reachable(member, other))
            throw new CodedError("peer-gone", { peer });
          const answer = await within(timeoutMs, peer, exchange(member, other, bytes));
          if (answer.length > maxBytes)
            throw new CodedError("response-too-large", { sizeBytes: answer.length });
          return answer;
        },
        penalise(peer, points) {
          const score = (member.scores.get(peer) ?? 0) - points;
          member.scores.set(peer, score);
          if (score <= SCORE_FLOOR) clock.after(0, tellAll);
        },
        setGate(allow) {
          member.gate = allow === null ? GATE_ALL : new Set(allow);
          clock.after(0, tellAll);
        },
        peers: () => connectionsOf(member),
        relay: () => relay,
        addresses: () => [`/memory/${id}`],
        async stop() {
          if (members.get(id) === member) members.delete(id);
          member.story = null;
          member.handlers = null;
          clock.after(0, tellAll);
        },
      };
    },
    partition(next) {
      groups = next === null ? null : next.map((group) => new Set(group));
      clock.after(0, tellAll);
    },
    delivered: () => delivered,
    answeredBytes: (id) => answered.get(id) ?? 0,
    scoreOf: (of, by) => members.get(by)?.scores.get(of) ?? 0,
  };
}
