import "./polyfills.ts";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { streamPair } from "@libp2p/utils";
import { beforeEach, expect, test, vi } from "vitest";
import { privateKeyFromSeed } from "./identity.ts";
import {
  MAX_OWN_STREAMS_PER_PEER,
  MAX_REQUEST_BYTES,
  MAX_RESPONSE_BYTES,
  MAX_WAITING_REQUESTS_PER_PEER,
  OWN_SHARE,
  REQUEST_BURST,
} from "./limits.ts";
import { type ClientConnection, RequestClient } from "./request-client.ts";
import { type Answer, RequestServer } from "./request-server.ts";

const ASK = { timeoutMs: 10_000, maxBytes: 1_000 };
const remotePeer = peerIdFromPrivateKey(await privateKeyFromSeed(new Uint8Array(32).fill(9)));

let answer: Answer;
let streams: number;
let nowMs: number;
let blamed: string[];
let logs: string[];
let connection: ClientConnection | undefined;
let client: RequestClient;

beforeEach(() => {
  answer = (_from, bytes) => Promise.resolve(bytes);
  streams = 0;
  nowMs = 0;
  blamed = [];
  logs = [];
  const reporter = {
    penalise: (_peer: string, _points: number, code: string) => blamed.push(code),
    heard: () => undefined,
    log: (_level: string, code: string) => logs.push(code),
  };
  const server = new RequestServer(
    (from, bytes) => answer(from, bytes),
    reporter,
    () => nowMs,
  );
  connection = {
    status: "open",
    newStream: async () => {
      streams += 1;
      const [outbound, inbound] = await streamPair();
      void server.handle(inbound, { remotePeer });
      return outbound;
    },
  };
  client = new RequestClient(
    "/test/1",
    () => connection,
    reporter,
    () => nowMs,
  );
});

test("[NET-6] many requests share a few streams, each gets its own answer", async () => {
  const asked = Array.from({ length: 40 }, (_, i) => Uint8Array.of(i));
  const answers = await Promise.all(asked.map((each) => client.request("p", each, ASK)));
  expect(answers).toEqual(asked);
  expect(streams).toBe(MAX_OWN_STREAMS_PER_PEER);
  expect(blamed).toEqual([]);
});

test("[NET-6] requests that would wait in vain are refused at once", async () => {
  answer = () => new Promise(() => undefined);
  const asked = MAX_OWN_STREAMS_PER_PEER + MAX_WAITING_REQUESTS_PER_PEER;
  const hanging = Array.from({ length: asked }, () =>
    client.request("p", Uint8Array.of(1), { timeoutMs: 300, maxBytes: 10 }),
  );
  await expect(client.request("p", Uint8Array.of(1), ASK)).rejects.toMatchObject({
    code: "too-many-waiting",
  });
  const codes = await Promise.all(hanging.map((each) => each.catch((error: unknown) => error)));
  expect(codes).toEqual(Array(asked).fill(expect.objectContaining({ code: "request-timeout" })));
});

test("[NET-6] we pace ourselves below the other side's rate", async () => {
  const burst = REQUEST_BURST * OWN_SHARE;
  for (let i = 0; i < burst; i += 1) await client.request("p", Uint8Array.of(1), ASK);
  const next = client.request("p", Uint8Array.of(1), { timeoutMs: 10, maxBytes: 10 });
  await expect(next).rejects.toMatchObject({ code: "request-timeout", data: { phase: "pace" } });
  nowMs += 1_000;
  expect(await client.request("p", Uint8Array.of(2), ASK)).toEqual(Uint8Array.of(2));
});

test("[NET-6] requests and answers beyond their caps do not leave the house", async () => {
  const huge = client.request("p", new Uint8Array(MAX_REQUEST_BYTES + 1), ASK);
  await expect(huge).rejects.toMatchObject({ code: "request-too-large" });
  answer = () => Promise.resolve(new Uint8Array(MAX_RESPONSE_BYTES + 1));
  await expect(client.request("p", Uint8Array.of(1), ASK)).rejects.toMatchObject({
    code: "request-refused",
  });
  await vi.waitFor(() => expect(logs).toContain("request-failed"));
  expect(blamed).toEqual([]);
});

test("a failed request does not spoil the next one", async () => {
  answer = () => Promise.resolve(new Uint8Array(2_000));
  await expect(client.request("p", Uint8Array.of(1), ASK)).rejects.toMatchObject({
    code: "response-too-large",
  });
  answer = (_from, bytes) => Promise.resolve(bytes);
  expect(await client.request("p", Uint8Array.of(3), ASK)).toEqual(Uint8Array.of(3));
  connection = undefined;
  await expect(client.request("p", Uint8Array.of(1), ASK)).rejects.toMatchObject({
    code: "peer-gone",
  });
});
