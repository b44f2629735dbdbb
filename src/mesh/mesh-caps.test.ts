import type { Stream } from "@libp2p/interface";
import { afterEach, expect, test } from "vitest";
import { encodeFrame } from "./framing.ts";
import { CONTROL_BURST, MAX_PEERS_MESSAGE_BYTES, MAX_TOPIC_BYTES } from "./limits.ts";
import { STORY, startLighthouse, stopAll, until } from "./mesh-fixture.ts";
import { codesOnceCutOff, repeat, villain } from "./mesh-villain.ts";
import { CONTROL_PROTOCOL, PEERS_TOPIC, topicName } from "./topics.ts";

const TIMEOUT_MS = 60_000;

afterEach(stopAll);

test.each([
  ["tracker", topicName(STORY, "tracker"), MAX_TOPIC_BYTES.tracker],
  ["tx", topicName(STORY, "tx"), MAX_TOPIC_BYTES.tx],
  ["peers", PEERS_TOPIC, MAX_PEERS_MESSAGE_BYTES],
])(
  "[NET-6] a message of the topic %s beyond its cap is rejected and costs its sender",
  {
    timeout: TIMEOUT_MS,
  },
  async (_name, topic, maxBytes) => {
    const light = await startLighthouse();
    const guest = await villain(light);
    const { pubsub } = guest.node.services;
    await until(() => pubsub.getSubscribers(topic).length > 0);
    let fill = 0;
    await repeat(guest, 3, async () => {
      fill += 1;
      await pubsub.publish(topic, new Uint8Array(maxBytes + 1).fill(fill));
    });
    expect(await codesOnceCutOff(light, guest)).toEqual(
      expect.arrayContaining(["message-too-large", "peer-cut-off"]),
    );
    expect(light.messages).toEqual([]);
  },
);

test("[NET-6] a flood on the control stream ends in a disconnect", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  const guest = await villain(light);
  const stream = await guest.open(CONTROL_PROTOCOL);
  const ping = encodeFrame(Uint8Array.of(1, 0, 0, 0, 1));
  let answeredBytes = 0;
  stream.addEventListener("message", (event) => {
    answeredBytes += event.data.byteLength;
  });
  const pongs = (): number => answeredBytes / ping.byteLength;
  const floods = (): number => light.log.filter(({ code }) => code === "control-flood").length;
  let sent = 0;
  await repeat(guest, 100, async () => {
    // A few at a time, and never more unread than may be.
    for (let i = 0; i < CONTROL_BURST / 2; i += 1) {
      stream.send(ping);
      sent += 1;
    }
    await until(() => !guest.connected() || pongs() + floods() >= sent);
  });
  expect(await codesOnceCutOff(light, guest)).toEqual(
    expect.arrayContaining(["control-flood", "peer-cut-off"]),
  );
  expect(pongs()).toBeGreaterThanOrEqual(CONTROL_BURST);
});

test("[NET-6] a third control stream of one peer is not served", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  const guest = await villain(light);
  const answered = new Set<number>();
  const streams: Stream[] = [];
  for (const index of [0, 1, 2]) {
    const stream = await guest.open(CONTROL_PROTOCOL);
    streams.push(stream);
    stream.addEventListener("message", () => answered.add(index));
    if (stream.status === "open") stream.send(encodeFrame(Uint8Array.of(1, 0, 0, 0, 1)));
  }
  await until(() => answered.size === 2 && streams[2]?.status !== "open");
  expect([...answered]).toEqual([0, 1]);
  expect(guest.connected()).toBe(true);
});

/** Fields of gossipsub's messages on the wire, each empty: `0a00` is a field 1 of no bytes. */
const SUBSCRIPTION = [0x0a, 0x00];
const MESSAGE = [0x12, 0x00];
const repeated = (field: readonly number[], count: number): number[] =>
  Array.from({ length: count }, () => field).flat();
/** A field of so many bytes. */
const nested = (tag: number, bytes: readonly number[]): number[] => [
  tag,
  (bytes.length & 0x7f) | 0x80,
  bytes.length >> 7,
  ...bytes,
];
const control = (tag: number, count: number): number[] =>
  nested(0x1a, repeated([tag, 0x00], count));
const ids = (tag: number, idTag: number, count: number): number[] =>
  nested(0x1a, nested(tag, repeated([idTag, 0x00], count)));

test.each([
  ["subscriptions", 64, (count: number) => repeated(SUBSCRIPTION, count)],
  ["messages", 256, (count: number) => repeated(MESSAGE, count)],
  ["ihave controls", 64, (count: number) => control(0x0a, count)],
  ["iwant controls", 64, (count: number) => control(0x12, count)],
  ["graft controls", 64, (count: number) => control(0x1a, count)],
  ["prune controls", 64, (count: number) => control(0x22, count)],
  ["idontwant controls", 64, (count: number) => control(0x2a, count)],
  ["ihave ids", 1_024, (count: number) => ids(0x0a, 0x12, count)],
  ["iwant ids", 1_024, (count: number) => ids(0x12, 0x0a, count)],
  ["peer infos", 16, (count: number) => ids(0x22, 0x12, count)],
  ["idontwant ids", 512, (count: number) => ids(0x2a, 0x0a, count)],
])(
  "[NET-6] a gossip frame with more %s than %i is not decoded",
  {
    timeout: TIMEOUT_MS,
  },
  async (_what, max, frame) => {
    const light = await startLighthouse();
    const { pubsub } = (await villain(light)).node.services;
    // Not in its interface; it is what the reader of each neighbour's stream calls.
    const { decodeRpc } = pubsub as unknown as { decodeRpc(bytes: Uint8Array): object };
    const decode = (count: number): object => decodeRpc.call(pubsub, Uint8Array.from(frame(count)));
    expect(() => decode(max)).not.toThrow();
    expect(() => decode(max + 1)).toThrow("too many");
  },
);
