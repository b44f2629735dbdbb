import { describe, expect, it } from "vitest";
import { selfishShare, selfishThreshold } from "./statistics/selfish-mining.ts";
import { summarise } from "./statistics/summarise.ts";
import { minersYaml, runYaml } from "./testing/run-yaml.ts";

/** What the theory assumes: no delays, a fixed difficulty, nobody rests. */
const THEORY = "rest: false\nretarget: fixed\npace: 8\nlatency: { min: 0, max: 0, verify: 0 }";

describe("100,000 blocks against closed forms", () => {
  it("shares are binomial, waiting times exponential", { timeout: 120_000 }, async () => {
    const hashrates = [40, 30, 20, 10];
    const blocks = 100_000;
    const record = await runYaml(minersYaml(hashrates, `blocks: ${blocks}\nseed: 2026\n${THEORY}`));
    const { miners, shareTest, blockTimes } = summarise(record);
    // Two blocks in one millisecond: about one in 16,000 at this pace.
    expect(record.stale).toBeLessThan(25);
    for (const [index, { blocks: found }] of miners.entries()) {
      const p = (hashrates[index] ?? 0) / 100;
      // Four standard deviations of the binomial: one run of 4,000 is off by more.
      expect(Math.abs(found - blocks * p)).toBeLessThan(4 * Math.sqrt(blocks * p * (1 - p)));
    }
    expect(shareTest?.pValue).toBeGreaterThan(0.001);
    expect(blockTimes.fit?.pValue).toBeGreaterThan(0.001);
    const { mean = 0, deviation = 0 } = blockTimes.sample ?? {};
    // The mean of an exponential has the standard error mean ÷ √n, the deviation √2 of that.
    expect(Math.abs(mean / 8_000 - 1)).toBeLessThan(4 / Math.sqrt(blocks) + 0.005);
    expect(Math.abs(deviation / 8_000 - 1)).toBeLessThan(
      (4 * Math.SQRT2) / Math.sqrt(blocks) + 0.005,
    );
  });
});

describe("selfish mining against Eyal and Sirer", () => {
  const shareOf = async (alpha: number, seed: number): Promise<number> => {
    const percent = 100 * alpha;
    const others = (100 - percent) / 2;
    const { agents } = await runYaml(
      minersYaml(
        [percent, others, others],
        `blocks: 20000\nseed: ${seed}\n${THEORY}\nattackers: [{ agent: user000, kind: selfish }]`,
      ),
    );
    return (agents[0]?.blocks ?? 0) / 20_000;
  };

  // One run of 20,000 blocks scatters by 0.005 (measured over five seeds); the tolerance is three of that.
  it.each([0.2, 0.3, 0.4])(
    "gives the share of the formula at α = %d",
    { timeout: 60_000 },
    async (alpha) => {
      const share = await shareOf(alpha, 1);
      expect(Math.abs(share - selfishShare(alpha))).toBeLessThan(0.015);
      // The threshold is 1/4: below it the attacker earns less than its due, above it more.
      expect(share > alpha).toBe(alpha > selfishThreshold());
    },
  );
});
