import { afterEach, describe, expect, it } from "vitest";
import type { NetworkHandlers } from "../chain/ports/network.ts";
import { createGenesis, encodeGenesis, storyIdOf } from "../kernel/genesis.ts";
import { HEADER_BYTES } from "../kernel/header.ts";
import { initKernel } from "../kernel/init.ts";
import type { Peer } from "../peer/create-peer.ts";
import { FIND_TIMEOUT_MS } from "../peer/find-genesis.ts";
import { inviteLink } from "../peer/invite-link.ts";
import { REQUEST_TIMEOUT_MS } from "../peer/limits.ts";
import type { SyncView, TipView } from "../peer/rpc/shapes.ts";
import { decodeQuestion, encodeAnswer } from "../peer/wire/messages.ts";
import { createSimulatedDisk } from "./simulated-peer.ts";
import { createTestMesh, START_MS, type TestMesh } from "./testing.ts";

await initKernel();

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const running: Peer[] = [];
afterEach(async () => {
  for (const peer of running.splice(0)) await peer.stop();
});

interface Seen {
  readonly peer: Peer;
  tip: TipView;
  sync: SyncView;
}

async function watch(peer: Peer): Promise<Seen> {
  running.push(peer);
  const { tip, sync } = await peer.client.request({ method: "get_status" });
  const seen: Seen = { peer, tip, sync };
  peer.client.on("tip", (next) => {
    seen.tip = next;
  });
  peer.client.on("sync", (next) => {
    seen.sync = next;
  });
  return seen;
}

async function writeStory(mesh: TestMesh, paragraphs: number): Promise<Seen> {
  const seen = await watch(await mesh.add("writer", 8));
  await seen.peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
  await mesh.until("a story", paragraphs * 600_000, () => seen.tip.height >= paragraphs);
  await seen.peer.client.request({ method: "stop_mining" });
  return seen;
}

/** A member of the mesh that is no peer: it answers as the test says. */
async function stranger(
  mesh: TestMesh,
  id: string,
  onRequest: NetworkHandlers["onRequest"],
): Promise<void> {
  await mesh.wires.connect(id).join(storyIdOf(mesh.genesis), {
    onMessage: async () => "ignore",
    onRequest,
    onPeers: () => {},
    onLog: () => {},
  });
}

const boast = (): Uint8Array =>
  encodeAnswer({
    TAG: "status",
    data: {
      tip: new Uint8Array(32).fill(9),
      head: new Uint8Array(32).fill(9),
      microIndex: 0,
      height: 9_999,
      totalWork: 2n ** 200n,
      record: undefined,
    },
  });

describe("[NET-4] catching up", () => {
  it("520 headers come over several questions, and everything is verified", async () => {
    const mesh = await createTestMesh(51, settle);
    const writer = await writeStory(mesh, 520);
    const late = await watch(await mesh.add("late"));
    await mesh.until("synced", 60_000, () => late.tip.hash === writer.tip.hash);
    expect(late.tip.stateRoot).toBe(writer.tip.stateRoot);
    await mesh.until("phase", 5_000, () => late.sync.phase === "synced");
  });

  it("a liar with a huge claim is refuted, and the honest peer is used", async () => {
    const mesh = await createTestMesh(52, settle);
    const writer = await writeStory(mesh, 5);
    await stranger(mesh, "liar", async (_from, bytes) =>
      decodeQuestion(bytes).TAG === "status" ? boast() : encodeAnswer({ TAG: "headers", data: [] }),
    );
    const late = await watch(await mesh.add("late"));
    await mesh.until("synced", 60_000, () => late.tip.hash === writer.tip.hash);
    await mesh.until("phase", 60_000, () => late.sync.phase === "synced");
    expect(late.tip).toMatchObject({ height: 5 });
  });

  it("a peer that stalls is replaced once its time is up, and costs nothing", async () => {
    const mesh = await createTestMesh(53, settle);
    const writer = await writeStory(mesh, 5);
    let askedMs = 0;
    await stranger(mesh, "stalled", async (from, bytes) => {
      if (decodeQuestion(bytes).TAG === "status") return boast();
      if (from === "late") askedMs = mesh.clock.now();
      return new Promise<Uint8Array>(() => {});
    });
    // At first it hears the boast only, so that it asks the one that will never answer.
    mesh.wires.partition([["late", "stalled"], ["writer"]]);
    const late = await watch(await mesh.add("late"));
    await mesh.until("it asks", 5_000, () => askedMs > 0);
    mesh.wires.partition(null);
    await mesh.until("synced", 60_000, () => late.tip.hash === writer.tip.hash);
    expect(mesh.clock.now() - askedMs).toBeGreaterThanOrEqual(REQUEST_TIMEOUT_MS - 100);
    expect(mesh.clock.now() - askedMs).toBeLessThan(REQUEST_TIMEOUT_MS + 2_000);
    const { entries } = await late.peer.client.request({ method: "get_log" });
    expect(entries).toContainEqual(
      expect.objectContaining({ peer: "stalled", code: "request-timeout" }),
    );
    expect(mesh.wires.scoreOf("stalled", "late")).toBe(0);
  });

  it("two peers that have the story share the work of serving its bodies", async () => {
    const mesh = await createTestMesh(56, settle);
    const writer = await writeStory(mesh, 200);
    const second = await watch(await mesh.add("second"));
    await mesh.until("two keepers", 60_000, () => second.tip.hash === writer.tip.hash);
    const before = ["writer", "second"].map((id) => mesh.wires.answeredBytes(id));
    const late = await watch(await mesh.add("late"));
    await mesh.until("synced", 60_000, () => late.tip.hash === writer.tip.hash);
    const sent = ["writer", "second"].map(
      (id, index) => mesh.wires.answeredBytes(id) - (before[index] ?? 0),
    );
    // Headers come from one (73 kB); of the bodies each must have served a fair part.
    expect(Math.min(...sent)).toBeGreaterThan(200 * HEADER_BYTES * 0.25);
  });

  it("an answer that is no answer costs its sender once", async () => {
    const mesh = await createTestMesh(57, settle);
    await stranger(mesh, "liar", async (_from, bytes) =>
      decodeQuestion(bytes).TAG === "status"
        ? boast()
        : encodeAnswer({ TAG: "genesis", data: encodeGenesis(mesh.genesis) }),
    );
    const { peer } = await watch(await mesh.add("a"));
    await mesh.run(20_000);
    const { entries } = await peer.client.request({ method: "get_log" });
    expect(entries.filter(({ code }) => code === "bad-encoding")).toHaveLength(1);
    expect(mesh.wires.scoreOf("liar", "a")).toBe(-100);
  });

  it("switched off in the middle, it keeps what was connected and asks for the rest only", async () => {
    const mesh = await createTestMesh(54, settle, { latencyMs: 200 });
    const writer = await writeStory(mesh, 300);
    const disk = createSimulatedDisk();
    const first = await watch(await mesh.add("late", 1, disk));
    await mesh.until("some bodies", 60_000, () => first.tip.height > 0);
    const kept = first.tip.height;
    expect(kept).toBeLessThan(300);
    await first.peer.stop();
    const second = await watch(await mesh.add("late", 1, disk));
    expect(second.tip.height).toBeGreaterThanOrEqual(kept);
    await mesh.until("synced", 60_000, () => second.tip.hash === writer.tip.hash);
  });

  it("peers that are connected and never answer do not keep a tab from knowing that it is alone", async () => {
    const mesh = await createTestMesh(55, settle);
    await stranger(mesh, "silent", async () => {
      throw new RangeError("nothing to say");
    });
    const seen = await watch(await mesh.add("a"));
    await mesh.run(10_000);
    expect(seen.sync.phase).toBe("connecting");
    await mesh.until("alone", 30_000, () => seen.sync.phase === "alone");
  });
});

describe("opening a story by a link", () => {
  const elsewhere = createGenesis(
    {
      network: "test",
      title: "Elsewhere",
      premise: "It was told in another town.",
      language: "en",
      paceMs: 15_000,
      maxWords: 140,
      chapterLength: 0,
      contentRating: "everyone",
      rules: "",
      createdMs: START_MS,
    },
    new Uint8Array(32).fill(2),
  );
  const link = inviteLink("https://fabula.test/", {
    story: storyIdOf(elsewhere),
    block: null,
    genesis: null,
    via: [],
  });

  it("[GEN-1] a genesis that does not hash to the story's id is refused, a story nobody knows ends in unknown-story, and the open one goes on", async () => {
    const mesh = await createTestMesh(61, settle);
    const writer = await writeStory(mesh, 2);
    const reader = await watch(await mesh.add("reader"));
    await mesh.until("synced", 60_000, () => reader.tip.hash === writer.tip.hash);
    await mesh.wires.connect("forger").join(storyIdOf(elsewhere), {
      onMessage: async () => "ignore",
      onRequest: async () => encodeAnswer({ TAG: "genesis", data: encodeGenesis(mesh.genesis) }),
      onPeers: () => {},
      onLog: () => {},
    });
    let code = "";
    reader.peer.client
      .request({ method: "open_story", params: { link } })
      .catch((reason: { code: string }) => {
        code = reason.code;
      });
    await mesh.until("given up", FIND_TIMEOUT_MS + 1_000, () => code !== "");
    expect(code).toBe("unknown-story");
    expect((await reader.peer.client.request({ method: "get_tip" })).hash).toBe(writer.tip.hash);
    // Back on its own mesh: it hears the next paragraph.
    await writer.peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
    await mesh.until("news", 600_000, () => reader.tip.height === 3);
  });

  it("[GEN-1] a true genesis from a peer opens the story", async () => {
    const mesh = await createTestMesh(62, settle);
    const reader = await watch(await mesh.add("reader"));
    await mesh.wires.connect("keeper").join(storyIdOf(elsewhere), {
      onMessage: async () => "ignore",
      onRequest: async () => encodeAnswer({ TAG: "genesis", data: encodeGenesis(elsewhere) }),
      onPeers: () => {},
      onLog: () => {},
    });
    let title = "";
    reader.peer.client.request({ method: "open_story", params: { link } }).then(
      (opened) => {
        title = opened.title;
      },
      () => {},
    );
    await mesh.until("open", FIND_TIMEOUT_MS, () => title !== "");
    expect(title).toBe("Elsewhere");
  });

  it("a damaged genesis in the link is a bad link, another story's is refused by name", async () => {
    const mesh = await createTestMesh(63, settle);
    const { peer } = await watch(await mesh.add("reader"));
    const withGenesis = (genesis: Uint8Array): string =>
      inviteLink("https://fabula.test/", {
        story: storyIdOf(elsewhere),
        block: null,
        genesis,
        via: [],
      });
    const bytes = encodeGenesis(elsewhere);
    await expect(
      peer.request({ method: "open_story", params: { link: withGenesis(bytes.slice(1)) } }),
    ).rejects.toMatchObject({ code: "bad-link" });
    await expect(
      peer.request({
        method: "open_story",
        params: { link: withGenesis(encodeGenesis(mesh.genesis)) },
      }),
    ).rejects.toMatchObject({ code: "wrong-story" });
    expect((await peer.client.request({ method: "get_status" })).title).toBe(mesh.genesis.title);
  });
});
