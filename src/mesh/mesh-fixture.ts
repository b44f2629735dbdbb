/**
 * Real networks for the integration tests: lighthouses and tabs in one Node process, over WebSocket and
 * WebRTC on loopback. Used by tests only.
 *
 * @module
 */
import "./polyfills.ts";
import { expect, vi } from "vitest";
import type { Network, NetworkHandlers, NetworkLogEntry, Verdict } from "../chain/ports/network.ts";
import {
  createLighthouseNetwork,
  type LighthouseNetworkOptions,
} from "./create-lighthouse-network.ts";
import { createNetwork } from "./create-network.ts";

/** The story of all fixture peers. */
export const STORY: string = "5a".repeat(32);

/** A joined network and what it saw. */
export interface FixturePeer {
  readonly network: Network;
  readonly id: string;
  readonly messages: string[];
  readonly log: NetworkLogEntry[];
  verdict: Verdict;
  answer: NetworkHandlers["onRequest"];
}

/** A lighthouse and the address to reach it. */
export interface FixtureLighthouse extends FixturePeer {
  readonly address: string;
  readonly listenPort: number;
}

const started: { stop(): Promise<unknown> }[] = [];
let seeds = 0;
const clock = { now: () => Date.now(), random: () => Math.random() };

/** Stops every network and node that was started since the last call. */
export async function stopAll(): Promise<void> {
  await Promise.all(started.splice(0).map((each) => each.stop()));
}

/** Stops it with the others, at the end of the test. */
export function stopLater(node: { stop(): unknown }): void {
  started.push({ stop: async () => node.stop() });
}

/** A seed that no other call returned. */
export function freshSeed(): Uint8Array {
  seeds += 1;
  return new Uint8Array(32).fill(seeds);
}

/** Starts a lighthouse on a free or given port. */
export async function startLighthouse(
  options: Partial<LighthouseNetworkOptions> = {},
): Promise<FixtureLighthouse> {
  const made = await createLighthouseNetwork({
    seed: freshSeed(),
    host: "127.0.0.1",
    port: 0,
    announce: [],
    ...clock,
    ...options,
  });
  const { listenPort, network } = made;
  const address = `/ip4/127.0.0.1/tcp/${listenPort}/ws/p2p/${network.selfId}`;
  return Object.assign(await join(network), { address, listenPort });
}

/** Starts a tab and waits for its first attempt at each way in. */
export async function startTab(
  waysIn: readonly string[],
  options: { maxConnections?: number } = {},
): Promise<FixturePeer> {
  const peer = await join(
    await createNetwork({ seed: freshSeed(), role: "tab", ...clock, ...options }),
  );
  await peer.network.addWaysIn(waysIn);
  return peer;
}

async function join(network: Network): Promise<FixturePeer> {
  started.push(network);
  const peer: FixturePeer = {
    network,
    id: network.selfId,
    messages: [],
    log: [],
    verdict: "accept",
    answer: (_from, request) => Promise.resolve(request),
  };
  await network.join(STORY, {
    onMessage: (topic, _from, message) => {
      peer.messages.push(`${topic} ${textOf(message.subarray(0, 40))}`);
      return Promise.resolve(peer.verdict);
    },
    onRequest: (from, request) => peer.answer(from, request),
    onPeers: () => undefined,
    onLog: (entry) => peer.log.push(entry),
  });
  return peer;
}

/** UTF-8 text of bytes. */
export function textOf(value: Uint8Array): string {
  return new TextDecoder().decode(value);
}

/** UTF-8 bytes of text. */
export function bytesOf(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

/**
 * Waits for a condition; fails after `timeout` ms. The default leaves room for a second and a third
 * dial: WebRTC in Node now and then closes a connection that is being set up.
 */
export async function until(condition: () => boolean, timeout = 45_000): Promise<void> {
  await vi.waitFor(() => expect(condition()).toBe(true), { timeout, interval: 20 });
}

/** The path of one peer's connection to another, if it has one. */
export function pathTo(from: FixturePeer, to: FixturePeer): string | undefined {
  return from.network.peers().find((each) => each.id === to.id)?.path;
}

/** A peer's score in the eyes of another. */
export function scoreOf(judge: FixturePeer, peer: { readonly id: string }): number | undefined {
  return judge.network.peers().find((each) => each.id === peer.id)?.score;
}

/** True when all tabs have direct connections to each other. */
export function fullyMeshed(tabs: readonly FixturePeer[]): boolean {
  return tabs.every((a) => tabs.every((b) => a === b || pathTo(a, b) === "direct"));
}
