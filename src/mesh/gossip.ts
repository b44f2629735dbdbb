/**
 * Gossip with a verdict before anything is forwarded (NET-2): size and rate caps first, then the
 * handler decides. Blame falls on the neighbour that passed the message on, because an honest one
 * judges before it forwards.
 *
 * @module
 */
import { type GossipSub, type Message, TopicValidatorResult } from "@libp2p/gossipsub";
import type { PeerId } from "@libp2p/interface";
import type { Verdict } from "../chain/ports/network.ts";
import { CodedError } from "../kernel/errors.ts";
import {
  FORWARD_BURST,
  FORWARDS_PER_SECOND,
  GOSSIP_BURST,
  GOSSIP_MESSAGES_PER_SECOND,
  MAX_HELD_MESSAGES,
  PENALTY,
} from "./limits.ts";
import { errorText, type Reporter } from "./reporter.ts";
import { TokenBucket } from "./token-bucket.ts";

/** What is used of gossipsub. */
export type PubSub = Pick<
  GossipSub,
  "topicValidators" | "subscribe" | "unsubscribe" | "publish" | "getSubscribers"
>;

/** Judges one message of a topic; `author` is the signer, `from` the neighbour that passed it on. */
export type Judge = (from: string, author: string, bytes: Uint8Array) => Promise<Verdict> | Verdict;

const RESULT: Readonly<Record<Verdict, TopicValidatorResult>> = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject,
};

/** The gossip side of a network. */
export class Gossip {
  readonly #pubsub: PubSub;
  readonly #reporter: Reporter;
  readonly #now: () => number;
  readonly #caps = new Map<string, number>();
  readonly #held = new Map<string, Uint8Array[]>();
  readonly #rates = new Map<string, TokenBucket>();
  readonly #forwards = new Map<string, TokenBucket>();

  constructor(pubsub: PubSub, reporter: Reporter, now: () => number) {
    this.#pubsub = pubsub;
    this.#reporter = reporter;
    this.#now = now;
  }

  /** Subscribes to a topic by its wire name; messages above `maxBytes` never reach `judge`. */
  join(topic: string, maxBytes: number, judge: Judge): void {
    this.#caps.set(topic, maxBytes);
    this.#forwards.set(topic, new TokenBucket(FORWARDS_PER_SECOND, FORWARD_BURST, this.#now()));
    this.#pubsub.topicValidators.set(topic, (peer, message) =>
      this.#validate(topic, maxBytes, judge, peer, message),
    );
    this.#pubsub.subscribe(topic);
  }

  /** Leaves a topic. */
  leave(topic: string): void {
    this.#pubsub.unsubscribe(topic);
    this.#pubsub.topicValidators.delete(topic);
    this.#caps.delete(topic);
    this.#forwards.delete(topic);
    this.#held.delete(topic);
  }

  /**
   * Publishes to a joined topic, or as soon as somebody listens: a moment after a connection opened,
   * its subscriptions are still under way. Throws `not-joined` or `message-too-large`.
   */
  async publish(topic: string, bytes: Uint8Array): Promise<void> {
    const maxBytes = this.#caps.get(topic);
    if (maxBytes === undefined) throw new CodedError("not-joined", { topic });
    if (bytes.byteLength > maxBytes)
      throw new CodedError("message-too-large", { topic, sizeBytes: bytes.byteLength, maxBytes });
    if (this.#pubsub.getSubscribers(topic).length === 0) this.#hold(topic, bytes);
    else await this.#pubsub.publish(topic, bytes);
  }

  /** Publishes what was held back; to be called when a peer subscribed to something. */
  flush(): void {
    for (const [topic, held] of this.#held) {
      if (this.#pubsub.getSubscribers(topic).length === 0) continue;
      this.#held.delete(topic);
      for (const bytes of held)
        this.#pubsub.publish(topic, bytes).catch((error: unknown) => {
          this.#reporter.log("info", "publish-failed", undefined, errorText(error));
        });
    }
  }

  /** Forgets the rate of a peer that left. */
  forget(peer: string): void {
    this.#rates.delete(peer);
  }

  async #validate(
    topic: string,
    maxBytes: number,
    judge: Judge,
    peer: PeerId,
    message: Message,
  ): Promise<TopicValidatorResult> {
    const from = peer.toString();
    this.#reporter.heard(from);
    if (message.type !== "signed") return this.#reject(from, PENALTY.garbage, "unsigned-message");
    if (message.data.byteLength > maxBytes)
      return this.#reject(from, PENALTY.tooLarge, "message-too-large");
    if (!this.#withinRate(from)) {
      this.#reporter.penalise(from, PENALTY.gossipFlood, "gossip-flood");
      return TopicValidatorResult.Ignore;
    }
    try {
      const verdict = await judge(from, message.from.toString(), message.data);
      if (verdict === "reject")
        return this.#reject(from, PENALTY.rejectedMessage, "message-rejected");
      // Many strangers, each within its rate, must not make us a flood in the eyes of our neighbours.
      if (verdict === "accept" && this.#forwards.get(topic)?.take(1, this.#now()) !== true)
        return TopicValidatorResult.Ignore;
      return RESULT[verdict];
    } catch (error) {
      // A handler that failed says nothing about the sender.
      this.#reporter.log("warn", "gossip-handler-failed", from, `${topic}: ${errorText(error)}`);
      return TopicValidatorResult.Ignore;
    }
  }

  #hold(topic: string, bytes: Uint8Array): void {
    const held = this.#held.get(topic) ?? [];
    held.push(bytes.slice());
    // The newest matter: whoever comes later asks for the rest.
    this.#held.set(topic, held.slice(-MAX_HELD_MESSAGES));
  }

  #reject(from: string, points: number, code: string): TopicValidatorResult {
    this.#reporter.penalise(from, points, code);
    return TopicValidatorResult.Reject;
  }

  #withinRate(from: string): boolean {
    let rate = this.#rates.get(from);
    if (rate === undefined) {
      rate = new TokenBucket(GOSSIP_MESSAGES_PER_SECOND, GOSSIP_BURST, this.#now());
      this.#rates.set(from, rate);
    }
    return rate.take(1, this.#now());
  }
}
