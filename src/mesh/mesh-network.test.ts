import { afterEach, expect, test } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import {
  bytesOf,
  type FixturePeer,
  freshSeed,
  fullyMeshed,
  pathTo,
  scoreOf,
  startLighthouse,
  startTab,
  stopAll,
  textOf,
  until,
} from "./mesh-fixture.ts";

afterEach(stopAll);

const TIMEOUT_MS = 120_000;
const ASK = { timeoutMs: 10_000, maxBytes: 1_000 };

test("tabs meet directly through a lighthouse, gossip, ask and part", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  const tabs = await Promise.all([
    startTab([light.address]),
    startTab([light.address]),
    startTab([light.address]),
  ]);
  const [a, b, c] = tabs;
  await until(() => fullyMeshed(tabs));
  expect(tabs.map((each) => pathTo(each, light))).toEqual(["server", "server", "server"]);
  expect(a.network.relay()).toMatchObject({ state: "connected", address: light.address });
  expect(a.network.addresses()[0]).toBe(`${light.address}/p2p-circuit/webrtc/p2p/${a.id}`);
  expect(light.network.addresses()).toEqual([light.address]);

  await a.network.publish("announce", bytesOf("one"));
  await b.network.publish("tracker", bytesOf("two"));
  await until(() => [b, c, light].every((each) => each.messages.includes("announce one")));
  await until(() => [a, c, light].every((each) => each.messages.includes("tracker two")));
  expect(c.messages.length).toBe(2);

  expect(textOf(await b.network.request(c.id, bytesOf("hello"), ASK))).toBe("hello");
  expect(textOf(await b.network.request(light.id, bytesOf("you"), ASK))).toBe("you");
  await until(() => a.network.peers().every((each) => each.latencyMs !== null));
  // Relayed connections only served to signal: they are dropped.
  await until(() =>
    tabs.every((each) => each.network.peers().every((peer) => peer.path !== "relayed")),
  );

  await b.network.stop();
  // The goodbye, not a time-out of 15 s, tells the others.
  await until(() => pathTo(a, b) === undefined && pathTo(c, b) === undefined, 2_000);
});

test("[NET-2] a rejected message is not forwarded and costs its sender", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  const [a, b] = await Promise.all([startTab([light.address]), startTab([light.address])]);
  // Everything between the two must pass the lighthouse.
  for (const each of [a, b]) each.network.setGate([light.id]);
  await until(() => [a, b].every((each) => each.network.peers().length === 1));

  light.verdict = "reject";
  await a.network.publish("announce", bytesOf("bad"));
  await until(() => (scoreOf(light, a) ?? 0) < 0);
  const score = scoreOf(light, a);
  light.verdict = "ignore";
  await a.network.publish("announce", bytesOf("late"));
  await until(() => light.messages.includes("announce late"));
  light.verdict = "accept";
  await a.network.publish("announce", bytesOf("good"));
  await until(() => b.messages.length > 0);

  expect(b.messages).toEqual(["announce good"]);
  expect(scoreOf(light, a)).toBeGreaterThanOrEqual(score ?? 0);
  expect(light.log.map((each) => each.code)).toContain("message-rejected");
});

test("requests fail with their codes", { timeout: TIMEOUT_MS }, async () => {
  const light = await startLighthouse();
  const tab = await startTab([light.address]);
  await until(() => pathTo(light, tab) === "server");
  const ask = (options = ASK): Promise<Uint8Array> =>
    tab.network.request(light.id, bytesOf("?"), options);

  light.answer = () => Promise.resolve(new Uint8Array(1_001));
  await expect(ask()).rejects.toMatchObject({ code: "response-too-large" });
  light.answer = () => new Promise(() => undefined);
  await expect(ask({ timeoutMs: 100, maxBytes: 10 })).rejects.toMatchObject({
    code: "request-timeout",
  });
  light.answer = () => Promise.reject(new CodedError("not-now", { penalty: 7 }));
  await expect(ask()).rejects.toMatchObject({ code: "request-refused" });
  expect(scoreOf(light, tab)).toBe(-7);
  await expect(tab.network.request(tab.id, bytesOf("?"), ASK)).rejects.toMatchObject({
    code: "peer-gone",
  });
  light.answer = (_from, request) => Promise.resolve(request);
  expect(textOf(await ask())).toBe("?");
});

test("[NET-6] a tab paces its own requests below the cap: none is refused", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  const tab = await startTab([light.address]);
  await until(() => pathTo(light, tab) === "server");
  const asked = Array.from({ length: 150 }, (_, i) => `request ${i}`);
  const answers = await Promise.all(
    asked.map((each) => tab.network.request(light.id, bytesOf(each), ASK)),
  );
  expect(answers.map(textOf)).toEqual(asked);
  expect(scoreOf(light, tab)).toBe(0);
});

test("a gate cuts the mesh in two and heals", { timeout: TIMEOUT_MS }, async () => {
  const light = await startLighthouse();
  const tabs = await Promise.all([
    startTab([light.address]),
    startTab([light.address]),
    startTab([light.address]),
  ]);
  const [a, b, c] = tabs;
  await until(() => fullyMeshed(tabs));
  const groups: FixturePeer[][] = [
    [a, b],
    [c, light],
  ];
  for (const group of groups)
    for (const peer of group) peer.network.setGate(group.map((each) => each.id));
  const reach = (peer: FixturePeer): string[] => peer.network.peers().map((each) => each.id);
  await until(() =>
    [a, b].every((each) => !reach(each).includes(c.id) && !reach(each).includes(light.id)),
  );

  await a.network.publish("announce", bytesOf("left"));
  await c.network.publish("announce", bytesOf("right"));
  await until(
    () => b.messages.includes("announce left") && light.messages.includes("announce right"),
  );
  expect([...c.messages, ...light.messages]).not.toContain("announce left");
  expect([...a.messages, ...b.messages]).not.toContain("announce right");
  expect(pathTo(a, b)).toBe("direct");

  for (const peer of groups.flat()) peer.network.setGate(null);
  await until(() => fullyMeshed(tabs) && tabs.every((each) => pathTo(each, light) === "server"));
  await c.network.publish("announce", bytesOf("whole"));
  await until(() => [a, b, light].every((each) => each.messages.includes("announce whole")));
});

test("tabs go on without their lighthouse and find it again", { timeout: TIMEOUT_MS }, async () => {
  const seed = freshSeed();
  const light = await startLighthouse({ seed });
  const tabs = await Promise.all([startTab([light.address]), startTab([light.address])]);
  const [a, b] = tabs;
  await until(() => fullyMeshed(tabs));
  await light.network.stop();
  await until(() => tabs.every((each) => each.network.relay().state === "lost"));
  await a.network.publish("announce", bytesOf("alone"));
  await until(() => b.messages.includes("announce alone"));

  const again = await startLighthouse({ seed, port: light.listenPort });
  expect(again.address).toBe(light.address);
  await until(() => tabs.every((each) => each.network.relay().state === "connected"), 10_000);
  // The reservation was renewed too: a newcomer can be signalled through the relay.
  const newcomer = await startTab([again.address]);
  await until(() => fullyMeshed([...tabs, newcomer]));
});

test("a tab starts while its lighthouse is away", { timeout: TIMEOUT_MS }, async () => {
  const seed = freshSeed();
  const light = await startLighthouse({ seed });
  await light.network.stop();
  const tab = await startTab([light.address]);
  expect(tab.network.relay()).toMatchObject({ state: "lost", address: light.address });
  const again = await startLighthouse({ seed, port: light.listenPort });
  tab.network.retryNow();
  await until(() => pathTo(tab, again) === "server");
  await expect(tab.network.addWaysIn(["no multiaddr"])).rejects.toMatchObject({
    code: "bad-multiaddr",
  });
});

test("[NET-6] tabs with few places still find each other and none goes beyond its cap", {
  timeout: TIMEOUT_MS,
}, async () => {
  const light = await startLighthouse();
  const maxConnections = 3;
  const tabs = await Promise.all(
    Array.from({ length: 6 }, () => startTab([light.address], { maxConnections })),
  );
  const others = (tab: FixturePeer): number =>
    tab.network.peers().filter((each) => each.id !== light.id).length;
  let most = 0;
  await until(() => {
    most = Math.max(most, ...tabs.map(others));
    return tabs.every((each) => each.network.peers().some((peer) => peer.path === "direct"));
  });
  expect(most).toBeLessThanOrEqual(maxConnections + 1);
  await until(() => tabs.every((each) => others(each) <= maxConnections), 5_000);
});
