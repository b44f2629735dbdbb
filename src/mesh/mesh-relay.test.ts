import { multiaddr } from "@multiformats/multiaddr";
import { afterEach, expect, test } from "vitest";
import { privateKeyFromSeed } from "./identity.ts";
import { createLighthouseNode, type LighthouseNodeOptions } from "./libp2p-config.ts";
import { RELAYED_BYTES } from "./limits.ts";
import { freshSeed, stopAll, stopLater, until } from "./mesh-fixture.ts";
import { type Villain, villain } from "./mesh-villain.ts";

const TIMEOUT_MS = 60_000;
const PROTOCOL = "/test/1";

afterEach(stopAll);

interface Relay {
  readonly address: string;
  /** Peers that have a place. */
  placed(): readonly string[];
}

async function startRelay(caps: Partial<LighthouseNodeOptions> = {}): Promise<Relay> {
  const node = await createLighthouseNode({
    privateKey: await privateKeyFromSeed(freshSeed()),
    gater: { denyDialMultiaddr: () => false },
    score: () => 0,
    listen: "/ip4/127.0.0.1/tcp/0/ws",
    announce: [],
    ...caps,
  });
  stopLater(node);
  const [bound] = node.services.internals.transportManager.getAddrs();
  return {
    address: `${String(bound)}/p2p/${node.peerId.toString()}`,
    placed: () => [...node.services.relay.reservations.keys()].map(String),
  };
}

/** Asks for a place at the relay, as a tab does; what the relay says shows in `placed`. */
async function reserve({ node }: Villain, { address }: Relay): Promise<void> {
  const { transportManager } = node.services.internals;
  await transportManager.listen([multiaddr(`${address}/p2p-circuit`)]).catch(() => undefined);
}

async function placedTab(relay: Relay): Promise<Villain> {
  const tab = await villain(relay);
  await reserve(tab, relay);
  await until(() => relay.placed().includes(tab.id));
  return tab;
}

/** A connection from one tab to another through the relay. */
async function relayed(from: Villain, to: Villain, { address }: Relay) {
  const connection = await from.node.dial(multiaddr(`${address}/p2p-circuit/p2p/${to.id}`));
  expect(connection.limits).toBeDefined();
  return connection;
}

test("[NET-6] the relay has a place for so many tabs; one that leaves frees its own (smaller cap)", {
  timeout: TIMEOUT_MS,
}, async () => {
  const relay = await startRelay({ maxReservations: 2 });
  const first = await placedTab(relay);
  const second = await placedTab(relay);
  const third = await villain(relay);
  await reserve(third, relay);
  expect(relay.placed()).toEqual([first.id, second.id]);
  await first.node.stop();
  await until(() => !relay.placed().includes(first.id));
  await reserve(third, relay);
  await until(() => relay.placed().includes(third.id));
  expect(relay.placed()).toHaveLength(2);
});

test("[NET-6] a relayed connection ends after its bytes", { timeout: TIMEOUT_MS }, async () => {
  const relay = await startRelay();
  const [from, to] = [await villain(relay), await placedTab(relay)];
  let receivedBytes = 0;
  await to.node.handle(
    PROTOCOL,
    (stream) => {
      stream.addEventListener("message", (event) => {
        receivedBytes += event.data.byteLength;
      });
    },
    { runOnLimitedConnection: true },
  );
  const connection = await relayed(from, to, relay);
  const stream = await connection.newStream(PROTOCOL, { runOnLimitedConnection: true });
  const chunk = new Uint8Array(32_768);
  for (let sent = 0; sent < 2 * RELAYED_BYTES && stream.status === "open"; ) {
    stream.send(chunk);
    sent += chunk.byteLength;
    const before = sent - 8 * chunk.byteLength;
    await until(() => stream.status !== "open" || receivedBytes >= before);
  }
  await until(() => connection.status !== "open");
  expect(receivedBytes).toBeGreaterThan(RELAYED_BYTES / 2);
  expect(receivedBytes).toBeLessThanOrEqual(RELAYED_BYTES);
  expect(from.connected()).toBe(true);
});

test("[NET-6] a relayed connection ends after its time (smaller cap)", {
  timeout: TIMEOUT_MS,
}, async () => {
  const relay = await startRelay({ relayedMs: 500 });
  const [from, to] = [await villain(relay), await placedTab(relay)];
  const connection = await relayed(from, to, relay);
  await until(() => connection.status !== "open");
  expect(from.connected()).toBe(true);
});
