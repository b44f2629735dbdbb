/**
 * Money on the command line, against a real lighthouse: earned by mining, sent to a key of the key folder,
 * signed there, sealed, and found again by an independent replay of the exported story.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { replayChain } from "../audit/testing/simple-ledger.ts";
import type { MethodName, ParamsOf, ResultOf } from "../peer/rpc/schema.ts";
import { callLighthouse, type Lighthouse } from "./rpc-client.ts";
import { readyUrl, setUpCommand } from "./testing/built-command.ts";

const { folder, start, outcome, printed } = setUpCommand();

const QUICK = { timeout: 60_000, interval: 100 };
/** Of the first key block's 1,000 tokens; a block that came late and easy pays less. */
const ENOUGH = 100_000_000n;
/** Of a handle, in micro-units (HND-1). */
const HANDLE_PRICE = 10_000_000n;

interface Keeper {
  readonly at: readonly string[];
  readonly request: <M extends MethodName>(method: M, params?: ParamsOf<M>) => Promise<ResultOf<M>>;
  readonly stop: () => Promise<number | null>;
}

/** A lighthouse of its own, that writes a paragraph as soon as it can. */
async function startKeeper(): Promise<Keeper> {
  const run = start("run", "--pace", "2000", "--title", "Dunes");
  const url = await readyUrl(run);
  const token = (await readFile(join(folder(), "data", "rpc-token"), "utf8")).trim();
  const lighthouse: Lighthouse = { url, token };
  return {
    at: ["--url", url],
    request: (method, params) => callLighthouse(lighthouse, method, params),
    stop() {
      run.child.kill("SIGTERM");
      return run.ended;
    },
  };
}

/** Waits until the transaction stands in a block, and gives its code (TX-7). */
async function sealed({ request }: Keeper, txid: string): Promise<number | null> {
  const state = async (): Promise<string> =>
    (await request("get_transaction", { txid })).transaction.state;
  await expect.poll(state, QUICK).toMatch(/^(sealed|settled|final)$/);
  return (await request("get_transaction", { txid })).transaction.code;
}

async function consumerOf(account: string, { at }: Keeper): Promise<bigint> {
  const { consumer } = JSON.parse(await printed("balance", account, "--json", ...at)) as {
    consumer: string;
  };
  return BigInt(consumer);
}

it("[TX-2] [HND-1] earns, pays, registers and moves handles, and exports a story that replays to the same books", async () => {
  const keeper = await startKeeper();
  const { at, request } = keeper;
  const alice = await printed("generate-key", "alice");
  await printed("mine", "start", "--preset", "full", ...at);
  const earned = async (): Promise<boolean> =>
    BigInt((await request("get_wallet")).consumer) >= ENOUGH;
  await expect.poll(earned, QUICK).toBe(true);
  // Whoever mined the newest key block seals in its round, mining or not.
  expect(await printed("mine", "stop", ...at)).toContain("stopped");

  const gift = await request("send_tokens", { to: alice, consumer: "50000000" });
  expect(await sealed(keeper, gift.txid)).toBe(0);
  expect(await consumerOf("alice", keeper)).toBe(50_000_000n);

  const { address: own } = await request("get_wallet");
  const payload = JSON.stringify({
    from_: alice,
    to: own,
    amount_consumer: 1_000_000,
    amount_industrial: 0,
    fee: 500,
    fee_selector: 0,
    nonce: 1,
    memo: "64656d6f",
  });
  const signed = JSON.parse(await printed("sign-tx", "alice", payload, "--json", ...at)) as {
    tx: string;
    txid: string;
  };
  expect(await printed("verify-sig", signed.tx, ...at)).toBe("valid");
  expect(await printed("submit-tx", signed.tx, ...at)).toBe(signed.txid);
  expect(await sealed(keeper, signed.txid)).toBe(0);
  expect(await consumerOf("alice", keeper)).toBe(50_000_000n - 1_000_500n);
  const again = await outcome("submit-tx", signed.tx, ...at);
  expect([again.code, again.stdout]).toEqual([1, ""]);
  expect(again.stderr).toContain("duplicate (6)");

  const named = await printed("handle", "register", "@alice", "--key", "alice", ...at);
  const other = await printed("handle", "register", "@keeper", ...at);
  expect(await sealed(keeper, named)).toBe(0);
  expect(await sealed(keeper, other)).toBe(0);
  expect(await printed("handle", "resolve", "@alice", ...at)).toBe(alice);
  expect(await printed("handle", "resolve", "@keeper", ...at)).toBe(own);
  const rest = await consumerOf("@alice", keeper);
  expect(rest).toBeLessThan(50_000_000n - 1_000_500n - HANDLE_PRICE);

  const move = ["handle", "move", "@alice", "@keeper", "--key", "alice", "--fee", "700"];
  expect(await sealed(keeper, await printed(...move, ...at))).toBe(0);
  expect(await printed("handle", "resolve", "@alice", ...at)).toBe(own);
  expect(await consumerOf("alice", keeper)).toBe(rest - 700n);
  const nobody = await outcome("handle", "resolve", "@nobody", ...at);
  expect(nobody).toEqual({ code: 3, stdout: "nobody", stderr: "" });

  const exported = JSON.parse(await printed("story", "export", ...at)) as {
    genesis: string;
    height: number;
    blocks: string[];
  };
  expect(exported.blocks.length).toBeGreaterThan(exported.height);
  const books = replayChain(exported.genesis, exported.blocks);
  expect(books.accounts.get(alice)).toEqual({ consumer: rest - 700n, industrial: 0n, nonce: 3n });
  expect(books.accounts.get(own)?.consumer).toBe(await consumerOf(own, keeper));
  expect(await keeper.stop()).toBe(0);
}, 120_000);
