import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import { isCoded } from "../kernel/errors.ts";
import type { Peer } from "../peer/create-peer.ts";
import { EVENT_NAMES } from "../peer/rpc/events.ts";
import { METHOD_SCHEMAS } from "../peer/rpc/methods-schema.ts";
import type { MethodName } from "../peer/rpc/schema.ts";
import type { TipView } from "../peer/rpc/shapes.ts";
import { createTestMesh, type TestMesh } from "./testing.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let mesh: TestMesh;
let peer: Peer;
let other: Peer;
let tip: TipView;

beforeEach(async () => {
  mesh = await createTestMesh(21, settle);
  peer = await mesh.add("a", 8);
  other = await mesh.add("b", 0.001);
  tip = await peer.client.request({ method: "get_tip" });
  peer.client.on("tip", (next) => {
    tip = next;
  });
  await mesh.run(5_000);
  await peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
  await mesh.until("two paragraphs", 600_000, () => tip.height >= 2);
  await peer.client.request({ method: "stop_mining" });
  await mesh.run(1_000);
});

afterEach(async () => {
  await peer.stop();
  await other.stop();
});

const NOBODY = "0".repeat(64);
const ENGLISH_WORDS = ["zoo", "zoo", "zoo"];

/** Parameters of each method for the peer above; `fails` names the code where refusing is the right answer. */
function calls(): Record<MethodName, { readonly params?: unknown; readonly fails?: string }> {
  return {
    get_status: {},
    get_genesis: {},
    get_tip: {},
    get_header: { params: { block: tip.hash } },
    get_block: { params: { height: 1 } },
    get_canon: { params: { from: 1, limit: 500 } },
    get_apocrypha: {},
    get_reorgs: {},
    get_peers: {},
    get_tracker_list: {},
    get_network: {},
    get_round: {},
    balance: {},
    get_rewards: {},
    metrics: {},
    subscribe: { params: { events: ["tip"] } },
    get_log: {},
    submit_paragraph: { params: { text: "A door was open that had been a wall." } },
    draft_paragraph: { params: { seed: "7" } },
    get_draft: {},
    save_draft: { params: { text: "A door" } },
    rebase_draft: { params: { offer: true } },
    discard_draft: {},
    start_mining: { params: { preset: "half" } },
    stop_mining: {},
    generate_block: { fails: "resting" },
    list_stories: {},
    get_link: { params: { block: tip.hash } },
    get_wallet: {},
    list_accounts: {},
    add_account: { params: { name: "Savings" } },
    select_account: { params: { address: NOBODY }, fails: "unknown-account" },
    rename_account: { params: { address: NOBODY, name: "Nobody" }, fails: "unknown-account" },
    import_account: { params: { pem: "no key" }, fails: "bad-private-key" },
    export_account: { params: { address: NOBODY }, fails: "unknown-account" },
    lock_wallet: { fails: "no-passphrase" },
    submit_tx: { params: { tx: "00" }, fails: "bad-encoding" },
    decode_tx: { params: { tx: "00" }, fails: "bad-encoding" },
    send_tokens: { params: { paragraph: tip.hash, consumer: "5", memo: "for the lamp" } },
    register_handle: { params: { handle: "@ada" } },
    submit_operation: {
      params: {
        module: "codex",
        operation: { action: "add", kind: "place", name: "The slip", text: "Boats burn here." },
      },
    },
    resolve_handle: { params: { handle: "ada" } },
    get_handle: { params: { handle: "ada" } },
    get_account: { params: { address: NOBODY } },
    get_transaction: { params: { txid: NOBODY }, fails: "unknown-transaction" },
    get_receipts: { params: { paragraph: tip.hash } },
    get_mempool: {},
    estimate_fee: {},
    get_supply: {},
    get_codex: {},
    get_round_blocks: { params: { height: 1 } },
    search: { params: { query: "1" } },
    reveal_phrase: {},
    confirm_phrase: {
      params: { words: ENGLISH_WORDS.map((word, index) => ({ position: index + 1, word })) },
      fails: "phrase-wrong",
    },
    restore_wallet: { params: { phrase: "zoo" }, fails: "phrase-invalid" },
    set_passphrase: { params: { passphrase: "short" }, fails: "passphrase-short" },
    unlock_wallet: { params: { passphrase: "anything" } },
    get_settings: {},
    set_settings: { params: { name: "Ada" } },
    retry_connections: {},
    set_gate: { params: { allow: null } },
    open_story: { params: {}, fails: "bad-params" },
    set_difficulty: { params: { value: 60 } },
    create_story: { params: { title: "Two", premise: "A second book was begun." } },
    erase_data: { params: { confirm: "erase" } },
  };
}

describe("the table of methods", () => {
  it("every method has a handler whose answer has the shape that the table promises", async () => {
    const table = calls();
    expect(Object.keys(table).sort()).toEqual(Object.keys(METHOD_SCHEMAS).sort());
    for (const [method, { params, fails }] of Object.entries(table)) {
      const asked = peer.request({ method, params });
      // An answer may need the wires: time passes while it is on its way.
      let done = false;
      const schema = METHOD_SCHEMAS[method as MethodName].result as z.ZodMiniType;
      const answered = asked
        .then(
          (answer) => schema.safeParse(answer).error?.message,
          (reason: unknown) => (isCoded(reason) ? reason.code : String(reason)),
        )
        .finally(() => {
          done = true;
        });
      for (let spentMs = 0; spentMs < 60_000 && !done; spentMs += 100) await mesh.run(100);
      // A key derivation takes real time, however much of the virtual one has passed.
      expect(await answered, method).toBe(fails);
    }
  });

  it("an unknown method and parameters of the wrong shape are refused with what is wrong", async () => {
    await expect(peer.request({ method: "toString" })).rejects.toMatchObject({
      code: "unknown-method",
      data: { method: "toString" },
    });
    await expect(
      peer.request({ method: "get_canon", params: { limit: 501 } }),
    ).rejects.toMatchObject({ code: "bad-params", data: { method: "get_canon", path: "limit" } });
    await expect(
      peer.request({ method: "confirm_phrase", params: { words: [{ position: 1 }] } }),
    ).rejects.toMatchObject({ code: "bad-params" });
    await expect(
      peer.request({ method: "subscribe", params: { events: ["rumour"] } }),
    ).rejects.toMatchObject({ code: "unknown-event" });
    expect(() => peer.on("rumour", () => {})).toThrow(/^unknown-event/);
  });

  it.each([
    ["too long", { text: "x".repeat(8_001) }, "bad-params"],
    ["empty", { text: "   " }, "no-words"],
    ["of too many words", { text: "word ".repeat(141) }, "too-many-words"],
    [
      "with a seed beyond 64 bits",
      {
        text: "A door.",
        provenance: {
          writer: "builtin",
          model: "",
          algorithmHash: "0".repeat(64),
          seed: (2n ** 64n).toString(),
        },
      },
      "bad-params",
    ],
  ])(
    "[PAR-1] a paragraph %s is refused and no draft is lost for it",
    async (_what, params, code) => {
      await peer.client.request({ method: "save_draft", params: { text: "kept" } });
      await expect(peer.request({ method: "submit_paragraph", params })).rejects.toMatchObject({
        code,
      });
      const { draft } = await peer.client.request({ method: "get_draft" });
      expect(draft?.text).toBe("kept");
    },
  );

  it("metrics are Prometheus text: families with help and type, samples that parse, each name once", async () => {
    const { text } = await peer.client.request({ method: "metrics" });
    expect(text.endsWith("\n")).toBe(true);
    const types = new Map<string, string>();
    let twice = false;
    for (const line of text.trimEnd().split("\n")) {
      const type = /^# TYPE ([a-z_:][a-z0-9_:]*) (gauge|counter)$/.exec(line);
      if (type !== null) {
        twice ||= types.has(type[1] ?? "");
        types.set(type[1] ?? "", type[2] ?? "");
        continue;
      }
      if (line.startsWith("# HELP ")) continue;
      const sample =
        /^([a-z_:][a-z0-9_:]*)(\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"\})? (-?[0-9.e+-]+)$/.exec(line);
      expect(sample, line).not.toBeNull();
      expect(types.has(sample?.[1] ?? "")).toBe(true);
    }
    expect(twice).toBe(false);
    expect(text).toContain(`fabula_chain_height ${tip.height}\n`);
    expect(text).toMatch(/^block_mined_total [2-9]/m);
  });

  it("[PAR-2] a built-in paragraph is written again by a stranger and shown as verified", async () => {
    let done = false;
    const asked = other.client.request({ method: "get_block", params: { height: 1 } });
    asked.then(
      () => {
        done = true;
      },
      () => {},
    );
    await mesh.until("an answer", 10_000, () => done);
    const block = await asked;
    expect(block.replay).toBe("verified");
    expect(block.proof.verified).toBe(true);
    expect(block.paragraph?.mine).toBe(false);
  });

  it("the estimated rate, the rounds and the forks come from the chain", async () => {
    const view = await peer.client.request({ method: "get_network" });
    const { paragraphs } = await peer.client.request({ method: "get_canon" });
    expect(view.rounds.map(({ height }) => height)).toEqual(paragraphs.map(({ height }) => height));
    const [first, last] = [paragraphs[0], paragraphs.at(-1)];
    const seconds = ((last?.timestampMs ?? 0) - (first?.timestampMs ?? 0)) / 1_000;
    const work = paragraphs.slice(1).reduce((sum, { work }) => sum + Number(work), 0);
    expect(view.estimatedRate).toBeCloseTo(work / seconds, 6);
    expect(view.authors).toBe(1);
  });

  it("stopping and erasing twice is harmless; afterwards there is no story but settings still answer no worse", async () => {
    await peer.client.request({ method: "erase_data", params: { confirm: "erase" } });
    await expect(peer.request({ method: "get_tip" })).rejects.toMatchObject({ code: "no-story" });
    expect((await peer.client.request({ method: "list_stories" })).stories[0]?.current).toBe(false);
    await peer.stop();
    await peer.stop();
  });

  it("opening another story while mining leaves nothing of the first behind, and back again", async () => {
    await peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
    await mesh.run(500);
    const first = mesh.genesis.title;
    const { story, link } = await peer.client.request({
      method: "create_story",
      params: { title: "Elsewhere", premise: "The road went on without them.", network: "test" },
    });
    expect(link).toContain(`#/s/${story}`);
    expect((await peer.client.request({ method: "get_status" })).title).toBe("Elsewhere");
    const { stories } = await peer.client.request({ method: "list_stories" });
    const before = stories.find(({ title }) => title === first);
    const height = tip.height;
    await peer.client.request({
      method: "open_story",
      params: { story: before?.story ?? "" },
    });
    expect((await peer.client.request({ method: "get_tip" })).height).toBeGreaterThanOrEqual(
      height,
    );
  });
});

describe("docs", () => {
  it("name every method of the table in docs/openrpc.json", () => {
    const text = readFileSync(new URL("../../docs/openrpc.json", import.meta.url), "utf8");
    for (const method of Object.keys(METHOD_SCHEMAS)) expect(text).toContain(`"name": "${method}"`);
  });

  it("name every method and every event in docs/RPC.md", () => {
    const text = readFileSync(new URL("../../docs/RPC.md", import.meta.url), "utf8");
    for (const name of [...Object.keys(METHOD_SCHEMAS), ...EVENT_NAMES]) {
      expect(text).toContain(`\`${name}\``);
    }
  });
});
