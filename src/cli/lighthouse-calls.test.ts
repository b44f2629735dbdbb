/**
 * What the commands ask of a lighthouse and believe of it, with a lighthouse that is a table of answers.
 *
 * @module
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { bytesFromHex, hexFromBytes } from "../kernel/bytes.ts";
import { initKernel } from "../kernel/init.ts";
import { publicKeyFromSeed } from "../kernel/signature.ts";
import {
  decodeSignedTransaction,
  encodeSignedTransaction,
  transactionDomain,
  verifyTransactionSignature,
} from "../kernel/transaction.ts";
import { handles } from "../ledger/modules/handles.ts";
import { writeKey } from "./key-folder.ts";
import { callLighthouse } from "./rpc-client.ts";
import { signedOperation } from "./signed-operation.ts";
import { answerWith, refusal } from "./testing/fake-lighthouse.ts";
import { writableLighthouse } from "./token.ts";

const URL_OF_TEST = "http://127.0.0.1:9/";
const lighthouse = { url: URL_OF_TEST };
const SEED = new Uint8Array(32).fill(1);
const coded = (code: string): unknown => expect.objectContaining({ code });
let folder: string;

beforeAll(initKernel);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fabula-calls-"));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true, force: true });
});

describe("calls", () => {
  test("a refusal keeps its code and plain facts; a result of another shape is none", async () => {
    answerWith({
      balance: () =>
        refusal({ code: "transaction-refused", number: 10, label: "fee_too_low", x: {} }),
      stop_mining: () => ({ error: { code: -32_603, message: "internal error" } }),
      get_tip: () => ({ height: "high" }),
    });
    await expect(callLighthouse(lighthouse, "balance")).rejects.toThrow(
      expect.objectContaining({
        code: "transaction-refused",
        data: { url: URL_OF_TEST, number: 10, label: "fee_too_low" },
      }),
    );
    await expect(callLighthouse(lighthouse, "stop_mining")).rejects.toThrow(coded("rpc-refused"));
    await expect(callLighthouse(lighthouse, "get_tip")).rejects.toThrow(coded("bad-answer"));
    await expect(callLighthouse(lighthouse, "get_link")).rejects.toThrow(coded("unknown-method"));
  });

  test("something else than a lighthouse gives no answer", async () => {
    vi.stubGlobal("fetch", async () => new Response("<html>"));
    await expect(callLighthouse(lighthouse, "get_tip")).rejects.toThrow(coded("no-answer"));
    vi.stubGlobal("fetch", async () => Response.json({ hello: 1 }));
    await expect(callLighthouse(lighthouse, "get_tip")).rejects.toThrow(coded("no-answer"));
  });

  test("the data folder's token goes to this machine only; a named one goes where it is told", async () => {
    await writeFile(join(folder, "rpc-token"), "secret\n");
    const options = { json: false, data: folder };
    const tokenFor = async (url: string, token?: string): Promise<string | undefined> =>
      (await writableLighthouse({ ...options, url, ...(token !== undefined && { token }) })).token;
    for (const url of ["http://127.0.0.1:1/", "http://localhost", "https://[::1]:2/"])
      expect(await tokenFor(url)).toBe("secret");
    for (const url of ["https://story.example/", "http://127.0.0.1.example/", "nonsense"])
      expect(await tokenFor(url)).toBeUndefined();
    expect(await tokenFor("https://story.example/", "other")).toBe("other");

    const asked = answerWith({
      submit_tx: () => ({ status: "admitted", txid: "0".repeat(64) }),
    });
    await callLighthouse({ url: URL_OF_TEST, token: "secret" }, "submit_tx", { tx: "00" });
    expect(asked[0]?.headers.get("authorization")).toBe("Bearer secret");
  });
});

test("[TX-2] an operation is signed for the story, with the next nonce and the fee of its size", async () => {
  await writeKey(join(folder, "keys"), "alice", SEED);
  const address = hexFromBytes(publicKeyFromSeed(SEED));
  const story = "ab".repeat(32);
  const view = {
    address,
    exists: true,
    consumer: "20000000",
    industrial: "0",
    nonce: "6",
    nextNonce: "7",
    reserved: { consumer: "0", industrial: "0" },
    handle: null,
    profile: null,
  };
  answerWith({
    get_account: () => view,
    estimate_fee: ({ bytes }) => ({
      bytes,
      perByte: "2",
      fee: String(2 * Number(bytes)),
      floorPerByte: "1",
    }),
  });
  const request = {
    account: "sys/handles",
    fields: { action: "register", handle: "@alice" },
    keys: join(folder, "keys"),
    key: "alice",
    story,
  };
  const tx = await signedOperation(lighthouse, request);
  const transaction = decodeSignedTransaction(bytesFromHex(tx));
  const { payload } = transaction;
  const bytes = encodeSignedTransaction(transaction).length;
  expect(payload).toMatchObject({
    from_: address,
    to: "sys/handles",
    nonce: 7n,
    amountConsumer: 0n,
  });
  expect(payload.fee).toBe(BigInt(2 * bytes));
  expect(handles.decode(payload.memo)).toEqual({
    action: "register",
    handle: "alice",
    owner: null,
  });
  const domain = transactionDomain(bytesFromHex(story));
  expect(verifyTransactionSignature(transaction, domain)).toBe(true);

  const cheap = await signedOperation(lighthouse, { ...request, fee: "5" });
  expect(decodeSignedTransaction(bytesFromHex(cheap)).payload.fee).toBe(5n);
});
