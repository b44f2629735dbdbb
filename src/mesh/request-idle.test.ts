import "./polyfills.ts";
import type { Stream } from "@libp2p/interface";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { streamPair } from "@libp2p/utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { encodeFrame } from "./framing.ts";
import { privateKeyFromSeed } from "./identity.ts";
import { CLIENT_IDLE_MS, SERVER_IDLE_MS } from "./limits.ts";
import { RequestClient } from "./request-client.ts";
import { RequestServer } from "./request-server.ts";

const remotePeer = peerIdFromPrivateKey(await privateKeyFromSeed(new Uint8Array(32).fill(9)));

let opened: Stream[];
let served: number;
let blamed: string[];
let server: RequestServer;
let client: RequestClient;

beforeEach(() => {
  opened = [];
  served = 0;
  blamed = [];
  const reporter = {
    penalise: (_peer: string, _points: number, code: string) => blamed.push(code),
    heard: () => undefined,
    log: () => undefined,
  };
  server = new RequestServer(
    async (_from, bytes) => bytes,
    reporter,
    () => 0,
  );
  const connection = { status: "open" as const, newStream: open };
  client = new RequestClient(
    "/test/1",
    () => connection,
    reporter,
    () => 0,
  );
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(): Promise<Stream> {
  const [outbound, inbound] = await streamPair();
  opened.push(outbound);
  served += 1;
  void server.handle(inbound, { remotePeer }).finally(() => {
    served -= 1;
  });
  return outbound;
}

/** Lets time pass, and what is under way arrive. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(0);
  }
}

test("[NET-6] a stream without a request is closed by who serves it, at no cost", async () => {
  const stream = await open();
  await pass(SERVER_IDLE_MS - 10);
  expect(served).toBe(1);
  stream.send(encodeFrame(Uint8Array.of(1)));
  // A request begins the time anew.
  await pass(SERVER_IDLE_MS - 10);
  expect(served).toBe(1);
  await pass(20);
  expect(served).toBe(0);
  expect(stream.status).not.toBe("open");
  expect(blamed).toEqual([]);
});

test("[NET-6] our own idle stream is closed before the other side does it, and a new one opened", async () => {
  expect(CLIENT_IDLE_MS).toBeLessThan(SERVER_IDLE_MS);
  const ask = async (): Promise<Uint8Array> => {
    const answer = client.request("p", Uint8Array.of(7), { timeoutMs: 5_000, maxBytes: 10 });
    await pass(0);
    return answer;
  };
  expect(await ask()).toEqual(Uint8Array.of(7));
  await pass(CLIENT_IDLE_MS - 10);
  expect(await ask()).toEqual(Uint8Array.of(7));
  expect(opened).toHaveLength(1);
  await pass(CLIENT_IDLE_MS + 10);
  expect(served).toBe(0);
  expect(await ask()).toEqual(Uint8Array.of(7));
  expect(opened).toHaveLength(2);
  expect(blamed).toEqual([]);
});
