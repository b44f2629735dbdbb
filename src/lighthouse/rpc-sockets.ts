/**
 * JSON-RPC over WebSocket (`/ws`): the same calls as `/rpc`, and `subscribe`, after which events come as
 * `event` notifications: `{"method":"event","params":{"event":"tip","data":{…}}}`.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { CodedError } from "../kernel/errors.ts";
import { EVENT_NAMES } from "../peer/rpc/events.ts";
import { countedCall, type PublicServices } from "./http-app.ts";
import { answerJsonRpc, type Call, notification } from "./json-rpc.ts";
import { MAX_BATCH, MAX_RPC_BYTES, MAX_SOCKET_BACKLOG_BYTES, SOCKET_PING_MS } from "./limits.ts";
import { hasToken } from "./rpc-access.ts";
import { fieldOf } from "./unknowns.ts";

const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;
const UNSUPPORTED_DATA = 1003;

/** All open RPC sockets. */
export interface RpcSockets {
  /** Takes over an upgrade that was found acceptable. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes all; resolves at once, the peers' answers are not awaited. */
  stop(): void;
}

function eventsFrom(params: unknown): readonly string[] {
  const asked = fieldOf(params, "events");
  if (asked === undefined) return EVENT_NAMES;
  if (!Array.isArray(asked)) {
    throw new CodedError("bad-params", {
      method: "subscribe",
      path: "events",
      problem: "must be a list",
    });
  }
  return EVENT_NAMES.filter((name) => {
    const unknown = asked.find((event) => !EVENT_NAMES.some((known) => known === event));
    if (unknown !== undefined) {
      throw new CodedError("bad-params", {
        method: "subscribe",
        path: "events",
        problem: `no such event: ${String(unknown).slice(0, 40)}; known are ${EVENT_NAMES.join(", ")}`,
      });
    }
    return asked.includes(name);
  });
}

/** Sends unless the reader is so slow that the backlog would grow without bound. */
function send(socket: WebSocket, text: string): void {
  if (socket.bufferedAmount > MAX_SOCKET_BACKLOG_BYTES) {
    socket.close(TRY_AGAIN_LATER, "reading too slowly");
    return;
  }
  socket.send(text);
}

function serve(socket: WebSocket, request: IncomingMessage, services: PublicServices): void {
  const listening = new Map<string, () => void>();
  const plainCall = countedCall(services, hasToken(request.headers, services.token));

  const subscribe = (params: unknown): object => {
    const events = eventsFrom(params);
    for (const event of events) {
      if (listening.has(event)) continue;
      const stop = services.endpoint.on(event, (data) =>
        send(socket, notification("event", { event, data })),
      );
      listening.set(event, stop);
    }
    return { events: [...listening.keys()] };
  };
  const call: Call = async (method, params) =>
    method === "subscribe" ? subscribe(params) : plainCall(method, params);
  const context = {
    call,
    maxBatch: MAX_BATCH,
    admit: (calls: number) => services.rates.take(request.socket.remoteAddress ?? "", calls),
  };

  // One message at a time, in order: answers then need no bookkeeping, and a flood waits in TCP.
  let queue = Promise.resolve();
  let alive = true;
  socket.on("message", (data: Buffer, isBinary) => {
    if (isBinary) {
      socket.close(UNSUPPORTED_DATA, "send text");
      return;
    }
    socket.pause();
    queue = queue
      .then(() => answerJsonRpc(data.toString("utf8"), context))
      .then((answer) => {
        if (answer !== undefined) send(socket, answer);
      })
      .finally(() => socket.resume());
  });
  socket.on("pong", () => {
    alive = true;
  });
  // A broken connection is an event of its own (`close`); its reason concerns nobody here.
  socket.on("error", () => undefined);
  const ping = setInterval(() => {
    if (!alive) socket.terminate();
    alive = false;
    socket.ping();
  }, SOCKET_PING_MS);
  socket.on("close", () => {
    clearInterval(ping);
    for (const stop of listening.values()) stop();
  });
}

/** Creates the RPC over WebSocket. */
export function createRpcSockets(services: PublicServices): RpcSockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_RPC_BYTES,
    perMessageDeflate: false,
  });
  return {
    accept(request, duplex, head) {
      server.handleUpgrade(request, duplex, head, (socket) => serve(socket, request, services));
    },
    stop() {
      for (const socket of server.clients) socket.close(GOING_AWAY, "the lighthouse stops");
      server.close();
    },
  };
}
