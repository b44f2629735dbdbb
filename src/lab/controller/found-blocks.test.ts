import { afterEach, describe, expect, it } from "vitest";
import { storyIdOf } from "../../kernel/genesis.ts";
import type { Peer } from "../../peer/create-peer.ts";
import { createTestMesh } from "../../simulation/testing.ts";
import { blocksGivenUp, chainTo, createFoundBlocks, type FoundBlock } from "./found-blocks.ts";

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const running: Peer[] = [];
afterEach(async () => {
  for (const peer of running.splice(0)) await peer.stop();
});

const sum = (amounts: readonly string[]): string =>
  amounts.reduce((total, amount) => total + BigInt(amount), 0n).toString();

describe("createFoundBlocks", () => {
  it("[RWD-2] reads what each block pays, fees included, as the peers' own get_rewards tells it", async () => {
    const mesh = await createTestMesh(91, settle, { paceMs: 4_000 });
    const peers = [await mesh.add("a"), await mesh.add("b")];
    running.push(...peers);
    const story = storyIdOf(mesh.genesis);
    const blocks = createFoundBlocks({ ...mesh.genesis, id: story }, peers.length);
    const addresses = await Promise.all(
      peers.map(async ({ client }) => (await client.request({ method: "get_wallet" })).address),
    );
    for (let turn = 0; turn < 8; turn++) {
      await mesh.run(9_000);
      const miner = turn % 3 === 0 ? 0 : 1;
      const { client } = peers[miner] as Peer;
      const { hash, height } = await client.request({ method: "generate_block" });
      await blocks.add(client, { id: hash, height, miner, foundMs: turn });
      // Some wait for the next block, some are sealed before it.
      await client.request({
        method: "send_tokens",
        params: { to: addresses[1 - miner] ?? "", consumer: "1000", industrial: "7" },
      });
    }
    // The last block reaches the other.
    await mesh.run(1_000);
    const chain = chainTo(blocks.best());
    expect(chain.map(({ height }) => height)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(chain.flatMap(({ carries }) => carries)).toHaveLength(7);
    for (const [agent, { client }] of peers.entries()) {
      const { rewards } = await client.request({ method: "get_rewards" });
      for (const token of ["consumer", "industrial"] as const) {
        const paid = chain.map(
          ({ miner, parent, paid }) =>
            (miner === agent ? paid.author[token] : 0n) +
            (parent?.miner === agent ? paid.tracker[token] : 0n),
        );
        expect(sum(paid.map(String))).toBe(sum(rewards.map((reward) => reward[token])));
      }
    }
    expect(chain.some(({ paid }) => paid.tracker.consumer > 0n)).toBe(true);
  });

  it("rejects a block that its maker does not have on its canon", async () => {
    const mesh = await createTestMesh(92, settle);
    const peer = await mesh.add("a");
    running.push(peer);
    const id = storyIdOf(mesh.genesis);
    const blocks = createFoundBlocks({ ...mesh.genesis, id }, 1);
    await mesh.run(15_000);
    const { height } = await peer.client.request({ method: "generate_block" });
    const made = { id: "ab".repeat(32), height, miner: 0, foundMs: 0 };
    await expect(blocks.add(peer.client, made)).rejects.toMatchObject({ code: "lab-block-lost" });
  });
});

describe("blocksGivenUp", () => {
  const block = (number: number, parent: FoundBlock | null): FoundBlock =>
    ({ number, parent, height: parent === null ? 0 : parent.height + 1 }) as FoundBlock;

  it("counts from the common ancestor", () => {
    const root = block(0, null);
    const a = [block(1, root)];
    for (let n = 2; n <= 4; n++) a.push(block(n, a.at(-1) ?? root));
    const fork = a[1] ?? root;
    const b = block(5, fork);
    const tip = a.at(-1) ?? root;
    expect(blocksGivenUp(tip, b)).toBe(2);
    expect(blocksGivenUp(b, tip)).toBe(1);
    expect(blocksGivenUp(fork, tip)).toBe(0);
    expect(blocksGivenUp(tip, fork)).toBe(2);
    expect(blocksGivenUp(tip, tip)).toBe(0);
    expect(blocksGivenUp(tip, root)).toBe(4);
  });
});
