/**
 * The HTTP face of a lighthouse: the site, `/rpc` and its page, `/metrics`, `/healthz` and `fabula.json`. Everything
 * a route needs comes in, so that tests run it on a port of their own with a peer of their own.
 *
 * @module
 */
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isCoded } from "../kernel/errors.ts";
import { openRpcText } from "../peer/rpc/openrpc.ts";
import { isMethodName, type RpcEndpoint } from "../peer/rpc/schema.ts";
import { answerJsonRpc, type Call } from "./json-rpc.ts";
import type { LighthouseMetrics } from "./lighthouse-metrics.ts";
import { MAX_BATCH, MAX_RPC_BYTES } from "./limits.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import { createCall, DISCOVER_METHOD, hasToken, isOwnOrigin } from "./rpc-access.ts";
import { RPC_PAGE_PATH, rpcPage } from "./rpc-page.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";
import { multiaddrFromHost } from "./site-info.ts";
import type { StaticSite } from "./static-site.ts";
import { fieldOf } from "./unknowns.ts";

/** What HTTP and WebSocket share. */
export interface PublicServices {
  readonly endpoint: RpcEndpoint;
  readonly site: StaticSite;
  readonly metrics: LighthouseMetrics;
  readonly rates: RateLimiter;
  /** Needed for methods that write. */
  readonly token: string;
  /** libp2p id of the relay behind the port. */
  readonly peerId: () => string;
  /** True when this process itself speaks TLS. */
  readonly tls: boolean;
}

type App = Hono<{ Bindings: HttpBindings }>;
type Request = Context<{ Bindings: HttpBindings }>;

/** A call that is counted by method and outcome. */
export function countedCall(services: PublicServices, authorised: boolean): Call {
  const call = createCall(services.endpoint, authorised);
  return async (method, params) => {
    const isKnown = isMethodName(method) || method === DISCOVER_METHOD;
    const label = isKnown ? method : "unknown";
    try {
      const result = await call(method, params);
      services.metrics.countCall(label, "ok");
      return result;
    } catch (error) {
      services.metrics.countCall(label, "refused");
      throw error;
    }
  };
}

function isSecure(c: Request, tls: boolean): boolean {
  return tls || c.req.header("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}

async function answerRpc(c: Request, services: PublicServices): Promise<Response> {
  const { headers, socket } = c.env.incoming;
  if (!isOwnOrigin(headers)) return c.text("pages of other sites may not call this RPC\n", 403);
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? "")) {
    return c.text("send JSON-RPC 2.0 with Content-Type: application/json\n", 415);
  }
  let limited = false;
  const answer = await answerJsonRpc(await c.req.text(), {
    call: countedCall(services, hasToken(headers, services.token)),
    maxBatch: MAX_BATCH,
    admit: (calls) => {
      limited = !services.rates.take(socket.remoteAddress ?? "", calls);
      return !limited;
    },
  });
  if (answer === undefined) return c.body(null, 204);
  c.header("Content-Type", "application/json; charset=utf-8");
  c.header("Cache-Control", "no-store");
  return c.body(answer, limited ? 429 : 200);
}

function addRpc(app: App, services: PublicServices): void {
  const tooLarge = (c: Context): Response =>
    c.text(`a message is at most ${MAX_RPC_BYTES} bytes\n`, 413);
  app.post("/rpc", bodyLimit({ maxSize: MAX_RPC_BYTES, onError: tooLarge }), (c) =>
    answerRpc(c, services),
  );
  app.all("/rpc", (c) => {
    c.header("Allow", "POST");
    return c.text(`POST a JSON-RPC 2.0 message here; the methods stand at ${RPC_PAGE_PATH}\n`, 405);
  });
  app.get("/ws", (c) => c.text("open a WebSocket here for JSON-RPC 2.0 and events\n", 426));
}

function addOperations(app: App, services: PublicServices): void {
  const { endpoint, metrics } = services;
  app.get("/openrpc.json", async (c) => {
    const version = fieldOf(await endpoint.request({ method: "get_status" }), "version");
    // Like fabula.json: a description that tools on other sites may read.
    c.header("Access-Control-Allow-Origin", "*");
    c.header("Content-Type", "application/json; charset=utf-8");
    return c.body(openRpcText(String(version)));
  });
  app.get(RPC_PAGE_PATH, async (c) => {
    const version = fieldOf(await endpoint.request({ method: "get_status" }), "version");
    const scheme = isSecure(c, services.tls) ? "https" : "http";
    return c.html(rpcPage(String(version), `${scheme}://${c.req.header("host") ?? ""}`));
  });
  app.get("/metrics", async (c) => {
    const own = await metrics.text();
    const peer = fieldOf(await endpoint.request({ method: "metrics" }), "text");
    c.header("Content-Type", metrics.contentType);
    return c.body(`${own}${own.endsWith("\n") ? "" : "\n"}${typeof peer === "string" ? peer : ""}`);
  });
  app.get("/healthz", async (c) => {
    c.header("Cache-Control", "no-store");
    const height = fieldOf(await endpoint.request({ method: "get_tip" }), "height");
    return c.json({ ok: true, height: Number(height) });
  });
  app.get("/fabula.json", async (c) => {
    const genesis = fieldOf(await endpoint.request({ method: "get_genesis" }), "encoded");
    const multiaddr = multiaddrFromHost({
      host: c.req.header("host") ?? "",
      secure: isSecure(c, services.tls),
      peerId: services.peerId(),
    });
    // A page on another host may join through this lighthouse; everything in it is public.
    c.header("Access-Control-Allow-Origin", "*");
    c.header("Cross-Origin-Resource-Policy", "cross-origin");
    c.header("Cache-Control", "no-store");
    return c.json({ genesis: String(genesis), multiaddrs: multiaddr ? [multiaddr] : [] });
  });
}

function decodedPath(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return undefined;
  }
}

function addSite(app: App, site: StaticSite): void {
  app.get("*", async (c) => {
    const path = decodedPath(c.req.url);
    const found =
      path &&
      (await site.serve({
        path,
        acceptEncoding: c.req.header("accept-encoding") ?? "",
        ifNoneMatch: c.req.header("if-none-match"),
      }));
    if (found) {
      const headers = { ...found.headers };
      return found.body
        ? c.body(new Uint8Array(found.body), 200, headers)
        : c.body(null, 304, headers);
    }
    if (path === "/") return c.text("The site is not built. Run: npm run build:site\n", 503);
    return c.text("not found\n", 404);
  });
}

/** Creates the HTTP application. */
export function createHttpApp(services: PublicServices): App {
  const app: App = new Hono();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
    services.metrics.countHttp(c.res.status);
  });
  addRpc(app, services);
  addOperations(app, services);
  addSite(app, services.site);
  app.notFound((c) => c.text("not found\n", 404));
  app.onError((error, c) =>
    isCoded(error)
      ? c.json({ ok: false, code: error.code }, 503)
      : c.json({ ok: false, code: "internal" }, 500),
  );
  return app;
}
