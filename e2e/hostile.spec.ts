import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import type { HostileReport } from "./support/hostile-peer.ts";
import { type HostileProcess, startHostile } from "./support/hostile-process.ts";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { expectOneTip, openTab, type Tab } from "./support/tab.ts";

/** Attacks under way at once: a tab has twelve places, and two cores must mine besides. */
const SIDE_BY_SIDE = 4;
/** Replays are of blocks this old, and some more; the honest tabs must have written them first. */
const HEIGHT_FOR_REPLAYS = 18;

/** Rates that each honest tab must have told before, and under attack, for the two to be compared. */
const RATES_TOLD = 5;

/** What each kind must end in: the code in the victim's log, and whether it costs the connection at once. */
const KINDS: readonly { kind: string; code: string; cut: boolean }[] = [
  { kind: "future", code: "future", cut: false },
  { kind: "far-future", code: "future", cut: false },
  { kind: "garbage-request", code: "bad-encoding", cut: true },
  { kind: "oversized-request", code: "too-large", cut: true },
  { kind: "oversized-frame", code: "frame-too-large", cut: true },
  { kind: "garbage-gossip", code: "bad-encoding", cut: true },
  { kind: "oversized-gossip", code: "message-too-large", cut: true },
  { kind: "bad-work", code: "bad-work", cut: true },
  { kind: "bad-signature", code: "bad-signature", cut: true },
  { kind: "same-id-other-signature", code: "bad-signature", cut: true },
  { kind: "wrong-history-root", code: "bad-history-root", cut: true },
  { kind: "wrong-state-root", code: "bad-state-root", cut: true },
  { kind: "inflated-coinbase", code: "bad-coinbase", cut: true },
  { kind: "easier-target", code: "wrong-target", cut: true },
  { kind: "harder-target", code: "wrong-target", cut: true },
  { kind: "too-early", code: "timestamp-too-early", cut: true },
  { kind: "wrong-height", code: "bad-height", cut: true },
  { kind: "microblock", code: "bad-microblock", cut: true },
  { kind: "microblock-by-a-stranger", code: "not-tracker", cut: true },
  { kind: "forged-equivocation", code: "bad-equivocation", cut: true },
  { kind: "wrong-body", code: "bad-body-root", cut: true },
  { kind: "garbage-body", code: "bad-encoding", cut: true },
  { kind: "transactions-in-body", code: "transaction-invalid", cut: true },
  { kind: "garbage-transactions", code: "bad-encoding", cut: true },
  { kind: "oversized-transactions", code: "message-too-large", cut: true },
  { kind: "transaction-without-a-fee", code: "transaction-refused", cut: true },
  { kind: "resting-author", code: "author-resting", cut: true },
  { kind: "reordered", code: "orphan", cut: false },
  { kind: "forged-tracker", code: "tracker-forged", cut: true },
  { kind: "claims-and-serves-nothing", code: "claim-unproved", cut: true },
  { kind: "claims-and-serves-bad-headers", code: "bad-work", cut: true },
];

let lighthouse: TestLighthouse;
let hostile: HostileProcess;
const contexts: BrowserContext[] = [];
test.beforeAll(async () => {
  lighthouse = await startLighthouse({ paceMs: 2_000 });
});
test.afterAll(async () => {
  await hostile?.stop();
  for (const context of contexts) await context.close();
  await lighthouse.dispose();
});

type Logged = Pick<Tab, "request">;

async function logOf(peer: Logged, hostilePeer: string): Promise<string[]> {
  const { entries } = await peer.request("get_log", { limit: 500 });
  return entries.filter((entry) => entry.peer === hostilePeer).map((entry) => entry.code);
}

async function heightOf(peer: Logged): Promise<number> {
  return (await peer.request("get_tip")).height;
}

async function scoreOf(peer: Logged, id: string): Promise<number | undefined> {
  return (await peer.request("get_peers")).peers.find((each) => each.id === id)?.score;
}

/** True when a block was connected: it stands in the canon or in the apocrypha. */
async function keeps(peer: Logged, block: string): Promise<boolean> {
  const canon = await peer.request("get_canon", { limit: 500 });
  const apocrypha = await peer.request("get_apocrypha", { limit: 500 });
  return [...canon.paragraphs, ...apocrypha.paragraphs].some((each) => each.block === block);
}

/** Hash rates that a tab has told. */
interface RateWatch {
  /** How many since the last `median`. */
  count(): Promise<number>;
  /** Of those since the last call: one that a round's end cut short does not decide. */
  median(): Promise<number>;
}

/** Collects the tab's hash rates while it hashes. */
async function watchRate({ page }: Tab): Promise<RateWatch> {
  await page.evaluate(() => {
    const seen = Object.assign(window, { rates: [] as number[] });
    window.fabula.on("mining", ({ active, hashesPerSecond }) => {
      if (active && hashesPerSecond > 0) seen.rates.push(hashesPerSecond);
    });
  });
  const told = () => (window as unknown as { rates: number[] }).rates.length;
  const take = () => (window as unknown as { rates: number[] }).rates.splice(0);
  return {
    count: () => page.evaluate(told),
    async median() {
      const rates = (await page.evaluate(take)).toSorted((x, y) => x - y);
      return rates[Math.floor(rates.length / 2)] ?? 0;
    },
  };
}

/**
 * A worker of a blank page that works as the gentle preset does, a quarter of its time, and counts: what
 * the machine gives to such a worker, whoever else is busy on it. The function gives the mean turns a
 * second since the last call.
 */
async function watchMachine(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const work = (): void => {
      let turns = 0;
      const slice = (): void => {
        const endMs = performance.now() + 10;
        while (performance.now() < endMs) turns++;
        setTimeout(slice, 30);
      };
      addEventListener("message", () => {
        postMessage(turns);
        turns = 0;
      });
      slice();
    };
    const source = new Blob([`(${work.toString()})()`], { type: "text/javascript" });
    const worker = new Worker(URL.createObjectURL(source));
    Object.assign(window, { control: { worker, sinceMs: performance.now() } });
  });
  return () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const { control } = window as unknown as {
            control: { readonly worker: Worker; sinceMs: number };
          };
          const hear = ({ data }: MessageEvent<number>): void => {
            const now = performance.now();
            resolve(data / (now - control.sinceMs));
            control.sinceMs = now;
          };
          control.worker.addEventListener("message", hear, { once: true });
          control.worker.postMessage(null);
        }),
    );
}

/** Runs the attacks on one victim, a few at a time, and checks each. */
async function attackAll(
  victim: Logged,
  victimId: string,
  kinds: typeof KINDS,
): Promise<Map<string, HostileReport>> {
  const queue = [...kinds];
  const reports = new Map<string, HostileReport>();
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { kind, code, cut } = next;
      const report = await hostile.attack({ kind, victim: victimId, cut });
      expect(report.error, kind).toBeNull();
      await expect
        .poll(() => logOf(victim, report.peer), { message: `${kind} is refused with ${code}` })
        .toContain(code);
      expect(report.sawDisconnect, `${kind}: the hostile peer sees the door shut`).toBe(cut);
      if (cut) expect(await logOf(victim, report.peer)).toContain("peer-cut-off");
      else expect(await scoreOf(victim, report.peer), `${kind} costs nothing`).toBe(0);
      reports.set(kind, report);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return reports;
}

test("journey 6: a hostile peer is refused by code and cut off; honest tabs keep their rate and paragraphs keep coming", async ({
  browser,
}) => {
  // Some thirty attacks, each with a WebRTC connection of its own, and mining besides.
  test.setTimeout(300_000);
  const open = async (): Promise<Tab & { readonly errors: string[] }> => {
    const context = await browser.newContext();
    contexts.push(context);
    return await openTab(context, lighthouse.url);
  };
  const [alice, bob] = [await open(), await open()];
  for (const tab of [alice, bob]) {
    await tab.request("start_mining", { preset: "gentle", writer: "builtin" });
  }
  const { encoded } = await alice.request("get_genesis");
  const site = (await (await fetch(new URL("fabula.json", lighthouse.url))).json()) as {
    readonly multiaddrs: readonly string[];
  };
  const address = site.multiaddrs[0] ?? "";
  hostile = await startHostile({ genesis: encoded, lighthouse: address });
  const ids = await Promise.all(
    [alice, bob].map(async (tab) => (await tab.request("get_peers")).self),
  );
  const [aliceId = "", bobId = ""] = ids;
  const server: Logged = { request: (method, params) => lighthouse.request(method, params) };
  await expect.poll(() => scoreOf(alice, bobId), { timeout: 30_000 }).toBe(0);
  await expect.poll(() => heightOf(alice), { timeout: 30_000 }).toBeGreaterThanOrEqual(2);

  const control = await browser.newContext();
  contexts.push(control);
  const machine = await watchMachine(await control.newPage());
  const rates = await Promise.all([alice, bob].map(watchRate));
  const heightBefore = await heightOf(alice);
  await expect.poll(() => heightOf(alice), { timeout: 60_000 }).toBeGreaterThan(heightBefore + 4);
  const enough = async (): Promise<boolean> => {
    const counts = await Promise.all(rates.map((rate) => rate.count()));
    return Math.min(...counts) >= RATES_TOLD;
  };
  await expect.poll(enough, { timeout: 90_000 }).toBe(true);
  const quiet = await Promise.all(rates.map((rate) => rate.median()));
  const quietMachine = await machine();
  const heightAtAttack = await heightOf(alice);
  const reports = await attackAll(alice, aliceId, KINDS);
  while (!(await enough())) await attackAll(alice, aliceId, KINDS.slice(-SIDE_BY_SIDE));
  const attacked = await Promise.all(rates.map((rate) => rate.median()));
  // The attacker mines on the same two cores, and so may whoever shares the machine: what an idle worker
  // lost in the same time is no interference.
  const left = (await machine()) / quietMachine;
  for (const [index, rate] of attacked.entries()) {
    const kept = rate / (quiet[index] ?? 0) / left;
    expect(kept, "hash rate under attack ÷ before, of what the machine gave").toBeGreaterThan(0.5);
  }
  const written = (await heightOf(alice)) - heightAtAttack;
  expect(written, "paragraphs came during the attacks").toBeGreaterThanOrEqual(4);

  // A block ten seconds ahead is taken once its time has come; one of tomorrow is not even kept.
  const later = reports.get("future")?.blocks["block"] ?? "";
  await expect.poll(() => keeps(alice, later), { timeout: 20_000 }).toBe(true);
  for (const kind of ["far-future", "inflated-coinbase", "wrong-state-root", "wrong-body"]) {
    expect(await keeps(alice, reports.get(kind)?.blocks["block"] ?? ""), kind).toBe(false);
  }

  // The lighthouse keeps the same door.
  const lighthouseId = address.split("/").at(-1) ?? "";
  await attackAll(
    server,
    lighthouseId,
    KINDS.filter(({ kind }) => ["bad-work", "garbage-request", "wrong-body"].includes(kind)),
  );

  // Replays need blocks that the victim has not heard by gossip: a tab that came late and synced.
  await expect
    .poll(() => heightOf(alice), { timeout: 40_000 })
    .toBeGreaterThanOrEqual(HEIGHT_FOR_REPLAYS);
  const carol = await open();
  await expectOneTip([alice, carol]);
  const carolId = (await carol.request("get_peers")).self;
  const replayed = await hostile.attack({ kind: "replayed", victim: carolId, cut: true });
  expect(replayed.error).toBeNull();
  expect(replayed.sawDisconnect).toBe(true);
  const { entries } = await carol.request("get_log", { limit: 500 });
  const scores = entries
    .filter(({ peer, code }) => peer === replayed.peer && code === "replayed")
    .flatMap(({ detail }) => /→ (-\d+)$/.exec(detail)?.[1] ?? []);
  // Ten points each: the first nine are forgiven in time, the tenth costs the connection.
  expect(scores.slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, i) => String(-10 * (i + 1))));
  expect(await logOf(carol, replayed.peer)).toContain("peer-cut-off");

  // Nobody honest was blamed for anything, and the honest ones agree.
  expect(await scoreOf(alice, bobId)).toBe(0);
  expect(await scoreOf(bob, aliceId)).toBe(0);
  for (const tab of [alice, bob]) expect(await scoreOf(tab, lighthouseId)).toBe(0);
  for (const id of ids) expect(await scoreOf(server, id)).toBe(0);
  for (const tab of [alice, bob]) await tab.request("stop_mining");
  await expectOneTip([alice, bob, carol, server] as never);
  expect([alice, bob, carol].flatMap(({ errors }) => errors)).toEqual([]);
});
