/**
 * The public port on a free loopback port with a fake peer, a small site and a fake relay.
 *
 * @module
 */
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HttpServer, type HttpServerOptions, startHttpServer } from "../http-server.ts";
import { createLighthouseMetrics } from "../lighthouse-metrics.ts";
import { createRateLimiter } from "../rate-limiter.ts";
import { createStaticSite } from "../static-site.ts";
import { createFakeEndpoint, type FakeEndpoint } from "./fake-endpoint.ts";

/** The token of every test server. */
export const TEST_TOKEN = "test-token";
/** A script long enough to be worth compressing. */
export const TEST_SCRIPT: string = `export const text = "${"once upon a time ".repeat(200)}";\n`;

/** A running test server. */
export interface TestServer {
  readonly http: HttpServer;
  readonly fake: FakeEndpoint;
  readonly siteFolder: string;
  /** Bytes that the relay received. */
  readonly relayed: () => string;
  readonly relayPort: number;
  stop(): Promise<void>;
}

async function makeSite(folder: string): Promise<void> {
  await mkdir(join(folder, "assets"), { recursive: true });
  await mkdir(join(folder, ".vite"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>Fabula</title>");
  await writeFile(join(folder, "assets", "index-abc.js"), TEST_SCRIPT);
  await writeFile(join(folder, "assets", "font.woff2"), Buffer.alloc(2_000));
  await writeFile(join(folder, ".vite", "manifest.json"), "{}");
  await writeFile(join(folder, "..", "secret.txt"), "secret");
}

/** A relay that answers each upgrade with 101, then echoes. */
async function startFakeRelay(): Promise<{
  server: Server;
  sockets: Set<Socket>;
  text: () => string;
}> {
  const sockets = new Set<Socket>();
  let text = "";
  const server = createServer((socket) => {
    sockets.add(socket);
    let upgraded = false;
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (upgraded) socket.write(chunk);
      else socket.write("HTTP/1.1 101 Switching Protocols\r\nX-Relay: yes\r\n\r\n");
      upgraded = true;
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, sockets, text: () => text };
}

/** Starts everything; `stop` ends everything. */
export async function startTestServer(
  options: Partial<
    Pick<HttpServerOptions, "rpcCaps" | "relayCaps" | "tls" | "requestTimeoutMs">
  > & {
    readonly burst?: number;
  } = {},
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "fabula-site-"));
  const siteFolder = join(folder, "site");
  await makeSite(siteFolder);
  const relay = await startFakeRelay();
  const address = relay.server.address();
  const relayPort = typeof address === "object" && address ? address.port : 0;
  const fake = createFakeEndpoint();
  const { burst = 1_000, ...caps } = options;
  const http = await startHttpServer({
    services: {
      endpoint: fake.endpoint,
      site: createStaticSite(siteFolder),
      metrics: createLighthouseMetrics(),
      rates: createRateLimiter({ perSecond: 0, burst, maxKeys: 10, now: () => 0 }),
      token: TEST_TOKEN,
      peerId: () => "PEER",
    },
    host: "127.0.0.1",
    port: 0,
    relayPort: () => relayPort,
    ...caps,
  });
  return {
    http,
    fake,
    siteFolder,
    relayed: relay.text,
    relayPort,
    async stop() {
      await http.stop();
      for (const socket of relay.sockets) socket.destroy();
      relay.server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
