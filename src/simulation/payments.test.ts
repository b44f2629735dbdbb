/**
 * Payments between two simulated peers through the table of methods: what a person and a script see.
 *
 * @module
 */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Peer } from "../peer/create-peer.ts";
import type { FabulaEvents } from "../peer/rpc/events.ts";
import type { TipView } from "../peer/rpc/shapes.ts";
import { createTestMesh, type TestMesh } from "./testing.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const TOKEN = 1_000_000;

let mesh: TestMesh;
/** Wrote two paragraphs, and is the tracker. */
let rich: Peer;
/** Has nothing yet. */
let poor: Peer;
let tip: TipView;

beforeEach(async () => {
  mesh = await createTestMesh(33, settle);
  rich = await mesh.add("a", 8);
  poor = await mesh.add("b", 8);
  tip = await rich.client.request({ method: "get_tip" });
  rich.client.on("tip", (next) => {
    tip = next;
  });
  await mesh.run(5_000);
  await write(rich, 2);
});
afterEach(async () => {
  await rich.stop();
  await poor.stop();
});

/** Lets a peer mine until the canon has a height, then stop. */
async function write(peer: Peer, height: number): Promise<void> {
  await peer.client.request({ method: "start_mining", params: { writer: "builtin" } });
  await mesh.until(`height ${height}`, 1_200_000, () => tip.height >= height);
  await peer.client.request({ method: "stop_mining" });
  await mesh.run(500);
}

const addressOf = async (peer: Peer): Promise<string> =>
  (await peer.client.request({ method: "get_wallet" })).address;
const accountOf = async (peer: Peer, address: string) =>
  peer.client.request({ method: "get_account", params: { address } });
const stateOf = async (peer: Peer, txid: string): Promise<string> => {
  const { transaction } = await peer.client.request({
    method: "get_transaction",
    params: { txid },
  });
  return transaction.state;
};

/** Hears of transactions at `peer` from now on. */
function hear(peer: Peer): FabulaEvents["transaction"][] {
  const heard: FabulaEvents["transaction"][] = [];
  peer.client.on("transaction", (event) => heard.push(event));
  return heard;
}

describe("a tip by handle", () => {
  it("[TRK-2] is sealed in about a second, seen by the other peer, and settled by the next paragraph", async () => {
    const to = await addressOf(poor);
    await rich.client.request({
      method: "register_handle",
      params: { handle: "@Pell", address: to },
    });
    await mesh.run(2_500);
    expect(
      await poor.client.request({ method: "resolve_handle", params: { handle: "pell" } }),
    ).toEqual({ address: to });
    expect(
      await poor.client.request({ method: "get_handle", params: { handle: "@pell" } }),
    ).toEqual({
      handle: "pell",
      owner: to,
      history: [{ owner: to, height: 2 }],
    });

    const heard = hear(poor);
    const { status, txid } = await rich.client.request({
      method: "send_tokens",
      params: { to: "@pell", consumer: String(3 * TOKEN), memo: "for the lamp" },
    });
    expect(status).toBe("admitted");
    expect(await stateOf(rich, txid)).toBe("pending");
    await mesh.until("the other peer hears", 1_000, () => heard.some((one) => one.txid === txid));
    expect(await stateOf(poor, txid)).toBe("pending");
    const mempool = await poor.client.request({ method: "get_mempool" });
    expect(mempool).toMatchObject({ size: 1, projected: [{ kind: "seal", count: 1 }] });
    await mesh.until("sealed", 3_000, () =>
      heard.some((one) => one.txid === txid && one.state === "sealed"),
    );
    expect(await accountOf(poor, to)).toMatchObject({
      exists: true,
      consumer: String(3 * TOKEN),
      handle: "pell",
      nonce: "0",
      nextNonce: "1",
    });
    const found = await poor.client.request({ method: "get_transaction", params: { txid } });
    expect(found).toMatchObject({
      transaction: { state: "sealed", code: 0, memoText: "for the lamp", to, microIndex: 2 },
      proof: { verified: true },
      signatureValid: true,
    });

    await write(poor, 3);
    expect(await stateOf(poor, txid)).toBe("settled");
    const { receipts } = await poor.client.request({
      method: "get_receipts",
      params: { address: to },
    });
    expect(receipts.map((one) => one.txid)).toEqual([txid]);
    const { rewards } = await rich.client.request({ method: "get_rewards" });
    expect(rewards[0]).toMatchObject({ height: 3, reason: "tracker" });
    expect(Number(rewards[0]?.consumer)).toBeGreaterThan(4 * TOKEN);
  });

  it("[RWD-2] balances, pot and supply agree on both peers, to the unit", async () => {
    const paragraph = (await rich.client.request({ method: "get_canon" })).paragraphs[0];
    await rich.client.request({
      method: "send_tokens",
      params: { to: await addressOf(poor), industrial: "1234567", feeSelector: 2 },
    });
    await rich.client.request({
      method: "send_tokens",
      params: { to: await addressOf(poor), consumer: "5", paragraph: paragraph?.block ?? "" },
    });
    await mesh.run(3_000);
    await write(poor, 3);
    for (const peer of [rich, poor]) {
      const supply = await peer.client.request({ method: "get_supply" });
      for (const token of ["consumer", "industrial"] as const) {
        const held = await Promise.all(
          [rich, poor].map(async (one) =>
            BigInt((await accountOf(peer, await addressOf(one)))[token]),
          ),
        );
        expect(held.reduce((sum, one) => sum + one, BigInt(supply.pot[token]))).toBe(
          BigInt(supply.emitted[token]),
        );
      }
    }
  });
});

describe("what would fail or lose", () => {
  const refusal = (number: number): object =>
    expect.objectContaining({
      code: "transaction-refused",
      data: expect.objectContaining({ number }),
    });

  it("[TX-7] is told at once, and nothing is signed for it", async () => {
    const { client } = rich;
    const send = (params: object) => rich.request({ method: "send_tokens", params });
    const operate = (module: string, operation: object) =>
      rich.request({ method: "submit_operation", params: { module, operation } });
    const to = await addressOf(poor);
    await expect(send({ to: "@nobody", consumer: "1" })).rejects.toMatchObject({
      code: "handle-unknown",
      data: { handle: "nobody" },
    });
    for (const params of [{ to }, { consumer: "1" }, { to: "??", consumer: "1" }]) {
      await expect(send(params)).rejects.toMatchObject({ code: "bad-params" });
    }
    await expect(send({ to, consumer: (2n ** 64n).toString() })).rejects.toMatchObject({
      code: "bad-params",
      data: { path: "consumer" },
    });
    await expect(send({ consumer: "1", paragraph: "0".repeat(64) })).rejects.toMatchObject({
      code: "unknown-block",
    });
    await expect(send({ to, consumer: "1", memo: "\u202etxt" })).rejects.toMatchObject({
      code: "bad-text",
    });
    await expect(send({ to, consumer: "1", memo: "ä".repeat(129) })).rejects.toEqual(refusal(36));
    await expect(
      send({ consumer: "1", memo: "x".repeat(219), paragraph: tip.hash }),
    ).rejects.toEqual(refusal(36));
    await expect(send({ to, consumer: "9000000000000" })).rejects.toEqual(refusal(2));
    await expect(send({ to, consumer: "1", fee: "5" })).rejects.toEqual(refusal(10));
    await expect(send({ to, consumer: "1", fee: String(2n ** 63n) })).rejects.toEqual(refusal(14));
    await expect(operate("weather", { action: "rain" })).rejects.toEqual(refusal(34));
    await expect(operate("codex", { action: "add", kind: "place" })).rejects.toMatchObject({
      code: "bad-params",
    });
    const register = (handle: string) =>
      client.request({ method: "register_handle", params: { handle } });
    await expect(register("@admin")).rejects.toEqual(refusal(38));
    await expect(register("x")).rejects.toMatchObject({ code: "bad-params" });
    await expect(operate("handles", { action: "move", handle: "pell", to })).rejects.toEqual(
      refusal(65),
    );
    expect(await client.request({ method: "get_mempool" })).toMatchObject({
      size: 0,
      counters: { tx_admitted_total: 0 },
    });
    await register("@pell");
    // Its own registration waits: the second would lose to it.
    await expect(register("@pell")).rejects.toEqual(refusal(64));
  });

  it("[HND-1] a registration that the balance does not cover, and one of who has nothing", async () => {
    const register = () =>
      poor.client.request({ method: "register_handle", params: { handle: "pell" } });
    await expect(register()).rejects.toEqual(refusal(1));
    const to = await addressOf(poor);
    await rich.client.request({ method: "send_tokens", params: { to, consumer: "9999999" } });
    await mesh.run(2_500);
    await expect(register()).rejects.toEqual(refusal(67));
    await rich.client.request({ method: "send_tokens", params: { to, consumer: "2000" } });
    await mesh.run(2_500);
    await register();
    await mesh.run(2_500);
    expect((await accountOf(rich, to)).handle).toBe("pell");
  });
});

it("codex and profile: added, amended, read back by the other peer", async () => {
  const operate = (module: string, operation: Record<string, string | number>) =>
    rich.client.request({ method: "submit_operation", params: { module, operation } });
  const ilse = { kind: "character", name: "Ilse Dray" };
  await operate("codex", { action: "add", ...ilse, text: "Eleventh clerk of the tide." });
  await operate("codex", { action: "amend", ...ilse, text: "Twelfth clerk of the tide." });
  await operate("profile", { action: "set", name: "Pell", colour: 255, avatar: "00".repeat(8) });
  await mesh.run(3_000);
  const address = await addressOf(rich);
  expect((await poor.client.request({ method: "get_codex" })).entries).toEqual([
    { ...ilse, text: "Twelfth clerk of the tide.", author: address, height: 2, revision: 2 },
  ]);
  expect((await accountOf(poor, address)).profile).toEqual({
    name: "Pell",
    colour: 255,
    avatar: "00".repeat(8),
  });
});

it("[HDR-2b] a microblock is read like a block: header, receipts, proof, the whole round's bytes", async () => {
  const { txid } = await rich.client.request({
    method: "send_tokens",
    params: { to: await addressOf(poor), consumer: "7" },
  });
  await mesh.run(3_000);
  const key = await poor.client.request({ method: "get_block", params: { height: 2 } });
  expect(key.receipts).toEqual({ block: 0, microblocks: 1 });
  const [micro = ""] = key.microblocks;
  const block = await poor.client.request({ method: "get_block", params: { block: micro } });
  expect(block).toMatchObject({
    header: { kind: "micro", height: 2, microIndex: 1, parent: key.header.hash, work: "0" },
    paragraph: null,
    microblocks: [],
    receipts: { block: 1, microblocks: 0 },
    proof: { leafCount: 2, verified: true },
    replay: "not-applicable",
  });
  const { receipts } = await poor.client.request({
    method: "get_receipts",
    params: { block: micro },
  });
  expect(receipts.map((one) => one.txid)).toEqual([txid]);
  const { blocks } = await poor.client.request({
    method: "get_round_blocks",
    params: { height: 2 },
  });
  expect(blocks).toEqual(
    [key, block].map(({ header, encodedBody }) => header.encoded + encodedBody),
  );
  for (const height of [0, 3]) {
    await expect(
      poor.client.request({ method: "get_round_blocks", params: { height } }),
    ).rejects.toMatchObject({ code: "unknown-block" });
  }
});

it("[MEM-8] what is sent with nobody near is queued, and leaves when a peer comes", async () => {
  const to = await addressOf(rich);
  const from = await addressOf(poor);
  await rich.client.request({ method: "send_tokens", params: { to: from, consumer: "9000" } });
  await mesh.run(2_500);
  mesh.wires.partition([["a"], ["b"]]);
  await mesh.run(500);
  const { status, txid } = await poor.client.request({
    method: "send_tokens",
    params: { to, consumer: "7" },
  });
  expect(status).toBe("queued");
  await mesh.run(5_000);
  expect(await stateOf(poor, txid)).toBe("queued");
  const heard = hear(rich);
  mesh.wires.partition(null);
  await mesh.until("sealed", 20_000, () =>
    heard.some((one) => one.txid === txid && one.state === "sealed"),
  );
  await mesh.run(500);
  expect(await stateOf(poor, txid)).toBe("sealed");
});

it("submit_tx takes what decode_tx reads, once", async () => {
  const { txid } = await rich.client.request({
    method: "send_tokens",
    params: { to: await addressOf(poor), consumer: "7" },
  });
  const { transaction } = await rich.client.request({
    method: "get_transaction",
    params: { txid },
  });
  const decoded = await poor.client.request({
    method: "decode_tx",
    params: { tx: transaction.encoded },
  });
  expect(decoded).toMatchObject({ transaction: { txid, state: "decoded" }, signatureValid: true });
  const forged = `${transaction.encoded.slice(0, -2)}00`;
  const other = await poor.client.request({ method: "decode_tx", params: { tx: forged } });
  expect(other.signatureValid).toBe(false);
  await expect(
    rich.client.request({ method: "submit_tx", params: { tx: transaction.encoded } }),
  ).rejects.toMatchObject({ code: "transaction-refused", data: { number: 6 } });
});

it("set_difficulty starts a test story over at the work asked for, and no live one", async () => {
  const { story, link } = await rich.client.request({
    method: "set_difficulty",
    params: { value: 500 },
  });
  expect(link).toContain(story);
  const genesis = await rich.client.request({ method: "get_genesis" });
  expect(genesis).toMatchObject({
    story,
    network: "test",
    title: mesh.genesis.title,
    premise: mesh.genesis.premise,
    paceMs: mesh.genesis.paceMs,
  });
  expect(Number(genesis.initialWork)).toBeGreaterThanOrEqual(500);
  expect(Number(genesis.initialWork)).toBeLessThan(501);
  await rich.client.request({
    method: "create_story",
    params: { title: "Live", premise: "It was no test.", network: "live" },
  });
  await expect(
    rich.client.request({ method: "set_difficulty", params: { value: 500 } }),
  ).rejects.toMatchObject({ code: "not-a-test-story" });
});

it("the kernel's fifteen counters stand in the metrics under their names, refusals by reason", async () => {
  const to = await addressOf(poor);
  await rich.client.request({ method: "send_tokens", params: { to, consumer: "7" } });
  await expect(
    rich.client.request({ method: "send_tokens", params: { to, consumer: "7", fee: "1" } }),
  ).rejects.toMatchObject({ code: "transaction-refused" });
  const { text } = await rich.client.request({ method: "metrics" });
  const { counters } = await rich.client.request({ method: "get_mempool" });
  const names = Object.keys(counters).filter((name) => !name.includes("{"));
  expect(names).toHaveLength(15);
  for (const name of names)
    expect(text).toMatch(new RegExp(`^# TYPE ${name} (gauge|counter)$`, "m"));
  expect(text).toContain("mempool_size 1\n");
  expect(text).toContain("tx_submitted_total 2\n");
  expect(text).toContain("tx_admitted_total 1\n");
  expect(text).toContain("fee_floor_reject_total 1\n");
  expect(text).toContain('tx_rejected_total{reason="fee_too_low"} 1\n');
  expect(text).toContain('tx_rejected_total{reason="nonce_gap"} 0\n');
  expect(counters['tx_rejected_total{reason="fee_too_low"}']).toBe(1);
});
