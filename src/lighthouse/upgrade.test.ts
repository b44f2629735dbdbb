import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { EVENT_NAMES } from "../peer/rpc/events.ts";
import { MAX_RPC_BYTES } from "./limits.ts";
import { startTestServer, TEST_TOKEN, type TestServer } from "./testing/start-test-server.ts";

let server: TestServer;
const sockets: WebSocket[] = [];
const rawSockets: Socket[] = [];
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  for (const socket of rawSockets.splice(0)) socket.destroy();
  await server.stop();
});

function dial(path = "/ws", headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${server.http.port}${path}`, { headers });
  sockets.push(socket);
  return socket;
}

async function open(headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = dial("/ws", headers);
  await once(socket, "open");
  return socket;
}

/** The HTTP status with which an upgrade was refused. */
function refusal(socket: WebSocket): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.on("unexpected-response", (_, response) => resolve(response.statusCode ?? 0));
    socket.on("open", () => reject(new Error("it was let in")));
    socket.on("error", () => undefined);
  });
}

async function ask(socket: WebSocket, message: unknown): Promise<unknown> {
  const answer = once(socket, "message");
  socket.send(typeof message === "string" ? message : JSON.stringify(message));
  const [data] = await answer;
  return JSON.parse(String(data));
}

const call = (method: string, params?: unknown) => ({
  jsonrpc: "2.0",
  id: 1,
  method,
  ...(params === undefined ? {} : { params }),
});

/** A raw upgrade at `/`, as libp2p's client sends it; resolves with the first bytes that come back. */
async function relayUpgrade(extra = ""): Promise<{ socket: Socket; answer: string }> {
  const socket = connect(server.http.port, "127.0.0.1");
  rawSockets.push(socket);
  socket.on("error", () => undefined);
  socket.write(
    `GET / HTTP/1.1\r\nHost: story.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Case: Kept\r\n\r\n${extra}`,
  );
  const [chunk] = await once(socket, "data");
  return { socket, answer: String(chunk) };
}

describe("/ws", () => {
  it("answers calls in order, and writes only with the token", async () => {
    const socket = await open();
    expect(await ask(socket, call("get_tip"))).toMatchObject({ result: { height: 7 } });
    expect(await ask(socket, "{")).toMatchObject({ error: { code: -32_700 } });
    expect(await ask(socket, call("stop_mining"))).toMatchObject({ error: { code: -32_001 } });
    const owner = await open({ authorization: `Bearer ${TEST_TOKEN}` });
    expect(await ask(owner, call("stop_mining"))).toMatchObject({ result: { active: false } });
  });

  it("sends the events that were asked for, and stops listening when the socket closes", async () => {
    const socket = await open();
    expect(await ask(socket, call("subscribe", { events: ["tip"] }))).toMatchObject({
      result: { events: ["tip"] },
    });
    expect(server.fake.listenerCount()).toBe(1);
    server.fake.emit("peers", { peers: [] });
    const next = once(socket, "message");
    server.fake.emit("tip", { height: 8 });
    expect(JSON.parse(String((await next)[0]))).toEqual({
      jsonrpc: "2.0",
      method: "event",
      params: { event: "tip", data: { height: 8 } },
    });
    expect(await ask(socket, call("subscribe"))).toMatchObject({
      result: { events: expect.arrayContaining([...EVENT_NAMES]) },
    });
    expect(server.fake.listenerCount()).toBe(EVENT_NAMES.length);
    socket.close();
    await vi.waitFor(() => expect(server.fake.listenerCount()).toBe(0));
  });

  it("refuses events that do not exist", async () => {
    const socket = await open();
    for (const params of [{ events: ["tip", "absent"] }, { events: "tip" }]) {
      expect(await ask(socket, call("subscribe", params))).toMatchObject({
        error: { code: -32_602 },
      });
    }
    expect(server.fake.listenerCount()).toBe(0);
  });

  it("refuses pages of other sites", async () => {
    expect(await refusal(dial("/ws", { origin: "https://evil.example" }))).toBe(403);
    const socket = await open({ origin: `http://127.0.0.1:${server.http.port}` });
    expect(await ask(socket, call("get_tip"))).toMatchObject({ result: { height: 7 } });
  });

  it("closes on binary and on oversized messages", async () => {
    const binary = await open();
    binary.send(Buffer.from("{}"), { binary: true });
    expect((await once(binary, "close"))[0]).toBe(1003);
    const large = await open();
    large.send("x".repeat(MAX_RPC_BYTES + 1));
    expect((await once(large, "close"))[0]).toBe(1009);
  });

  it("holds the caps on open sockets, and gives a place back when one closes", async () => {
    await server.stop();
    server = await startTestServer({ rpcCaps: { total: 2, perAddress: 2 } });
    const first = await open();
    await open();
    expect(await refusal(dial())).toBe(503);
    first.close();
    await once(first, "close");
    const next = await vi.waitFor(() => open());
    expect(await ask(next, call("get_tip"))).toMatchObject({ result: { height: 7 } });
  });

  it("holds the rate, counting calls", async () => {
    await server.stop();
    server = await startTestServer({ burst: 1 });
    const socket = await open();
    expect(await ask(socket, call("get_tip"))).toMatchObject({ result: { height: 7 } });
    expect(await ask(socket, call("get_tip"))).toMatchObject({ error: { code: -32_005 } });
  });
});

describe("the relay behind the port", () => {
  it("gets an upgrade at / byte by byte, both ways", async () => {
    const { socket, answer } = await relayUpgrade("early");
    expect(answer).toContain("101 Switching Protocols\r\nX-Relay: yes");
    await vi.waitFor(() => expect(server.relayed()).toContain("early"));
    expect(server.relayed()).toMatch(/^GET \/ HTTP\/1\.1\r\n/);
    expect(server.relayed()).toContain("\r\nHost: story.example\r\n");
    expect(server.relayed()).toContain("\r\nX-Case: Kept\r\n");
    const echo = once(socket, "data");
    socket.write(Buffer.from([0, 255, 128]));
    expect([...(await echo)[0]]).toEqual([0, 255, 128]);
  });

  it("is not reached from any other path", async () => {
    expect(await refusal(dial("/other"))).toBe(404);
    expect(await refusal(dial("/ws/"))).toBe(404);
    expect(server.relayed()).toBe("");
  });

  it("holds its caps", async () => {
    await server.stop();
    server = await startTestServer({ relayCaps: { total: 5, perAddress: 1 } });
    const first = await relayUpgrade();
    expect((await relayUpgrade()).answer).toContain("503");
    first.socket.destroy();
    await vi.waitFor(async () => expect((await relayUpgrade()).answer).toContain("101"));
  });
});

describe("stop", () => {
  it("says goodbye to subscribers, cuts relayed connections and takes no more", async () => {
    const socket = await open();
    const relayed = await relayUpgrade();
    const goodbye = once(socket, "close");
    const cut = once(relayed.socket, "close");
    await server.http.stop();
    expect((await goodbye)[0]).toBe(1001);
    await cut;
    await expect(fetch(server.http.url)).rejects.toThrow("fetch failed");
  });

  it("frees its port, which is refused while it is taken", async () => {
    const { startHttpServer } = await import("./http-server.ts");
    const { createLighthouseMetrics } = await import("./lighthouse-metrics.ts");
    const { createStaticSite } = await import("./static-site.ts");
    const again = () =>
      startHttpServer({
        services: {
          endpoint: server.fake.endpoint,
          site: createStaticSite(server.siteFolder),
          metrics: createLighthouseMetrics(),
          rates: { take: () => true },
          token: TEST_TOKEN,
          peerId: () => "PEER",
        },
        host: "127.0.0.1",
        port: server.http.port,
        relayPort: () => undefined,
      });
    await expect(again()).rejects.toMatchObject({
      code: "port-in-use",
      data: { port: server.http.port },
    });
    await server.http.stop();
    const second = await again();
    // Its relay is not there yet.
    expect((await relayUpgrade()).answer).toContain("503");
    await second.stop();
  });
});
