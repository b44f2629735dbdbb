import { beforeAll, describe, expect, it } from "vitest";
import type { Block } from "../kernel/block.ts";
import type { Header } from "../kernel/header.ts";
import { blockIdOf } from "../kernel/header.ts";
import { initKernel } from "../kernel/init.ts";
import { compactFromTarget, targetFromCompact, targetOfWork } from "../kernel/target.ts";
import type { TestChain } from "./testing/forge.ts";
import { forkOf, grow, openTestChain, withHeader } from "./testing/forge.ts";
import type { TestAuthor } from "./testing/mine.ts";
import {
  mineBlock,
  reseal,
  TEST_PACE_MS,
  testAuthor,
  testGenesis,
  testParagraph,
  unsolved,
} from "./testing/mine.ts";

const P = TEST_PACE_MS;
let authors: TestAuthor[];
let alice: TestAuthor;
let base: TestChain;
let nowMs: number;
let valid: Block;

const other32 = new Uint8Array(32).fill(0xee);

beforeAll(async () => {
  await initKernel();
  authors = [1, 2, 3].map(testAuthor);
  alice = testAuthor(0);
  base = await openTestChain({ genesis: testGenesis() });
  await grow(base, 3, authors);
  nowMs = base.chain.tip().timestampMs + P;
  valid = mineBlock(base.chain, { author: alice, text: "The lamp went out.", nowMs });
});

async function connect(block: Block, at = nowMs) {
  const { chain } = await forkOf(base);
  return chain.connectBlock(block, at);
}

/** The author's block with this timestamp, allowed or not, with the target that the rule gives then. */
function blockAt(atMs: number, author: TestAuthor): Block {
  const rests = atMs < (base.chain.restUntilMs(author.address) ?? 0);
  const miner = rests ? alice : author;
  const { header, body } = mineBlock(base.chain, { author: miner, text: "At last.", nowMs: atMs });
  return {
    header: reseal({ ...header, timestampMs: atMs, author: author.publicKey }, author),
    body,
  };
}

describe("one field changed in a valid block", () => {
  it("the block itself is accepted", async () => {
    expect(await connect(valid)).toMatchObject({ kind: "extended" });
  });

  const mined: readonly [
    field: keyof Header,
    change: (h: Header) => Partial<Header>,
    code: string,
  ][] = [
    ["kind", () => ({ kind: "micro" }), "bad-micro-index"],
    ["storyId", () => ({ storyId: other32 }), "other-story"],
    ["height", (h) => ({ height: h.height + 1 }), "bad-height"],
    ["microIndex", () => ({ microIndex: 1 }), "bad-micro-index"],
    ["timestampMs", (h) => ({ timestampMs: h.timestampMs - P }), "timestamp-too-early"],
    ["author", () => ({ author: testAuthor(9).publicKey }), "bad-signature"],
    ["bodyRoot", () => ({ bodyRoot: other32 }), "bad-body-root"],
    ["stateRoot", () => ({ stateRoot: other32 }), "bad-state-root"],
    ["historyRoot", () => ({ historyRoot: other32 }), "bad-history-root"],
    ["feeChecksum", () => ({ feeChecksum: other32 }), "bad-fee-checksum"],
    ["target", (h) => ({ target: h.target - 1 }), "wrong-target"],
    ["target", (h) => ({ target: h.target + 1 }), "wrong-target"],
  ];
  it.each(mined)("[HDR-1] %s, mined and signed again → refused", async (_field, change, code) => {
    const block = withHeader(valid, alice, change(valid.header));
    expect(await connect(block)).toMatchObject({ kind: "invalid", code });
  });

  it.each(["parent", "keyParent"])("[HDR-2] an unknown %s → orphan", async (field) => {
    const block = withHeader(valid, alice, { [field]: other32 });
    expect(await connect(block)).toEqual({ kind: "orphan", missing: "ee".repeat(32) });
  });

  it.each([
    ["consumer", 1n],
    ["consumer", -1n],
    ["industrial", 1n],
    ["industrial", -1n],
  ] as const)("[RWD-1] coinbase %s %s unit → bad-coinbase", async (token, units) => {
    const { coinbase } = valid.header;
    const change = { coinbase: { ...coinbase, [token]: coinbase[token] + units } };
    const outcome = await connect(withHeader(valid, alice, change));
    expect(outcome).toMatchObject({ kind: "invalid", code: "bad-coinbase", blame: "id" });
  });

  it("[ENC-1] another version cannot be encoded", async () => {
    const header: object = { ...valid.header, version: 2 };
    const outcome = await connect({ header: header as Header, body: valid.body });
    expect(outcome).toMatchObject({ kind: "invalid", code: "bad-value", blame: "copy" });
  });

  it("[HDR-2] a nonce that misses the target → bad-work", async () => {
    const header = { ...valid.header, nonce: unsolved(valid.header) };
    const outcome = await connect({ header, body: valid.body });
    expect(outcome).toMatchObject({ kind: "invalid", code: "bad-work", blame: "id" });
  });

  it("[SIG-1] [SIG-2] a damaged signature condemns the copy, never the id", async () => {
    const { chain } = await forkOf(base);
    const signature = valid.header.signature.slice();
    signature[0] = (signature[0] ?? 0) ^ 1;
    const copy = { ...valid, header: { ...valid.header, signature } };
    const refused = await chain.connectBlock(copy, nowMs);
    expect(refused).toMatchObject({ kind: "invalid", code: "bad-signature", blame: "copy" });
    expect(await chain.connectBlock(valid, nowMs)).toMatchObject({ kind: "extended" });
  });
});

describe("targets", () => {
  it("[DIF-2] easier than maxTarget and impossible compacts are refused before anything dear", async () => {
    const easier = compactFromTarget(targetFromCompact(testGenesis().maxTarget) * 2n);
    expect(await connect(withHeader(valid, alice, { target: easier }))).toMatchObject({
      code: "target-too-easy",
    });
    for (const target of [0, 0x04_80_00_00, 0xff_7f_ff_ff]) {
      expect(await connect({ ...valid, header: { ...valid.header, target } })).toMatchObject({
        kind: "invalid",
        code: "bad-target",
      });
    }
  });

  it.each([
    ["just before relief", 4 * P - 1, 0],
    ["relief of one doubling", 4 * P, 1],
    ["relief of two doublings", 5 * P, 2],
  ])(
    "[DIF-2] %s: exactly that target, neither easier nor harder",
    async (_name, ageMs, doublings) => {
      const atMs = base.chain.tip().timestampMs + ageMs;
      const block = blockAt(atMs, alice);
      const atPace = targetFromCompact(valid.header.target);
      expect(block.header.target).toBe(compactFromTarget(atPace << BigInt(doublings)));
      expect(await connect(block, atMs)).toMatchObject({ kind: "extended" });
      for (const wrong of [block.header.target - 1, block.header.target + 1]) {
        const outcome = await connect(withHeader(block, alice, { target: wrong }), atMs);
        expect(outcome).toMatchObject({ code: "wrong-target", blame: "id" });
      }
      const relieved = compactFromTarget(atPace << BigInt(doublings + 1));
      expect(await connect(withHeader(block, alice, { target: relieved }), atMs)).toMatchObject({
        code: "wrong-target",
      });
      const hard = compactFromTarget(targetOfWork(200n));
      expect(await connect(withHeader(block, alice, { target: hard }), atMs)).toMatchObject({
        code: "wrong-target",
      });
    },
  );

  it("[DIF-1] a child states the target that follows from its parent's solve time", async () => {
    const own = await forkOf(base);
    const late = own.chain.tip().timestampMs + 2 * P;
    await own.chain.connectBlock(blockAt(late, alice), late);
    const next = own.chain.candidate({
      paragraph: testParagraph("On."),
      author: testAuthor(1).publicKey,
      nowMs: late + P,
    });
    const stated = targetFromCompact(own.chain.tip().target);
    expect(next.header.target).toBe(compactFromTarget((stated * 5n) / 4n));
  });
});

describe("times", () => {
  it("[HDR-6] accepted at keyParent + ⌊P/4⌋, refused 1 ms before", async () => {
    const earliest = base.chain.tip().timestampMs + P / 4;
    expect(await connect(blockAt(earliest, alice))).toMatchObject({ kind: "extended" });
    expect(await connect(blockAt(earliest - 1, alice))).toMatchObject({
      kind: "invalid",
      code: "timestamp-too-early",
      data: { earliestMs: earliest },
    });
  });

  it("[HDR-6] accepted 10 s ahead of the clock; 1 ms more is future, without blame, until its time", async () => {
    const { chain } = await forkOf(base);
    const untilMs = nowMs - 10_000;
    expect(await chain.connectBlock(valid, untilMs - 1)).toEqual({ kind: "future", untilMs });
    expect(await chain.connectBlock(valid, untilMs)).toMatchObject({ kind: "extended" });
  });

  it("[HDR-6] a quicker story allows its pace ahead only", async () => {
    const quick = await openTestChain({ genesis: testGenesis({ paceMs: 4_000 }) });
    const atMs = quick.chain.tip().timestampMs + 4_000;
    const block = mineBlock(quick.chain, { author: alice, text: "Quick.", nowMs: atMs });
    expect(await quick.chain.connectBlock(block, atMs - 4_001)).toEqual({
      kind: "future",
      untilMs: atMs - 4_000,
    });
    expect(await quick.chain.connectBlock(block, atMs - 4_000)).toMatchObject({ kind: "extended" });
  });
});

describe("the tracker's rest", () => {
  it("[TRK-1] the keyParent's author is accepted at 2P, refused 1 ms before", async () => {
    const tip = base.chain.tip();
    const tracker = authors.find(({ address }) => address === tip.author) ?? alice;
    expect(await connect(blockAt(tip.timestampMs + 2 * P, tracker), nowMs + 2 * P)).toMatchObject({
      kind: "extended",
    });
    expect(
      await connect(blockAt(tip.timestampMs + 2 * P - 1, tracker), nowMs + 2 * P),
    ).toMatchObject({
      kind: "invalid",
      code: "author-resting",
      data: { untilMs: tip.timestampMs + 2 * P },
    });
  });

  it("[TRK-1] the genesis imposes no rest, not even on its creator", async () => {
    const { chain } = await openTestChain({ genesis: testGenesis() });
    const creator = testAuthor(255);
    const atMs = chain.tip().timestampMs + P / 4;
    const block = mineBlock(chain, { author: creator, text: "First.", nowMs: atMs });
    expect(await chain.connectBlock(block, atMs)).toMatchObject({ kind: "extended" });
  });
});

describe("what is remembered", () => {
  it("[SIG-2] an id that paid its work is remembered as invalid, and its children with it", async () => {
    const own = await forkOf(base);
    const bad = withHeader(valid, alice, { stateRoot: other32 });
    const first = await own.chain.connectBlock(bad, nowMs);
    expect(first).toMatchObject({ kind: "invalid", code: "bad-state-root", blame: "id" });
    expect(own.chain.checkHeader(bad.header, nowMs)).toMatchObject({ code: "bad-state-root" });
    const id = Uint8Array.from(Buffer.from(blockIdOf(bad.header), "hex"));
    const child = withHeader(valid, testAuthor(1), {
      parent: id,
      keyParent: id,
      height: valid.header.height + 1,
      author: testAuthor(1).publicKey,
    });
    expect(await own.chain.connectBlock(child, nowMs)).toMatchObject({
      kind: "invalid",
      code: "invalid-parent",
    });
    expect(await own.chain.connectBlock(valid, nowMs)).toMatchObject({ kind: "extended" });
  });

  it("[SIG-2] an id without work is not remembered: its children are orphans", async () => {
    const own = await forkOf(base);
    const lazy = { ...valid, header: { ...valid.header, nonce: unsolved(valid.header) } };
    expect(await own.chain.connectBlock(lazy, nowMs)).toMatchObject({ code: "bad-work" });
    const missing = blockIdOf(lazy.header);
    const id = Uint8Array.from(Buffer.from(missing, "hex"));
    const child = withHeader(valid, alice, { parent: id, keyParent: id });
    expect(await own.chain.connectBlock(child, nowMs)).toEqual({ kind: "orphan", missing });
  });

  it("[SIG-2] an orphan must have its work and signature before anything is asked for it", async () => {
    const orphan = withHeader(valid, alice, { parent: other32, keyParent: other32 });
    expect(await connect(orphan)).toMatchObject({ kind: "orphan", missing: "ee".repeat(32) });
    const unsigned = { ...orphan, header: { ...orphan.header, signature: new Uint8Array(64) } };
    expect(await connect(unsigned)).toMatchObject({ kind: "invalid", code: "bad-signature" });
  });
});
