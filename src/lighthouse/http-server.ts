/**
 * The one public port: HTTP (or HTTPS) with the application of `http-app.ts` and the upgrades of
 * `upgrade.ts`, started and stopped as one thing.
 *
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import { getRequestListener } from "@hono/node-server";
import { CodedError } from "../kernel/errors.ts";
import { createHttpApp, type PublicServices } from "./http-app.ts";
import { MAX_HEADER_BYTES, REQUEST_TIMEOUT_MS, STOP_GRACE_MS } from "./limits.ts";
import { errnoOf } from "./unknowns.ts";
import { createUpgradeRouter, type UpgradeOptions } from "./upgrade.ts";

/** Certificate and key, PEM. */
export interface TlsFiles {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Where to listen and with what. */
export interface HttpServerOptions extends UpgradeOptions {
  readonly services: Omit<PublicServices, "tls">;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly tls?: TlsFiles;
  /** Time to send a whole request (default: `REQUEST_TIMEOUT_MS`). */
  readonly requestTimeoutMs?: number;
}

/** A running public port. */
export interface HttpServer {
  /** The port in use. */
  readonly port: number;
  /** Address to open in a browser on this machine. */
  readonly url: string;
  /** Takes no more connections, lets running answers end, then cuts what is left. */
  stop(): Promise<void>;
}

function urlOf(host: string, port: number, tls: boolean): string {
  const everywhere = host === "0.0.0.0" || host === "::";
  const name = everywhere ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `${tls ? "https" : "http"}://${name}:${port}/`;
}

function listen(server: Server | TlsServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const errno = errnoOf(error);
      const code = errno === "EADDRINUSE" ? "port-in-use" : "cannot-listen";
      const data = { host, port, reason: errno ?? error.message };
      reject(new CodedError(code, data, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function close(server: Server | TlsServer): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Starts the public port; rejects with `port-in-use` or `cannot-listen` {host, port, reason}. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host, tls, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const services: PublicServices = { ...options.services, tls: tls !== undefined };
  const app = createHttpApp(services);
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    // Node looks now and then only, by default so rarely that the time would be twice as long.
    connectionsCheckingInterval: Math.ceil(requestTimeoutMs / 10),
  };
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    void listener(request, response);
  };
  const server = tls
    ? createTlsServer({ ...limits, cert: tls.cert, key: tls.key }, answer)
    : createServer(limits, answer);
  const upgrades = createUpgradeRouter(services, options);
  server.on("upgrade", (request, socket, head) => upgrades.handle(request, socket, head));
  const port = await listen(server, host, options.port);
  return {
    port,
    url: urlOf(host, port, tls !== undefined),
    async stop() {
      const closed = close(server);
      upgrades.stop();
      await closed;
    },
  };
}
