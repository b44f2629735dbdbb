/**
 * Writes a story of many paragraphs into a lighthouse's data folder, through the real chain, at targets
 * that cost a few hashes: what a newcomer has to sync is the same as after months of mining.
 *
 * @module
 */
import { createChain } from "../src/chain/create-chain.ts";
import { mineBlock, type TestAuthor, testAuthor } from "../src/chain/testing/mine.ts";
import { pay } from "../src/chain/testing/pay.ts";
import { createGenesis, encodeGenesis, storyIdOf } from "../src/kernel/genesis.ts";
import { initKernel } from "../src/kernel/init.ts";
import { compactFromTarget, targetOfWork } from "../src/kernel/target.ts";
import type { SignedTransaction } from "../src/kernel/transaction.ts";
import { openDataFolder } from "../src/lighthouse/data-folder.ts";
import { openLevelStore } from "../src/storage/level-store.ts";

const PACE_MS = 2_000;
const AUTHORS = 5;
const BATCH = 200;
const SENTENCE =
  "The clerk read the figures once more, and the tide, which had nothing to hide, stood at the door and waited to be let in. ";

/**
 * Fills an empty data folder with `paragraphs` blocks of about 500 bytes of text, each but the first with
 * `payments` transfers by the author of the one below.
 */
export async function makeStory(folder: string, paragraphs: number, payments = 0): Promise<void> {
  await initKernel();
  const data = await openDataFolder(folder);
  const startMs = Date.now() - paragraphs * PACE_MS - 60_000;
  const genesis = createGenesis(
    {
      network: "test",
      title: "The Long Ledger",
      premise: "In Marrow Bay the sea keeps accounts.",
      language: "en",
      paceMs: PACE_MS,
      maxWords: 140,
      chapterLength: 0,
      contentRating: "everyone",
      rules: "",
      createdMs: startMs,
      initialTarget: compactFromTarget(targetOfWork(8n)),
      maxTarget: compactFromTarget(targetOfWork(2n)),
    },
    data.creatorSeed,
  );
  await data.putGenesis(encodeGenesis(genesis));
  const store = await openLevelStore({ folder: data.storyFolder(storyIdOf(genesis)) });
  const { chain } = await createChain({ genesis, store });
  const nonces = new Map<TestAuthor, bigint>();
  const paymentsOf = (from: TestAuthor | undefined): SignedTransaction[] => {
    if (from === undefined || chain.tip().height === 0) return [];
    return Array.from({ length: payments }, (_, index) => {
      const nonce = (nonces.get(from) ?? 0n) + 1n;
      nonces.set(from, nonce);
      return pay(chain, from, testAuthor(100 + (index % 100)).address, { nonce });
    });
  };
  const authors = Array.from({ length: AUTHORS }, (_, index) => testAuthor(index));
  for (let height = 1; height <= paragraphs; height++) {
    const author = authors[height % AUTHORS];
    if (author === undefined) continue;
    const nowMs = startMs + height * PACE_MS;
    const block = mineBlock(chain, {
      author,
      text: `${height}. ${SENTENCE.repeat(4).trim()}`,
      transactions: paymentsOf(authors[(height - 1) % AUTHORS]),
      nowMs,
    });
    await chain.connectBlock(block, nowMs);
    if (height % BATCH === 0) process.stderr.write(`  ${height} paragraphs written\n`);
  }
  await store.close();
  await data.release();
}
