import "./polyfills.ts";
import { type Message, TopicValidatorResult } from "@libp2p/gossipsub";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { beforeEach, expect, test } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import { Gossip, type PubSub } from "./gossip.ts";
import { privateKeyFromSeed } from "./identity.ts";
import { FORWARD_BURST, GOSSIP_BURST, MAX_HELD_MESSAGES, PENALTY } from "./limits.ts";

const TOPIC = "/fabula/1/0123456789abcdef/announce/1";
const key = await privateKeyFromSeed(new Uint8Array(32).fill(7));
const sender = peerIdFromPrivateKey(key);

let published: number[];
let listeners: number;
let penalties: [number, string][];
let logs: string[];
let pubsub: PubSub;
let gossip: Gossip;

beforeEach(() => {
  published = [];
  listeners = 1;
  penalties = [];
  logs = [];
  pubsub = {
    topicValidators: new Map(),
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    getSubscribers: () => Array.from({ length: listeners }, () => sender),
    publish: (_topic, data) => {
      published.push(data?.[0] ?? -1);
      return Promise.resolve({ recipients: [] });
    },
  };
  const reporter = {
    penalise: (_peer: string, points: number, code: string) => penalties.push([points, code]),
    heard: () => undefined,
    log: (_level: string, code: string) => logs.push(code),
  };
  gossip = new Gossip(pubsub, reporter, () => 0);
});

function receive(data: Uint8Array): Promise<TopicValidatorResult | undefined> {
  const message: Message = {
    type: "signed",
    from: sender,
    topic: TOPIC,
    data,
    sequenceNumber: 1n,
    signature: new Uint8Array(),
    key: key.publicKey,
  };
  return Promise.resolve(pubsub.topicValidators.get(TOPIC)?.(sender, message));
}

test.each(["accept", "ignore", "reject"] as const)(
  "[NET-2] the verdict %s is the validator's",
  async (verdict) => {
    gossip.join(TOPIC, 10, () => verdict);
    expect(await receive(Uint8Array.of(1))).toBe(verdict);
    expect(penalties).toEqual(
      verdict === "reject" ? [[PENALTY.rejectedMessage, "message-rejected"]] : [],
    );
  },
);

test("[NET-2] a handler that fails blames nobody and forwards nothing", async () => {
  gossip.join(TOPIC, 10, () => Promise.reject(new CodedError("broken")));
  expect(await receive(Uint8Array.of(1))).toBe(TopicValidatorResult.Ignore);
  expect([penalties, logs]).toEqual([[], ["gossip-handler-failed"]]);
});

test("[NET-6] a message beyond the cap never reaches the handler", async () => {
  let judged = 0;
  gossip.join(TOPIC, 10, () => {
    judged += 1;
    return "accept";
  });
  expect(await receive(new Uint8Array(11))).toBe(TopicValidatorResult.Reject);
  expect([judged, penalties]).toEqual([0, [[PENALTY.tooLarge, "message-too-large"]]]);
  await expect(gossip.publish(TOPIC, new Uint8Array(11))).rejects.toMatchObject({
    code: "message-too-large",
  });
});

test("[NET-6] messages beyond the burst are dropped and paid for", async () => {
  let judged = 0;
  gossip.join(TOPIC, 10, () => {
    judged += 1;
    return "accept";
  });
  for (let i = 0; i < GOSSIP_BURST + 2; i += 1) await receive(Uint8Array.of(1));
  expect(judged).toBe(GOSSIP_BURST);
  expect(penalties).toEqual(Array.from({ length: 2 }, () => [PENALTY.gossipFlood, "gossip-flood"]));
});

test("[NET-6] messages wait for the first listener, the newest few", async () => {
  gossip.join(TOPIC, 10, () => "accept");
  listeners = 0;
  for (let i = 0; i < MAX_HELD_MESSAGES + 3; i += 1) await gossip.publish(TOPIC, Uint8Array.of(i));
  gossip.flush();
  expect(published).toEqual([]);
  listeners = 1;
  gossip.flush();
  expect(published).toEqual(Array.from({ length: MAX_HELD_MESSAGES }, (_, i) => i + 3));
  gossip.flush();
  expect(published.length).toBe(MAX_HELD_MESSAGES);
  gossip.leave(TOPIC);
  await expect(gossip.publish(TOPIC, Uint8Array.of(1))).rejects.toMatchObject({
    code: "not-joined",
  });
});

test("[NET-6] what is forwarded stays below the neighbours' cap, however many strangers send", async () => {
  gossip.join(TOPIC, 10, () => "accept");
  const results: (TopicValidatorResult | undefined)[] = [];
  for (let i = 0; i < GOSSIP_BURST; i += 1) results.push(await receive(Uint8Array.of(i)));
  const forwarded = results.filter((each) => each === TopicValidatorResult.Accept);
  expect(forwarded).toHaveLength(Math.floor(FORWARD_BURST));
  expect(3 * forwarded.length).toBeLessThan(GOSSIP_BURST);
  expect(penalties).toEqual([]);
});
