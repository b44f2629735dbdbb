import { beforeAll, describe, expect, it } from "vitest";
import type { HeaderEntry } from "../../chain/header-entry.ts";
import type { Outcome } from "../../chain/outcome.ts";
import { openTestChain } from "../../chain/testing/forge.ts";
import { testGenesis } from "../../chain/testing/mine.ts";
import type { Block } from "../../kernel/block.ts";
import { type BlockId, blockIdFromHex } from "../../kernel/brand.ts";
import { blockIdOf } from "../../kernel/header.ts";
import { initKernel } from "../../kernel/init.ts";
import { MAX_BLOCKS_PER_REQUEST } from "../limits.ts";
import type { Answer } from "../wire/messages.ts";
import { downloadBodies, MAX_PEERS, REQUESTS_PER_PEER } from "./body-download.ts";
import { CHUNK_MAX_BYTES } from "./download-window.ts";
import type { Intake } from "./intake.ts";
import { madeUpKeyBlock, madeUpRound, serveMadeUp } from "./testing/made-up-rounds.ts";
import { storyContext } from "./testing/story-context.ts";

beforeAll(initKernel);

const PEERS = ["a", "b", "c", "d", "e", "f"];
const anyId = (place: number): BlockId => blockIdFromHex(place.toString(16).padStart(64, "0"));
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An intake that lets everything in, and what came in. */
function openDoor({ entry }: { readonly entry: HeaderEntry }): {
  readonly intake: Intake;
  readonly came: Block[];
} {
  const came: Block[] = [];
  const intake: Intake = {
    connect: async () => {
      throw new RangeError("one by one");
    },
    async connectMany(blocks) {
      came.push(...blocks);
      return blocks.map((): Outcome => ({ kind: "known", entry }));
    },
    onHead: () => {},
    reorgs: () => [],
    storeFull: () => false,
    stop: () => {},
  };
  return { intake, came };
}

/** Peers asked, in the order of the questions, while nobody answers. */
async function askedInVain(maxHeldBytes?: number): Promise<readonly string[]> {
  const { chain } = await openTestChain({ genesis: testGenesis() });
  const asked: string[] = [];
  const { context } = storyContext(chain, {
    answer: (peer) => {
      asked.push(peer);
      return new Promise<Answer>(() => {});
    },
  });
  const ids = Array.from({ length: 20 * MAX_BLOCKS_PER_REQUEST }, (_, place) => anyId(place));
  const order = { ids, peers: PEERS, onProgress: () => {} };
  downloadBodies(
    context,
    openDoor({ entry: chain.tip() }).intake,
    maxHeldBytes === undefined ? order : { ...order, maxHeldBytes },
  ).catch(() => {});
  await settle();
  return asked;
}

describe("[NET-4] the download of bodies", () => {
  it("[NET-6] asks so many peers at once, each so many questions", async () => {
    const asked = await askedInVain();
    expect(asked).toHaveLength(MAX_PEERS * REQUESTS_PER_PEER);
    for (const peer of PEERS.slice(0, MAX_PEERS)) {
      expect(asked.filter((each) => each === peer)).toHaveLength(REQUESTS_PER_PEER);
    }
  });

  it("[NET-6] asks for no more than it has room for (smaller cap)", async () => {
    // One place is kept for the chunk that all wait for.
    expect(await askedInVain(2 * CHUNK_MAX_BYTES)).toHaveLength(1);
    expect(await askedInVain(4 * CHUNK_MAX_BYTES)).toHaveLength(3);
  });

  it("[NET-6] full rounds come a few at a time, and all of them, in order", async () => {
    const { chain } = await openTestChain({ genesis: testGenesis() });
    const story: Block[] = [];
    const keyBlocks: Block[] = [];
    const rounds: (readonly Block[])[] = [];
    let keyParent = anyId(1);
    for (let count = 0; count < 7; count++) {
      const round = madeUpRound(keyParent, 15);
      const block = madeUpKeyBlock(keyParent, round);
      rounds.push(round);
      keyBlocks.push(block);
      story.push(...round, block);
      keyParent = blockIdOf(block.header);
    }
    let questions = 0;
    const serve = serveMadeUp(rounds, keyBlocks);
    const { context, points } = storyContext(chain, {
      answer: (_peer, question) => {
        if (question.TAG === "blocks") questions++;
        return serve(question);
      },
    });
    const { intake, came } = openDoor({ entry: chain.tip() });
    const sizes: number[] = [];
    const done = await downloadBodies(
      context,
      {
        ...intake,
        connectMany: (blocks, from) => {
          sizes.push(blocks.length);
          return intake.connectMany(blocks, from);
        },
      },
      {
        ids: keyBlocks.map(({ header }) => blockIdOf(header)),
        peers: ["a"],
        onProgress: () => {},
      },
    );
    expect(done).toBe(true);
    expect(came.map(({ header }) => blockIdOf(header))).toEqual(
      story.map(({ header }) => blockIdOf(header)),
    );
    // Two answers of a megabyte have four of these rounds; the chunk of seven is cut there.
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4 * 16);
    expect(questions).toBeGreaterThanOrEqual(2);
    expect(points.size).toBe(0);
  });
});
