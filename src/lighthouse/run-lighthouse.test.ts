import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { CodedError } from "../kernel/errors.ts";
import { type Lighthouse, type LighthouseOptions, runLighthouse } from "./run-lighthouse.ts";
import { readStoredTip } from "./stored-tip.ts";

let folder: string;
let running: Lighthouse | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fabula-lighthouse-"));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

const optionsWith = (change: Partial<LighthouseOptions> = {}): LighthouseOptions => ({
  host: "127.0.0.1",
  port: 0,
  dataFolder: join(folder, "data"),
  story: {},
  mine: false,
  version: "0.0.0-test",
  siteFolder: join(folder, "site"),
  loadCorpus: async () => {
    throw new CodedError("no-corpus");
  },
  spawnMiner: () => {
    throw new CodedError("it must not mine");
  },
  onLog: () => undefined,
  ...change,
});

async function start(change: Partial<LighthouseOptions> = {}): Promise<Lighthouse> {
  running = await runLighthouse(optionsWith(change));
  return running;
}

async function call(method: string, params: object = {}, token?: string): Promise<unknown> {
  const response = await fetch(`${running?.url}rpc`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const answer = (await response.json()) as { result: unknown; error?: unknown };
  expect(answer.error).toBeUndefined();
  return answer.result;
}

describe("runLighthouse", () => {
  it("starts a fresh story in an empty folder, mines nothing, and is the same after a restart", async () => {
    const first = await start();
    const genesis = await call("get_genesis");
    expect(genesis).toMatchObject({
      paceMs: 15_000,
      network: "live",
      title: expect.stringMatching(/./),
    });
    expect(await call("get_status")).toMatchObject({ mining: { consent: false, active: false } });
    const tip = await call("get_tip");
    const joined = (await (await fetch(`${first.url}fabula.json`)).json()) as {
      genesis: string;
      multiaddrs: string[];
    };
    expect(joined.genesis).toBe((genesis as { encoded: string }).encoded);
    expect(joined.multiaddrs).toEqual([
      `/ip4/127.0.0.1/tcp/${new URL(first.url).port}/ws/p2p/${first.peerId}`,
    ]);
    await expect(runLighthouse(optionsWith())).rejects.toMatchObject({
      code: "data-folder-in-use",
    });
    await first.stop();

    expect((await readStoredTip(first.dataFolder)).tip).toEqual(tip);
    const second = await start();
    expect(second.peerId).toBe(first.peerId);
    expect(second.rpcToken).toBe(first.rpcToken);
    expect(await call("get_genesis")).toEqual(genesis);
  });

  it("takes pace, title and premise for a fresh story, and refuses another pace for a kept one", async () => {
    const story = { paceMs: 2_000, title: "Dunes", premise: "Sand everywhere." };
    await (await start({ story })).stop();
    await start({ story: { paceMs: 2_000 } });
    expect(await call("get_genesis")).toMatchObject(story);
    await running?.stop();
    await expect(runLighthouse(optionsWith({ story: { paceMs: 3_000 } }))).rejects.toMatchObject({
      code: "other-pace",
      data: { keptMs: 2_000, askedMs: 3_000 },
    });
    // The refused start left nothing locked.
    await start();
  });

  it("keeps the story that its operator created through the RPC", async () => {
    const { rpcToken, stop } = await start();
    const made = await call(
      "create_story",
      { title: "Second", premise: "", paceMs: 4_000 },
      rpcToken,
    );
    await stop();
    await start();
    expect(await call("get_genesis")).toMatchObject({
      story: (made as { story: string }).story,
      title: "Second",
    });
  });

  it("hands WebSockets at / through to libp2p", async () => {
    const { url } = await start();
    const socket = new WebSocket(url.replace("http", "ws"));
    const first = await new Promise<string>((resolve, reject) => {
      socket.on("error", reject);
      let text = "";
      socket.on("message", (data: Buffer) => {
        text += data.toString("latin1");
        if (text.includes("\n")) resolve(text);
      });
      // multistream-select: the dialler speaks first, and the listener echoes the protocol's name.
      socket.on("open", () => socket.send(Buffer.from("\u0013/multistream/1.0.0\n")));
    });
    expect(first).toContain("/multistream/1.0.0");
    socket.terminate();
  });

  it("leaves nothing behind when its port is taken", async () => {
    const { url } = await start();
    const other = { dataFolder: join(folder, "other"), port: Number(new URL(url).port) };
    await expect(runLighthouse(optionsWith(other))).rejects.toMatchObject({ code: "port-in-use" });
    await running?.stop();
    await start(other);
  });
});
