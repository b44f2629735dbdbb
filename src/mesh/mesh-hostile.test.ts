import { afterEach, expect, test } from "vitest";
import { encodeFrame } from "./framing.ts";
import {
  BYTES_PER_MINUTE,
  GOSSIP_BURST,
  MAX_CONTROL_BYTES,
  MAX_GOSSIP_FRAME_BYTES,
  MAX_REQUEST_BYTES,
  MAX_RESPONSE_BYTES,
  MAX_STREAMS_PER_PEER,
  MAX_TOPIC_BYTES,
  MAX_WAYS_IN,
} from "./limits.ts";
import {
  bytesOf,
  pathTo,
  STORY,
  scoreOf,
  startLighthouse,
  startTab,
  stopAll,
  until,
} from "./mesh-fixture.ts";
import { codesOnceCutOff, repeat, villain } from "./mesh-villain.ts";
import { CONTROL_PROTOCOL, PEERS_TOPIC, requestProtocolName, topicName } from "./topics.ts";

const TIMEOUT_MS = 60_000;

afterEach(stopAll);

test("[NET-6] oversized request frames end in a disconnect", { timeout: TIMEOUT_MS }, async () => {
  const light = await startLighthouse();
  const guest = await villain(light);
  await repeat(guest, 3, async () => {
    const stream = await guest.open(requestProtocolName(STORY));
    stream.send(encodeFrame(new Uint8Array(MAX_REQUEST_BYTES + 1)).subarray(0, 64));
  });
  expect(await codesOnceCutOff(light, guest)).toEqual(
    expect.arrayContaining(["frame-too-large", "peer-cut-off"]),
  );
});

test("[NET-6] a flood of requests ends in a disconnect", { timeout: TIMEOUT_MS }, async () => {
  const light = await startLighthouse();
  const guest = await villain(light);
  // As many as it takes: a busy machine is slow, and the bucket refills meanwhile.
  await repeat(guest, 5_000, async () => {
    const stream = await guest.open(requestProtocolName(STORY));
    for (let i = 0; i < 4; i += 1) stream.send(encodeFrame(bytesOf("more")));
    await stream.close();
  });
  expect(await codesOnceCutOff(light, guest)).toEqual(
    expect.arrayContaining(["too-many-requests", "peer-cut-off"]),
  );
});

test("[NET-6] a flood of unread requests on one stream is cut", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  light.answer = () => new Promise(() => undefined);
  const guest = await villain(light);
  await repeat(guest, 3, async () => {
    const stream = await guest.open(requestProtocolName(STORY));
    for (let i = 0; i < 10; i += 1) stream.send(encodeFrame(bytesOf("more")));
  });
  expect(await codesOnceCutOff(light, guest)).toEqual(
    expect.arrayContaining(["frames-unread", "peer-cut-off"]),
  );
});

test("[NET-6] too many streams are refused and end in a disconnect", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  light.answer = () => new Promise(() => undefined);
  const guest = await villain(light);
  await repeat(guest, MAX_STREAMS_PER_PEER + 30, async () => {
    const stream = await guest.open(requestProtocolName(STORY));
    stream.send(encodeFrame(bytesOf("hold")));
  });
  expect(await codesOnceCutOff(light, guest)).toEqual(
    expect.arrayContaining(["too-many-streams", "peer-cut-off"]),
  );
});

test("[NET-6] garbage and oversize on the control stream end in a disconnect", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  const guest = await villain(light);
  await repeat(guest, 1, async () => {
    const stream = await guest.open(CONTROL_PROTOCOL);
    stream.send(encodeFrame(new Uint8Array(MAX_CONTROL_BYTES + 1)));
  });
  await until(() => light.log.some((each) => each.code === "control-frame-too-large"));
  await repeat(guest, 4, async () => {
    const stream = await guest.open(CONTROL_PROTOCOL);
    stream.send(encodeFrame(Uint8Array.of(77, 1, 2)));
  });
  expect(await codesOnceCutOff(light, guest)).toEqual(
    expect.arrayContaining(["control-garbage", "peer-cut-off"]),
  );
});

test("[NET-6] a gossip message beyond its topic's cap is rejected and costs its sender", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  const guest = await villain(light);
  const topic = topicName(STORY, "announce");
  await until(() => guest.node.services.pubsub.getSubscribers(topic).length > 0);
  for (const fill of [1, 2, 3]) {
    if (!guest.connected()) break;
    await guest.node.services.pubsub.publish(
      topic,
      new Uint8Array(MAX_TOPIC_BYTES.announce + 1).fill(fill),
    );
  }
  expect(await codesOnceCutOff(light, guest)).toEqual(
    expect.arrayContaining(["message-too-large", "peer-cut-off"]),
  );
  expect(light.messages).toEqual([]);
});

test("[NET-6] a flood of gossip ends in a disconnect", { timeout: TIMEOUT_MS }, async () => {
  const light = await startLighthouse();
  const guest = await villain(light);
  const topic = topicName(STORY, "announce");
  await until(() => guest.node.services.pubsub.getSubscribers(topic).length > 0);
  let sent = 0;
  await repeat(guest, GOSSIP_BURST * 50, async () => {
    sent += 1;
    await guest.node.services.pubsub.publish(topic, bytesOf(`spam ${sent}`));
  });
  expect(await codesOnceCutOff(light, guest)).toEqual(
    expect.arrayContaining(["gossip-flood", "peer-cut-off"]),
  );
});

test("[NET-6] announcements in another's name end in a disconnect", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  const guest = await villain(light);
  const topic = PEERS_TOPIC;
  await until(() => guest.node.services.pubsub.getSubscribers(topic).length > 0);
  let nonce = 0;
  await repeat(guest, 20, async () => {
    nonce += 1;
    await guest.node.services.pubsub.publish(
      topic,
      bytesOf(JSON.stringify({ id: light.id, story: STORY.slice(0, 16), addrs: [], nonce })),
    );
  });
  expect(await codesOnceCutOff(light, guest)).toEqual(
    expect.arrayContaining(["message-rejected", "peer-cut-off"]),
  );
});

test("[NET-6] a gossip frame beyond the decoder's cap never reaches the story", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  const guest = await villain(light);
  const topic = topicName(STORY, "tracker");
  await until(() => guest.node.services.pubsub.getSubscribers(topic).length > 0);
  await guest.node.services.pubsub.publish(topic, new Uint8Array(MAX_GOSSIP_FRAME_BYTES + 1));
  const honest = await startTab([light.address]);
  await until(() => pathTo(light, honest) === "server");
  await honest.network.publish("announce", bytesOf("still here"));
  await until(() => light.messages.includes("announce still here"));
  expect(light.messages).toEqual(["announce still here"]);
});

test("[NET-6] connections beyond the cap are refused, others stay", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse({ maxConnections: 2 });
  const first = await startTab([light.address]);
  const second = await startTab([light.address]);
  await until(() => light.network.peers().length === 2);
  const third = await startTab([light.address]);
  await until(() => third.network.relay().state === "lost");
  expect(
    light.network
      .peers()
      .map((each) => each.id)
      .sort(),
  ).toEqual([first.id, second.id].sort());
  expect(scoreOf(light, first)).toBe(0);
});

test("[NET-6] answers beyond the bytes of a minute are refused", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  light.answer = () => Promise.resolve(new Uint8Array(MAX_RESPONSE_BYTES));
  const guest = await villain(light);
  let receivedBytes = 0;
  await repeat(guest, 30, async () => {
    const stream = await guest.open(requestProtocolName(STORY));
    stream.send(encodeFrame(bytesOf("all of it")));
    await stream.close();
    for await (const chunk of stream) receivedBytes += chunk.byteLength;
  });
  expect(light.log.map((each) => each.code)).toContain("too-many-bytes");
  expect(receivedBytes).toBeGreaterThan(BYTES_PER_MINUTE - MAX_RESPONSE_BYTES);
  // What comes back while the test runs is a megabyte a second.
  expect(receivedBytes).toBeLessThan(BYTES_PER_MINUTE + 8 * MAX_RESPONSE_BYTES);
});

test("[NET-6] more ways in than the cap are refused, all of them", {
  timeout: TIMEOUT_MS,
}, async () => {
  const tab = await startTab([]);
  const many = Array.from({ length: MAX_WAYS_IN + 1 }, (_, i) => `/ip4/127.0.0.1/tcp/${i + 1}/ws`);
  await expect(tab.network.addWaysIn(many)).rejects.toMatchObject({ code: "too-many-ways-in" });
  expect(tab.network.relay().state).toBe("none");
});

test("a silent peer is dropped, a slow one is not", { timeout: TIMEOUT_MS }, async () => {
  const pingIntervalMs = 100;
  const light = await startLighthouse({ pingIntervalMs });
  const silent = await villain(light);
  await silent.node.handle(CONTROL_PROTOCOL, () => undefined);
  const slow = await villain(light);
  let pongs = 0;
  await slow.node.handle(CONTROL_PROTOCOL, (stream) => {
    stream.addEventListener("message", (event) => {
      const late = event.data.slice();
      // The same frame with the kind of a pong, two and a half intervals later.
      late[4] = 2;
      setTimeout(() => {
        pongs += 1;
        if (stream.status === "open") stream.send(late);
      }, 2.5 * pingIntervalMs);
    });
  });
  await until(() => !silent.connected());
  await until(() => pongs >= 6);
  expect(slow.connected()).toBe(true);
  expect(light.log).toContainEqual(
    expect.objectContaining({ code: "peer-silent", peer: silent.id }),
  );
});
