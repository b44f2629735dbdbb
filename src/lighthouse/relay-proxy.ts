/**
 * Hands an upgrade at `/` through to libp2p's own WebSocket listener on a private loopback port, byte by
 * byte: so a lighthouse needs one public port, and libp2p its own server.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

const BAD_GATEWAY = "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n";

/** The request line and headers as they came. */
function headOf(request: IncomingMessage): string {
  const lines = [`${request.method} ${request.url} HTTP/1.1`];
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** Connects `client` with the relay until either side ends; answers 502 when the relay is not there. */
export function proxyToRelay(
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  relayPort: number,
): Socket {
  const relay = connect({ port: relayPort, host: "127.0.0.1", noDelay: true });
  request.socket.setTimeout(0);
  request.socket.setNoDelay(true);
  let connected = false;
  relay.once("connect", () => {
    connected = true;
    relay.write(headOf(request));
    if (head.length > 0) relay.write(head);
    client.pipe(relay);
    relay.pipe(client);
  });
  relay.on("error", () => {
    if (connected) client.destroy();
    else client.end(BAD_GATEWAY);
  });
  relay.on("close", () => client.destroy());
  client.on("error", () => relay.destroy());
  client.on("close", () => relay.destroy());
  return relay;
}
