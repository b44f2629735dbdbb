import "./polyfills.ts";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Network, NetworkHandlers, NetworkLogEntry, Verdict } from "../chain/ports/network.ts";
import { CodedError } from "../kernel/errors.ts";
import { createLighthouseNetwork, type LighthouseNetwork } from "./create-lighthouse-network.ts";
import { createNetwork } from "./create-network.ts";
import { peerIdFromSeed } from "./identity.ts";

const STORY = "5a".repeat(32);
const started: Network[] = [];
let seeds = 0;

afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.stop()));
});

interface Peer {
  readonly network: Network;
  readonly id: string;
  readonly messages: string[];
  readonly log: NetworkLogEntry[];
  verdict: Verdict;
  answer: (from: string, bytes: Uint8Array) => Promise<Uint8Array>;
}

async function joined(network: Network): Promise<Peer> {
  started.push(network);
  const peer: Peer = {
    network,
    id: network.selfId,
    messages: [],
    log: [],
    verdict: "accept",
    answer: (_from, bytes) => Promise.resolve(bytes),
  };
  const handlers: NetworkHandlers = {
    onMessage: (topic, _from, bytes) => {
      peer.messages.push(`${topic} ${text(bytes)}`);
      return Promise.resolve(peer.verdict);
    },
    onRequest: (from, bytes) => peer.answer(from, bytes),
    onPeers: () => undefined,
    onLog: (entry) => peer.log.push(entry),
  };
  await network.join(STORY, handlers);
  return peer;
}

function seed(): Uint8Array {
  seeds += 1;
  return new Uint8Array(32).fill(seeds);
}

const clock = { now: () => Date.now(), random: () => Math.random() };

async function lighthouse(options: { seed?: Uint8Array; port?: number } = {}): Promise<Peer & LighthouseNetwork & { address: string }> {
  const made = await createLighthouseNetwork({ seed: seed(), host: "127.0.0.1", port: 0, announce: [], ...clock, ...options });
  const address = `/ip4/127.0.0.1/tcp/${made.listenPort}/ws/p2p/${made.network.selfId}`;
  return Object.assign(await joined(made.network), { address, listenPort: made.listenPort });
}

async function tab(waysIn: readonly string[]): Promise<Peer> {
  const peer = await joined(await createNetwork({ seed: seed(), role: "tab", ...clock }));
  await peer.network.addWaysIn(waysIn);
  return peer;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

async function until(condition: () => boolean, timeout = 15_000): Promise<void> {
  await vi.waitFor(() => expect(condition()).toBe(true), { timeout, interval: 20 });
}

function pathTo(from: Peer, to: Peer): string | undefined {
  return from.network.peers().find((each) => each.id === to.id)?.path;
}

describe("a mesh over a lighthouse", () => {
  test("tabs meet directly, gossip, ask and answer", async () => {
    const light = await lighthouse();
    const t0 = performance.now();
    const [a, b, c] = await Promise.all([tab([light.address]), tab([light.address]), tab([light.address])]);
    const all = [a, b, c];
    await until(() => all.every((x) => all.every((y) => x === y || pathTo(x, y) === "direct")));
    console.log("full mesh ms", performance.now() - t0);
    expect(pathTo(a, light)).toBe("server");
    expect(a.network.relay().state).toBe("connected");
    await a.network.publish("announce", bytes("one"));
    await until(() => [b, c, light].every((each) => each.messages.includes("announce one")));
    const answer = await b.network.request(c.id, bytes("hello"), { timeoutMs: 5_000, maxBytes: 100 });
    expect(text(answer)).toBe("hello");
    await until(() => a.network.peers().every((each) => each.latencyMs !== null));
    console.log(a.network.peers());
    await b.network.stop();
    const t1 = performance.now();
    await until(() => pathTo(a, b) === undefined);
    console.log("gone ms", performance.now() - t1);
  }, 60_000);
});
