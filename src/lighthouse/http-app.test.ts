import { rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import { MAX_BATCH, MAX_RPC_BYTES } from "./limits.ts";
import {
  startTestServer,
  TEST_SCRIPT,
  TEST_TOKEN,
  type TestServer,
} from "./testing/start-test-server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Node's own client: sends exactly these headers and undoes no compression. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
  body = "",
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = server.http;
    const client = request(
      { port, host: "127.0.0.1", path, method, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    client.on("error", reject);
    client.end(body);
  });
}

const JSON_TYPE = { "content-type": "application/json" };
const call = (method: string, id = 1) => ({ jsonrpc: "2.0", id, method });

async function rpc(
  message: unknown,
  headers: Record<string, string> = {},
): Promise<Answer & { json: unknown }> {
  const answer = await ask("/rpc", { ...JSON_TYPE, ...headers }, "POST", JSON.stringify(message));
  return {
    ...answer,
    json: String(answer.headers["content-type"]).startsWith("application/json")
      ? JSON.parse(answer.body.toString())
      : undefined,
  };
}

describe("the site", () => {
  it("sends the strict headers with every answer, also with refusals", async () => {
    for (const path of ["/", "/assets/index-abc.js", "/absent", "/healthz", "/rpc"]) {
      const { headers } = await ask(path);
      expect(headers["content-security-policy"], path).toBe(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws: wss: http: https:; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("no-referrer");
      expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
      expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
      expect(headers["x-powered-by"]).toBeUndefined();
    }
  });

  it("compresses what compresses, as the client can read it", async () => {
    const path = "/assets/index-abc.js";
    const brotli = await ask(path, { "accept-encoding": "gzip, deflate, br" });
    expect(brotli.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(brotli.body).toString()).toBe(TEST_SCRIPT);
    const gzip = await ask(path, { "accept-encoding": "gzip, br;q=0" });
    expect(gzip.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(gzip.body).toString()).toBe(TEST_SCRIPT);
    const plain = await ask(path);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.body.toString()).toBe(TEST_SCRIPT);
    const font = await ask("/assets/font.woff2", { "accept-encoding": "br" });
    expect(font.headers["content-encoding"]).toBeUndefined();
    expect(font.headers["content-type"]).toBe("font/woff2");
  });

  it("lets hashed files be kept for good, and asks anew for the rest", async () => {
    const asset = await ask("/assets/index-abc.js");
    expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(asset.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    const page = await ask("/");
    expect(page.headers["cache-control"]).toBe("no-cache");
    const { etag } = page.headers;
    const again = await ask("/", { "if-none-match": String(etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    await writeFile(join(server.siteFolder, "index.html"), "<!doctype html><title>New</title>");
    const changed = await ask("/", { "if-none-match": String(etag) });
    expect([changed.status, changed.body.toString()]).toEqual([
      200,
      "<!doctype html><title>New</title>",
    ]);
  });

  it.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/..%2f..%2f..%2fsecret.txt",
    "/assets/..%5c..%5csecret.txt",
    "/.vite/manifest.json",
    "/assets",
    "/assets/",
    "/%00",
    "/%",
    "/nothing.js",
  ])("finds nothing at %s", async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain("secret");
  });

  it("says how to build a site that is not there", async () => {
    await server.stop();
    server = await startTestServer();
    await rm(server.siteFolder, { recursive: true });
    const { status, body } = await ask("/");
    expect([status, body.toString()]).toEqual([503, expect.stringContaining("npm run build:site")]);
  });
});

describe("operations", () => {
  it("tells health, metrics, and how to join", async () => {
    expect(JSON.parse((await ask("/healthz")).body.toString())).toEqual({ ok: true, height: 7 });
    await rpc(call("get_tip"));
    const metrics = (await ask("/metrics")).body.toString();
    expect(metrics).toContain('fabula_rpc_calls_total{method="get_tip",outcome="ok"} 1');
    expect(metrics).toContain("fabula_fake 1");
    expect(metrics).toContain("fabula_process_cpu_seconds_total");
    const join = await ask("/fabula.json", { host: "story.example:4173" });
    expect(join.headers["access-control-allow-origin"]).toBe("*");
    expect(JSON.parse(join.body.toString())).toEqual({
      genesis: "00ff",
      multiaddrs: ["/dns4/story.example/tcp/4173/ws/p2p/PEER"],
    });
    const proxied = await ask("/fabula.json", { host: "a.example", "x-forwarded-proto": "https" });
    expect(JSON.parse(proxied.body.toString()).multiaddrs).toEqual([
      "/dns4/a.example/tcp/443/tls/ws/p2p/PEER",
    ]);
  });

  it("describes its methods at /openrpc.json, with the running version", async () => {
    const { status, headers, body } = await ask("/openrpc.json");
    expect([status, headers["access-control-allow-origin"]]).toEqual([200, "*"]);
    const { info, methods } = JSON.parse(body.toString());
    expect(info.version).toBe("9.9.9");
    expect(methods.map(({ name }: { name: string }) => name)).toContain("submit_paragraph");
  });

  it("renders its methods at /docs/rpc under the strict policy, and answers rpc.discover", async () => {
    const { status, headers, body } = await ask("/docs/rpc", { host: "story.example:4173" });
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=UTF-8"]);
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(body.toString()).toContain("curl -s http://story.example:4173/rpc");
    expect((await ask("/rpc")).body.toString()).toContain("/docs/rpc");
    const document = JSON.parse((await ask("/openrpc.json")).body.toString());
    expect((await rpc(call("rpc.discover"))).json).toMatchObject({ result: document });
  });

  it("is unhealthy with the peer's code when the story is not open", async () => {
    server.fake.fault = new CodedError("store-newer-schema", { found: 9, known: 1 });
    const { status, body } = await ask("/healthz");
    expect([status, JSON.parse(body.toString())]).toEqual([
      503,
      { ok: false, code: "store-newer-schema" },
    ]);
  });
});

describe("/rpc", () => {
  it("answers calls and batches, and is silent about notifications", async () => {
    const one = await rpc(call("get_tip"));
    expect([one.status, one.json]).toMatchObject([200, { id: 1, result: { height: 7 } }]);
    expect(one.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(one.headers["cache-control"]).toBe("no-store");
    expect((await rpc([call("get_tip", 1), call("get_canon", 2)])).json).toMatchObject([
      { id: 1 },
      { id: 2, result: { total: 0 } },
    ]);
    expect((await rpc({ jsonrpc: "2.0", method: "get_tip" })).status).toBe(204);
  });

  it("lets nobody write without the token", async () => {
    for (const authorization of [
      "",
      "Bearer wrong",
      "Bearer ",
      TEST_TOKEN,
      `Basic ${TEST_TOKEN}`,
    ]) {
      const { json } = await rpc(call("stop_mining"), authorization ? { authorization } : {});
      expect(json).toMatchObject({ error: { code: -32_001, data: { code: "token-needed" } } });
    }
    expect(server.fake.calls).toEqual([]);
    const { json } = await rpc(call("stop_mining"), { authorization: `Bearer ${TEST_TOKEN}` });
    expect(json).toMatchObject({ result: { active: false } });
  });

  it("has no methods that need a person in front of a page, even with the token", async () => {
    for (const method of ["reveal_phrase", "erase_data", "absent", "constructor", "__proto__"]) {
      const { json } = await rpc(call(method), { authorization: `Bearer ${TEST_TOKEN}` });
      expect(json, method).toMatchObject({ error: { code: -32_601 } });
    }
    expect(server.fake.calls).toEqual([]);
  });

  it("refuses pages of other sites, and serves its own", async () => {
    const { port } = server.http;
    const host = `127.0.0.1:${port}`;
    for (const origin of ["https://evil.example", `http://127.0.0.1:${port + 1}`, "null"]) {
      expect((await rpc(call("get_tip"), { host, origin })).status, origin).toBe(403);
    }
    expect(server.fake.calls).toEqual([]);
    expect((await rpc(call("get_tip"), { host, origin: `http://${host}` })).status).toBe(200);
  });

  it("takes only POST, only JSON, only so much at once", async () => {
    const get = await ask("/rpc");
    expect([get.status, get.headers["allow"]]).toEqual([405, "POST"]);
    const form = await ask("/rpc", { "content-type": "text/plain" }, "POST", "{}");
    expect(form.status).toBe(415);
    const large = `"${"x".repeat(MAX_RPC_BYTES)}"`;
    expect((await ask("/rpc", JSON_TYPE, "POST", large)).status).toBe(413);
    const chunked = { ...JSON_TYPE, "transfer-encoding": "chunked" };
    expect((await ask("/rpc", chunked, "POST", large)).status).toBe(413);
    const batch = Array.from({ length: MAX_BATCH + 1 }, (_, id) => call("get_tip", id));
    expect((await rpc(batch)).json).toMatchObject({ error: { code: -32_600 } });
    expect((await rpc(batch.slice(1))).json).toHaveLength(MAX_BATCH);
  });

  it("answers 429 beyond the rate, counting each call of a batch", async () => {
    await server.stop();
    server = await startTestServer({ burst: 3 });
    expect((await rpc([call("get_tip"), call("get_tip")])).status).toBe(200);
    const refused = await rpc([call("get_tip"), call("get_tip")]);
    expect([refused.status, refused.json]).toMatchObject([429, { error: { code: -32_005 } }]);
    expect((await rpc(call("get_tip"))).status).toBe(200);
    expect(server.fake.calls).toHaveLength(3);
  });
});
