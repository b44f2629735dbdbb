import { expect, test } from "@playwright/test";
import { replayChain } from "../src/audit/testing/simple-ledger.ts";
import type { ResultOf } from "../src/peer/rpc/schema.ts";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { earn, expectNoErrors, expectPeers, mineAll, openTabs, stopAll } from "./support/story.ts";
import { expectOneTip, type Tab } from "./support/tab.ts";

const QUICK = { timeout: 60_000, intervals: [100, 250, 500] };
/** Of a handle, in micro-units (HND-1). */
const HANDLE_PRICE = 10_000_000n;

let lighthouse: TestLighthouse;
test.beforeEach(async () => {
  lighthouse = await startLighthouse({ paceMs: 2_000 });
});
test.afterEach(() => lighthouse.dispose());

type Asks = Pick<Tab, "request">;

const consumerOf = async (tab: Asks): Promise<bigint> =>
  BigInt((await tab.request("get_wallet")).consumer);
const addressOf = async (tab: Asks): Promise<string> => (await tab.request("get_wallet")).address;

async function expectState(tab: Asks, txid: string, state: string): Promise<void> {
  await expect
    .poll(async () => {
      const found = await tab.request("get_transaction", { txid }).catch(() => null);
      return found?.transaction.state;
    }, QUICK)
    .toBe(state);
}

/** Every receipt of an address, page by page. */
async function historyOf(
  peer: Asks,
  address: string,
): Promise<ResultOf<"get_receipts">["receipts"]> {
  const all: ResultOf<"get_receipts">["receipts"] = [];
  let before: string | undefined;
  do {
    const page = await peer.request("get_receipts", {
      address,
      limit: 3,
      ...(before === undefined ? {} : { before }),
    });
    all.push(...page.receipts);
    before = page.cursor ?? undefined;
  } while (before !== undefined);
  return all;
}

/** The whole chain as the lighthouse's RPC gives it, replayed by the second implementation. */
async function replay(peer: Asks): Promise<ReturnType<typeof replayChain>> {
  const { encoded } = await peer.request("get_genesis");
  const { height } = await peer.request("get_tip");
  const blocks: string[] = [];
  for (let at = 1; at <= height; at++) {
    blocks.push(...(await peer.request("get_round_blocks", { height: at })).blocks);
  }
  return replayChain(encoded, blocks);
}

test("journey 7: earn, register handles, tip a paragraph by handle, see it sealed elsewhere; everybody's books agree", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const contexts = [await browser.newContext(), await browser.newContext()];
  const tabs = await openTabs(contexts, lighthouse.url);
  const [alice, bob] = tabs as readonly Tab[] as readonly [Tab, Tab];
  const server: Asks = { request: (method, params) => lighthouse.request(method, params) };
  await Promise.all(tabs.map((tab) => expectPeers(tab, "direct", 1)));

  // Earn.
  await earn(tabs, 2n * HANDLE_PRICE, [...tabs, server]);

  // A handle each; the second one to ask for a name hears that it is taken.
  const names = [
    [alice, "alice"],
    [bob, "bob_the_2nd"],
  ] as const;
  for (const [tab, handle] of names) {
    const { txid } = await tab.request("register_handle", { handle });
    await expectState(tab, txid, "sealed");
  }
  await expect
    .poll(async () => (await bob.request("resolve_handle", { handle: "alice" })).address)
    .toBe(await addressOf(alice));
  const taken = await bob.request("register_handle", { handle: "alice" }).catch(String);
  expect(taken).toContain("handle_taken");
  await expect
    .poll(async () => (await alice.request("resolve_handle", { handle: "@bob_the_2nd" })).address)
    .toBe(await addressOf(bob));

  // Alice tips one of Bob's paragraphs; Bob's tab has it within seconds, under the paragraph too.
  const { paragraphs } = await alice.request("get_canon", { limit: 500 });
  const bobAddress = await addressOf(bob);
  const block = paragraphs.find(({ author }) => author === bobAddress)?.block ?? "";
  const before = await consumerOf(bob);
  const { txid, status } = await alice.request("send_tokens", {
    to: "@bob_the_2nd",
    consumer: "2500000",
    paragraph: block,
    memo: "for the lamp",
  });
  expect(status).toBe("admitted");
  await expect.poll(() => consumerOf(bob), QUICK).toBe(before + 2_500_000n);
  await expectState(bob, txid, "sealed");
  const { receipts, sum } = await bob.request("get_receipts", { paragraph: block });
  expect(receipts.map((each) => each.txid)).toContain(txid);
  expect(sum.consumer).toBe("2500000");
  const opened = await bob.request("get_transaction", { txid });
  expect(opened).toMatchObject({ signatureValid: true, proof: { verified: true } });
  expect(opened.transaction).toMatchObject({ memoText: "for the lamp", paragraph: block, code: 0 });

  // A page later it is settled.
  await mineAll(tabs);
  await expectState(bob, txid, "settled");
  await stopAll(tabs);
  await expectOneTip([...tabs, server]);

  // Both reload; balances and histories are what the lighthouse's RPC says, and what the replay finds.
  for (const tab of tabs) {
    await tab.page.reload();
    await tab.page.waitForFunction(() => window.fabula !== undefined);
  }
  await expectOneTip([...tabs, server]);
  const ledger = await replay(server);
  for (const [tab] of names) {
    const address = await addressOf(tab);
    const [own, theirs] = [
      await tab.request("get_account", { address }),
      await server.request("get_account", { address }),
    ];
    const facts = ({ consumer, industrial, nonce, handle }: typeof own) => ({
      consumer,
      industrial,
      nonce,
      handle,
    });
    expect(facts(own)).toEqual(facts(theirs));
    const replayed = ledger.accounts.get(address);
    expect(facts(own)).toMatchObject({
      consumer: String(replayed?.consumer),
      industrial: String(replayed?.industrial),
      nonce: String(replayed?.nonce),
    });
    const lines = (await historyOf(tab, address)).map((each) => [each.txid, each.block, each.code]);
    const served = (await historyOf(server, address)).map((each) => [
      each.txid,
      each.block,
      each.code,
    ]);
    expect(lines).toEqual(served);
    const found = (ledger.history.get(address) ?? []).map((each) => [
      each.txid,
      each.block,
      each.code,
    ]);
    expect(lines).toEqual(found.toReversed());
  }
  const supply = await server.request("get_supply");
  expect(supply.emitted.consumer).toBe(ledger.emitted.consumer.toString());
  expect(supply.pot.consumer).toBe(ledger.pot.consumer.toString());
  expect(ledger.handles.get("alice")?.at(-1)?.owner).toBe(await addressOf(alice));
  expectNoErrors(tabs);
});

test("what is signed offline waits, survives a reload, and leaves when a peer is found", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const contexts = [await browser.newContext(), await browser.newContext()];
  const tabs = await openTabs(contexts, lighthouse.url);
  const [alice, bob] = tabs as readonly Tab[] as readonly [Tab, Tab];
  await Promise.all(tabs.map((tab) => expectPeers(tab, "direct", 1)));
  await earn(tabs, 1_000_000n, tabs);
  const bobAddress = await addressOf(bob);
  const before = await consumerOf(bob);

  // Whoever is the tracker seals at once even alone, so the other one is cut off.
  const { trackerIsMe } = await alice.request("get_round");
  const [payer, payee] = trackerIsMe ? [bob, alice] : [alice, bob];
  const payeeAddress = trackerIsMe ? await addressOf(alice) : bobAddress;
  const start = trackerIsMe ? await consumerOf(alice) : before;
  await payer.request("set_gate", { allow: [] });
  await expect.poll(async () => (await payer.request("get_peers")).peers.length, QUICK).toBe(0);
  const { status, txid } = await payer.request("send_tokens", {
    to: payeeAddress,
    consumer: "300000",
  });
  expect(status).toBe("queued");
  await payer.page.reload();
  await payer.page.waitForFunction(() => window.fabula !== undefined);
  await expect.poll(() => consumerOf(payee), QUICK).toBe(start + 300_000n);
  await expectState(payer, txid, "sealed");
  expectNoErrors(tabs);
});
