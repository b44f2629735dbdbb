import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { answerJsonRpc } from "./json-rpc.ts";
import { MAX_HEADER_BYTES, MAX_SOCKET_BACKLOG_BYTES, SOCKET_PING_MS } from "./limits.ts";
import { startTestServer, type TestServer } from "./testing/start-test-server.ts";

let server: TestServer;
const sockets: (WebSocket | Socket)[] = [];
beforeEach(async () => {
  server = await startTestServer({ requestTimeoutMs: 300 });
});
afterEach(async () => {
  vi.useRealTimers();
  for (const socket of sockets.splice(0)) {
    if (socket instanceof WebSocket) socket.terminate();
    else socket.destroy();
  }
  await server.stop();
});

async function open(options: { readonly autoPong?: boolean } = {}): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.http.port}/ws`, options);
  sockets.push(socket);
  await once(socket, "open");
  return socket;
}

async function ask(socket: WebSocket, method: string, params?: object): Promise<unknown> {
  const answer = once(socket, "message");
  socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method, ...(params && { params }) }));
  return JSON.parse(String((await answer)[0]));
}

/** What comes back on a plain connection until it is closed. */
async function rawAnswer(text: string): Promise<string> {
  const socket = connect(server.http.port, "127.0.0.1");
  sockets.push(socket);
  let answer = "";
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
  });
  socket.write(text);
  await once(socket, "close");
  return answer;
}

describe("[NET-6] the public port", () => {
  it("closes on a subscriber that reads too slowly, and keeps no more for it", async () => {
    const socket = await open();
    await ask(socket, "subscribe", { events: ["tip"] });
    let messages = 0;
    socket.on("message", () => {
      messages += 1;
    });
    const closed = once(socket, "close");
    socket.pause();
    const text = "x".repeat(65_536);
    // Kernels hold some megabytes of their own on the way.
    const events = 400;
    for (let event = 0; event < events; event += 1) {
      server.fake.emit("tip", { text });
      if (event % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(events * text.length).toBeGreaterThan(8 * MAX_SOCKET_BACKLOG_BYTES);
    socket.resume();
    expect((await closed)[0]).toBe(1013);
    expect(messages).toBeGreaterThan(0);
    expect(messages).toBeLessThan(events / 2);
    await vi.waitFor(() => expect(server.fake.listenerCount()).toBe(0));
  });

  it("ends a socket that answers no ping, and keeps one that does", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const gone = await open({ autoPong: false });
    const there = await open();
    const closed = once(gone, "close");
    for (let round = 0; round < 3; round += 1) {
      const pinged = once(there, "ping");
      vi.advanceTimersByTime(SOCKET_PING_MS);
      await pinged;
      // Its pong went before the question, so it was heard before the answer.
      expect(await ask(there, "get_tip")).toMatchObject({ result: { height: 7 } });
    }
    expect((await closed)[0]).toBe(1006);
    expect(there.readyState).toBe(WebSocket.OPEN);
  });

  it("refuses more header than it reads", async () => {
    const answer = await rawAnswer(
      `GET / HTTP/1.1\r\nHost: story.example\r\nCookie: ${"c".repeat(MAX_HEADER_BYTES)}\r\n\r\n`,
    );
    expect(answer).toContain("HTTP/1.1 431");
  });

  it.each([
    ["header", "GET / HTTP/1.1\r\nHost: story.example\r\n"],
    [
      "body",
      "POST /rpc HTTP/1.1\r\nHost: story.example\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
    ],
  ])("gives up on a request whose %s never ends (shorter time)", async (_part, begun) => {
    expect(await rawAnswer(begun)).toContain("HTTP/1.1 408");
  });

  it("takes no method name that is longer than any", async () => {
    const answer = async (length: number): Promise<unknown> =>
      JSON.parse(
        String(
          await answerJsonRpc(
            JSON.stringify({ jsonrpc: "2.0", id: 1, method: "m".repeat(length) }),
            { call: async () => "called", maxBatch: 1, admit: () => true },
          ),
        ),
      );
    expect(await answer(100)).toMatchObject({ result: "called" });
    expect(await answer(101)).toMatchObject({ error: { code: -32_600 } });
  });
});
