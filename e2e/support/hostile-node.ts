/**
 * One identity of the hostile peer: the mesh of a tab in Node, connected to its victim and to nobody
 * else, with the raw libp2p node at hand for what the mesh's own manners would not send.
 *
 * @module
 */
import "../../src/mesh/polyfills.ts";
import { webRTC } from "@libp2p/webrtc";
import type { Network, Topic } from "../../src/chain/ports/network.ts";
import { Gate } from "../../src/mesh/gate.ts";
import { privateKeyFromSeed } from "../../src/mesh/identity.ts";
import { createTabNode, type MeshNode } from "../../src/mesh/libp2p-config.ts";
import { MeshNetwork } from "../../src/mesh/mesh-network.ts";
import { Scores } from "../../src/mesh/scores.ts";
import { topicName } from "../../src/mesh/topics.ts";
import {
  type Answer,
  decodeQuestion,
  encodeAnswer,
  type Question,
} from "../../src/peer/wire/messages.ts";

const WITHIN_MS = 40_000;
const POLL_MS = 20;

/** How this identity answers the victim; `undefined` refuses. */
export type Manners = (question: Question) => Answer | Uint8Array | undefined;

/** One identity, connected. */
export interface HostileNode {
  readonly id: string;
  readonly network: Network;
  readonly node: MeshNode;
  answer: Manners;
  readonly connected: () => boolean;
  /** Resolves once `done`; rejects after 40 s (or `withinMs`) with what it waited for. */
  until(what: string, done: () => boolean, withinMs?: number): Promise<void>;
  publishRaw(topic: Topic, bytes: Uint8Array): Promise<void>;
  stop(): Promise<void>;
}

/** Connects a fresh identity to the victim (a tab through the lighthouse's relay, or the lighthouse itself). */
export async function connectHostile(input: {
  readonly story: string;
  readonly lighthouse: string;
  readonly victim: string;
}): Promise<HostileNode> {
  const scores = new Scores(() => Date.now());
  const gate = new Gate(12, () => false);
  const node = await createTabNode({
    privateKey: await privateKeyFromSeed(crypto.getRandomValues(new Uint8Array(32))),
    gater: gate.gater(),
    score: () => 0,
    webRtc: webRTC({ rtcConfiguration: { iceServers: [] } }),
    maxConnections: 12,
  });
  const network = new MeshNetwork({
    node,
    gate,
    scores,
    now: () => Date.now(),
    random: () => Math.random(),
    role: "tab",
  });
  await network.start();
  const { victim, lighthouse, story } = input;
  const isLighthouse = lighthouse.endsWith(victim);
  const self: HostileNode = {
    id: network.selfId,
    network,
    node,
    answer: () => undefined,
    connected: () => network.peers().some((peer) => peer.id === victim && peer.path !== "relayed"),
    until: (what, done, withinMs = WITHIN_MS) =>
      new Promise((resolve, reject) => {
        const startMs = Date.now();
        const look = (): void => {
          if (done()) resolve();
          else if (Date.now() - startMs > withinMs) reject(new Error(`never: ${what}`));
          else setTimeout(look, POLL_MS);
        };
        look();
      }),
    publishRaw: async (topic, bytes) => {
      await node.services.pubsub.publish(topicName(story, topic), bytes);
    },
    stop: () => network.stop(),
  };
  await network.join(story, {
    onMessage: async () => "ignore",
    async onRequest(_from, bytes) {
      const answer = self.answer(decodeQuestion(bytes));
      if (answer === undefined) throw new Error("not served");
      return answer instanceof Uint8Array ? answer : encodeAnswer(answer);
    },
    onPeers: () => {},
    onLog: () => {},
  });
  try {
    await network.addWaysIn([lighthouse]);
    if (!isLighthouse) await network.addWaysIn([`${lighthouse}/p2p-circuit/webrtc/p2p/${victim}`]);
    await self.until("a connection to the victim", self.connected);
    // From here on the victim hears us from ourselves, and nobody else does.
    network.setGate([victim]);
    const topic = topicName(story, "announce");
    await self.until("the victim's subscription", () =>
      node.services.pubsub.getSubscribers(topic).some((peer) => peer.toString() === victim),
    );
    return self;
  } catch (error) {
    await self.stop();
    throw error;
  }
}
