import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createBuiltinWriter } from "../../authoring/builtin/builtin-writer.ts";
import type { CodexNote } from "../../authoring/writing-context.ts";
import type { Chain } from "../../chain/create-chain.ts";
import type { HeaderEntry } from "../../chain/header-entry.ts";
import { forkOf, grow, openTestChain, type TestChain } from "../../chain/testing/forge.ts";
import {
  solve,
  TEST_PACE_MS,
  type TestAuthor,
  testAuthor,
  testGenesis,
} from "../../chain/testing/mine.ts";
import { pay, sealBlock } from "../../chain/testing/pay.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { initKernel } from "../../kernel/init.ts";
import type { Paragraph } from "../../kernel/paragraph.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { codex, codexEntries } from "../../ledger/modules/codex.ts";
import { accountOf } from "../../ledger/state.ts";
import { draftBuiltin, replayParagraph } from "./builtin-draft.ts";

const writer = createBuiltinWriter(
  new Uint8Array(readFileSync(new URL("../../../public/corpus/builtin-v1.txt", import.meta.url))),
);
const ports = { randomBytes: (length: number) => new Uint8Array(length).fill(7) };
const MONK: CodexNote = { kind: "character", name: "The Salt Monk", text: "He sells weather." };
const VELDT: CodexNote = { kind: "place", name: "Veldt", text: "A market under the hill." };

let alice: TestAuthor;
let bob: TestAuthor;
let base: TestChain;

beforeAll(async () => {
  await initKernel();
  [alice, bob] = [1, 2].map(testAuthor) as [TestAuthor, TestAuthor];
  base = await openTestChain({ genesis: testGenesis() });
  await grow(base, 4, [alice, bob]);
});

const trackerOf = (chain: Chain): TestAuthor =>
  chain.tip().author === alice.address ? alice : bob;

/** Alice, or another, changes the codex. */
function tell(
  chain: Chain,
  action: "add" | "amend",
  note: CodexNote,
  sender: TestAuthor = alice,
): SignedTransaction {
  return pay(chain, sender, "sys/codex", {
    nonce: accountOf(chain.headState(), sender.address).nonce + 1n,
    amountConsumer: 0n,
    fee: 2_000n,
    memo: codex.encode({ action, ...note }),
  });
}

async function sealed(chain: Chain, transaction: SignedTransaction): Promise<void> {
  const nowMs = chain.head().timestampMs + 2_000;
  const block = sealBlock(chain, trackerOf(chain), [transaction], nowMs);
  expect((await chain.connectBlock(block, nowMs)).kind).toBe("extended");
}

/** Writes the next paragraph with the built-in writer and connects its key block. */
async function write(
  chain: Chain,
  seed: bigint,
  transactions: readonly SignedTransaction[] = [],
): Promise<Paragraph> {
  const { parent, paragraph } = await draftBuiltin({ chain, ports }, writer, seed);
  expect(parent).toBe(chain.tip().id);
  const nowMs = chain.tip().timestampMs + TEST_PACE_MS;
  const author = trackerOf(chain) === alice ? bob : alice;
  const candidate = chain.candidate({
    paragraph,
    transactions,
    author: author.publicKey,
    nowMs,
  });
  const block = chain.sealCandidate(candidate, solve(candidate.header), author.seed);
  expect((await chain.connectBlock(block, nowMs)).kind).toBe("extended");
  return paragraph;
}

function expected(
  chain: Chain,
  canon: readonly string[],
  notes: readonly CodexNote[],
  seed: bigint,
): string {
  const { title, premise, maxWords } = chain.genesis;
  return writer.draft({ title, premise, maxWords, canon, codex: notes }, seed);
}

async function replayOf(chain: Chain, id: BlockId): Promise<string> {
  const [block] = await chain.readBlocks([id]);
  const parent = chain.entry(id)?.keyParent;
  const slot = block?.body.paragraph;
  if (slot?.kind !== "text" || parent == null) return "no text";
  return replayParagraph({ chain }, writer, parent, slot.paragraph);
}

const keyBlocksFrom = (chain: Chain, height: number): HeaderEntry[] =>
  Array.from(
    { length: chain.tip().height - height + 1 },
    (_, index) => chain.canonAt(height + index) ?? chain.tip(),
  );

describe("the built-in writer on a story", () => {
  it("[PAR-2] is told the key blocks' paragraphs and the codex after the last of them, microblocks aside", async () => {
    const { chain } = await forkOf(base);
    const canon = ["Line 1.", "Line 2.", "Line 3.", "Line 4."];
    await sealed(chain, tell(chain, "add", MONK));
    await sealed(chain, tell(chain, "add", VELDT));
    // What the round added is not in the state after its key block.
    const first = await write(chain, 1n);
    expect(first.text).toBe(expected(chain, canon, [], 1n));
    const second = await write(chain, 3n);
    expect(second.text).toBe(expected(chain, [...canon, first.text], [MONK, VELDT], 3n));
    expect(second.text).not.toBe(expected(chain, [...canon, first.text], [], 3n));
    expect(second.provenance.algorithmHash).toEqual(writer.algorithmHash);
  });

  it("[PAR-2] whatever the codex became, each paragraph replays from what it was, also after a restart", async () => {
    const own = await forkOf(base);
    const { chain } = own;
    await write(chain, 10n);
    await write(chain, 11n, [tell(chain, "add", MONK)]);
    await write(chain, 12n);
    await sealed(chain, tell(chain, "add", VELDT));
    await write(chain, 13n);
    await sealed(chain, tell(chain, "amend", { ...VELDT, text: "A harbour now." }));
    await write(chain, 14n, [tell(chain, "amend", MONK, bob)]);
    await write(chain, 15n, [tell(chain, "amend", { ...MONK, text: "She sells weather." })]);
    await write(chain, 16n);
    // Each was amended once, by its author.
    expect(codexEntries(chain.headState()).map(({ revision }) => revision)).toEqual([2, 2]);
    for (const { chain: each } of [own, await forkOf(own)]) {
      const written = keyBlocksFrom(each, 5);
      expect(written).toHaveLength(7);
      for (const { id, height } of written)
        expect(await replayOf(each, id), `height ${height}`).toBe("verified");
    }
  });

  it("[PAR-2] an old page needs no old state when no entry was changed at or after it", async () => {
    const { chain } = await forkOf(base);
    await sealed(chain, tell(chain, "add", MONK));
    for (let seed = 20n; seed < 25n; seed++) await write(chain, seed);
    const stateAt = vi.fn<Chain["stateAt"]>(chain.stateAt);
    const watched: Chain = { ...chain, stateAt };
    // The first follows the very round that the entry was added in; the others say enough by themselves.
    for (const { id } of keyBlocksFrom(chain, 6))
      expect(await replayOf(watched, id)).toBe("verified");
    expect(stateAt).not.toHaveBeenCalled();
    expect(await replayOf(watched, chain.canonAt(5)?.id ?? chain.tip().id)).toBe("verified");
    expect(stateAt).toHaveBeenCalledOnce();
  });

  it("[PAR-2] a paragraph off the canon replays with the codex of its own branch", async () => {
    const ours = await forkOf(base);
    const theirs = await forkOf(base);
    await write(theirs.chain, 30n, [tell(theirs.chain, "add", MONK)]);
    await write(theirs.chain, 31n);
    const [fifth, sixth] = keyBlocksFrom(theirs.chain, 5);
    const blocks = await theirs.chain.readBlocks(
      [fifth, sixth].flatMap((entry) => entry?.id ?? []),
    );
    for (let seed = 40n; seed < 43n; seed++) await write(ours.chain, seed);
    for (const block of blocks) {
      if (block === undefined) throw new Error("a block is missing");
      const nowMs = ours.chain.tip().timestampMs;
      expect((await ours.chain.connectBlock(block, nowMs)).kind).toBe("side-branch");
    }
    for (const entry of [fifth, sixth])
      expect(await replayOf(ours.chain, entry?.id ?? ours.chain.tip().id)).toBe("verified");
  });

  it("[PAR-2] a changed text differs; another algorithm, or a page that is not at hand, is not checked", async () => {
    const own = await forkOf(base);
    const { chain } = own;
    const parent = chain.tip();
    const paragraph = await write(chain, 50n);
    const replay = (change: Partial<Paragraph>): Promise<string> =>
      replayParagraph({ chain }, writer, parent, { ...paragraph, ...change });
    expect(await replay({})).toBe("verified");
    expect(await replay({ text: `${paragraph.text} Really.` })).toBe("differs");
    const { provenance } = paragraph;
    const other = { ...provenance, algorithmHash: new Uint8Array(32) };
    expect(await replay({ provenance: other })).toBe("not-checked");
    own.store.changeBody(parent.id, () => undefined);
    expect(await replay({})).toBe("not-checked");
    // A draft without that page could not be replayed by anybody who has it.
    await expect(draftBuiltin({ chain, ports }, writer, 1n)).rejects.toMatchObject({
      code: "body-missing",
    });
  });

  it("takes a fresh seed when none is given", async () => {
    const { chain } = await forkOf(base);
    const { paragraph } = await draftBuiltin({ chain, ports }, writer, null);
    expect(paragraph.provenance.seed).toBe(0x0707070707070707n);
  });
});
