import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { get } from "node:https";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { readTlsFiles } from "./run-lighthouse.ts";
import { startTestServer, type TestServer } from "./testing/start-test-server.ts";

/** A pair made for this test alone; it protects nothing. */
const CERT = fileURLToPath(new URL("./testing/self-signed-cert.pem", import.meta.url));
const KEY = fileURLToPath(new URL("./testing/self-signed-key.pem", import.meta.url));

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({ tls: await readTlsFiles(CERT, KEY) });
});
afterEach(() => server.stop());

describe("a lighthouse with its own certificate", () => {
  it("serves the site's facts over https, with wss in its addresses", async () => {
    const ca = await readFile(CERT);
    const text = await new Promise<string>((resolve, reject) => {
      get(`https://localhost:${server.http.port}/fabula.json`, { ca }, (response) => {
        let body = "";
        response.on("data", (chunk) => {
          body += chunk;
        });
        response.on("end", () => resolve(body));
      }).on("error", reject);
    });
    const { multiaddrs } = JSON.parse(text) as { multiaddrs: string[] };
    expect(multiaddrs[0]).toMatch(/^\/dns4\/localhost\/tcp\/\d+\/tls\/ws\/p2p\//);
  });

  it("answers calls over wss", async () => {
    const ca = await readFile(CERT);
    const socket = new WebSocket(`wss://localhost:${server.http.port}/ws`, { ca });
    await once(socket, "open");
    socket.send(JSON.stringify({ jsonrpc: "2.0", id: 7, method: "get_tip" }));
    const [data] = await once(socket, "message");
    socket.terminate();
    expect(JSON.parse(String(data))).toMatchObject({ id: 7, result: expect.anything() });
  });
});
