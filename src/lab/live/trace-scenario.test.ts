import { beforeAll, describe, expect, it } from "vitest";
import type { Chain } from "../../chain/create-chain.ts";
import type { HeaderEntry } from "../../chain/header-entry.ts";
import { openTestChain } from "../../chain/testing/forge.ts";
import {
  mineBlock,
  TEST_PACE_MS,
  type TestAuthor,
  testAuthor,
  testGenesis,
} from "../../chain/testing/mine.ts";
import { addressFromHex } from "../../kernel/brand.ts";
import { initKernel } from "../../kernel/init.ts";
import {
  compactFromTarget,
  TARGET_LIMIT,
  targetFromCompact,
  targetOfWork,
  workOfTarget,
} from "../../kernel/target.ts";
import { requiredTarget } from "../../ledger/retarget.ts";
import { accountOf } from "../../ledger/state.ts";
import { createRandom } from "../random/random.ts";
import type { RunRecord } from "../run.ts";
import { TRACE_MAX } from "../scenario/limits.ts";
import { parseScenario } from "../scenario/parse-scenario.ts";
import { scenarioToFragment } from "../scenario/scenario-link.ts";
import { runYaml } from "../testing/run-yaml.ts";
import { type TraceInput, traceScenario } from "./trace-scenario.ts";
import type { TracedBlock } from "./trace-start.ts";

beforeAll(initKernel);

const STORY = "ab".repeat(32);
const P = TEST_PACE_MS;
/** Easier than anything that these tests do not cap. */
const EASIEST = compactFromTarget(targetOfWork(2n));

function input(blocks: readonly TracedBlock[], change: Partial<TraceInput> = {}): TraceInput {
  const nameOf = (author: string): string => author.slice(0, 8);
  const story = { title: "The lamp", story: STORY, paceMs: P, maxTarget: EASIEST };
  return { ...story, blocks, nameOf, ...change };
}

const workOf = (compact: number): number => Number(workOfTarget(targetFromCompact(compact)));

/** What the story's rule asks of blocks with these solve times and authors, from a first target on. */
function byTheRule(
  finds: readonly { readonly solveMs: number; readonly author: string }[],
  initialTarget: number,
  maxTarget: number,
): readonly TracedBlock[] {
  const parameters = { paceMs: P, initialTarget, maxTarget };
  const blocks: TracedBlock[] = [];
  for (const { solveMs, author } of finds) {
    const [before, below] = [blocks.at(-2), blocks.at(-1)];
    const facts = {
      timestampMs: 0,
      target: below?.target ?? initialTarget,
      author: below?.author ?? null,
      solveTimeMs: below?.solveMs ?? null,
      sameAuthor: below !== undefined && below.author === before?.author,
    };
    const target = requiredTarget(parameters, facts, solveMs);
    const height = blocks.length + 1;
    const after = below?.author ?? "";
    blocks.push({ height, author, after, solveMs, work: workOf(target), target });
  }
  return blocks;
}

/** The first block comes after a long time; one to three authors; half of the stories have nights. */
function lonelyFinds(seed: number, count: number): readonly { solveMs: number; author: string }[] {
  const random = createRandom(seed, "lonely-trace-test");
  const names = "abc".slice(0, 1 + (seed % 3));
  const finds: { solveMs: number; author: string }[] = [];
  for (let index = 0; index < count; index++) {
    const author = names[random.below(names.length)] ?? "a";
    const least = finds.at(-1)?.author === author ? 2 * P : P / 4;
    const isNight = index === 0 || (seed % 2 === 0 && random.below(7) === 0);
    finds.push({ author, solveMs: least + random.below(isNight ? 60 * P : P / 4) });
  }
  return finds;
}

/** Solve times from a quarter of a pace to six paces, authors that rest when they must. */
function randomFinds(seed: number, count: number): { solveMs: number; author: string }[] {
  const random = createRandom(seed, "trace-test");
  const finds: { solveMs: number; author: string }[] = [];
  for (let index = 0; index < count; index++) {
    const author = "abcd"[random.below(4)] ?? "a";
    const least = finds.at(-1)?.author === author ? 2 * P : P / 4;
    const most = random.below(8) === 0 ? 6 * P : 2 * P;
    finds.push({ author, solveMs: least + random.below(most) });
  }
  return finds;
}

function expectEqual(record: RunRecord, blocks: readonly TracedBlock[], note: string): void {
  const { canon, refusals, stale, synced } = record;
  expect({ refusals, stale, synced }, note).toEqual({ refusals: {}, stale: 0, synced: 1 });
  expect(Array.from(canon.work), note).toEqual(blocks.map(({ work }) => work));
  let atMs = 0;
  const times = blocks.map(({ solveMs }) => (atMs += solveMs));
  expect(Array.from(canon.timestampMs), note).toEqual(times);
}

/** Blocks of the story's own code with these authors and solve times. */
async function written(
  chain: Chain,
  finds: readonly (readonly [TestAuthor, number])[],
): Promise<readonly TracedBlock[]> {
  const entries: HeaderEntry[] = [];
  for (const [author, solveMs] of finds) {
    const nowMs = chain.tip().timestampMs + solveMs;
    const block = mineBlock(chain, { author, text: "A line.", nowMs });
    expect((await chain.connectBlock(block, nowMs)).kind).toBe("extended");
    entries.push(chain.tip());
  }
  return entries.map(({ height, author, target, timestampMs, keyParent }) => ({
    height,
    author: String(author),
    after: keyParent?.author ?? "",
    solveMs: timestampMs - (keyParent?.timestampMs ?? 0),
    work: workOf(target),
    target,
  }));
}

describe("a real chain, replayed", () => {
  it("has every target of it, block by block [DIF-1] [DIF-2]", async () => {
    const authors = [1, 2, 3].map(testAuthor);
    const [a, b, c] = authors as [TestAuthor, TestAuthor, TestAuthor];
    const { chain } = await openTestChain({
      genesis: testGenesis({
        initialTarget: compactFromTarget(targetOfWork(2_000n)),
        maxTarget: compactFromTarget(targetOfWork(150n)),
      }),
    });
    // A crowd, an author that goes on after its rest, and two long waits that relief shortens.
    const finds: readonly (readonly [TestAuthor, number])[] = [
      ...[a, b, a, c, a, b, c, b].map((author) => [author, P / 4] as const),
      [b, 2 * P],
      [b, 3 * P + 1],
      [a, 4 * P],
      [c, 7.5 * P],
      ...[a, c, a, b].map((author, index) => [author, P / 2 + 777 * index] as const),
    ];
    const blocks = await written(chain, finds);
    const { maxTarget } = chain.genesis;
    const { yaml, ids } = traceScenario(input(blocks, { maxTarget }));
    const record = await runYaml(yaml);
    expectEqual(record, blocks, "the whole");
    expect(Array.from(record.canon.miner, (agent) => record.scenario.agents[agent]?.id)).toEqual(
      blocks.map(({ author }) => ids.get(author)),
    );
    // From the middle on, where the block before is of the same author, or came late.
    for (const first of [3, 8, 9, 11]) {
      const stretch = blocks.slice(first);
      const { yaml: part, blocks: rest } = traceScenario(input(stretch, { maxTarget }));
      expect(rest[0]?.height).toBe({ 3: 4, 8: 11, 9: 11, 11: 12 }[first]);
      expectEqual(await runYaml(part), rest, `from ${first}`);
    }
  });

  it("has every target of any story, by its work alone from 2^20 hashes on", async () => {
    for (const seed of [1, 2, 3]) {
      const initialTarget = compactFromTarget(targetOfWork(BigInt(seed) ** 9n * 16_777_216n));
      const maxTarget = compactFromTarget(targetFromCompact(initialTarget) * 16n);
      const known = byTheRule(randomFinds(seed, 160), initialTarget, maxTarget);
      const blocks = known.slice(seed).map(({ height, author, after, solveMs, work }) => ({
        height,
        author,
        after,
        solveMs,
        work,
      }));
      const { yaml, blocks: rest } = traceScenario(input(blocks, { maxTarget }));
      expect(rest.length).toBeGreaterThan(140);
      expectEqual(await runYaml(yaml), rest, `seed ${seed}`);
    }
  });

  it("is exact from the first paragraph on, however late, and rewards as the story did [RWD-1b]", async () => {
    for (const seed of [1, 2, 3]) {
      const { chain } = await openTestChain({ genesis: testGenesis() });
      const finds = lonelyFinds(seed, 14).map(
        ({ author, solveMs }) => [testAuthor(author.codePointAt(0) ?? 0), solveMs] as const,
      );
      const blocks = await written(chain, finds);
      const { initialTarget, maxTarget } = chain.genesis;
      const {
        yaml,
        blocks: rest,
        ids,
      } = traceScenario(input(blocks, { initialTarget, maxTarget }));
      expect(rest, `seed ${seed}`).toHaveLength(blocks.length);
      const record = await runYaml(yaml);
      expectEqual(record, blocks, `seed ${seed}`);
      const earned = record.agents.map(({ consumer, industrial }) => ({ consumer, industrial }));
      const held = [...ids.keys()].map((author) => {
        const { consumer, industrial } = accountOf(chain.headState(), addressFromHex(author));
        return { consumer: Number(consumer), industrial: Number(industrial) };
      });
      expect(earned, `seed ${seed}`).toEqual(held);
    }
  });

  it("from anywhere is exact where it says so, and never asks for what the story could not have", async () => {
    const seeds = Array.from({ length: 24 }, (_, index) => index);
    const outcomes = new Set<boolean>();
    for (const seed of seeds) {
      const initialTarget = compactFromTarget(targetOfWork(60_000_000n));
      const maxTarget = compactFromTarget(targetOfWork(3_750_000n));
      const known = byTheRule(lonelyFinds(seed, 40), initialTarget, maxTarget);
      const stretch = known.slice(1 + (seed % 5), 6 + (seed % 34));
      const { yaml, blocks: rest } = traceScenario(input(stretch, { maxTarget }));
      const record = await runYaml(yaml);
      const isExact = yaml.includes("every target is the real one.");
      outcomes.add(isExact);
      if (isExact) expectEqual(record, rest, `seed ${seed}`);
      rest.forEach(({ work }, index) => {
        const asked = record.canon.work[index] ?? 0;
        expect(asked, `seed ${seed}`).toBeGreaterThanOrEqual(workOf(maxTarget));
        expect(asked / work, `seed ${seed}`).toBeGreaterThan(0.749);
        expect(asked / work, `seed ${seed}`).toBeLessThan(1.001);
      });
    }
    expect(outcomes).toEqual(new Set([true, false]));
  });

  it("starts from the target that a work of 2^20 hashes or more stands for", () => {
    const random = createRandom(7, "trace-test");
    for (let round = 0; round < 500; round++) {
      const shift = BigInt(20 + random.below(100));
      const target = TARGET_LIMIT >> shift;
      const compact = compactFromTarget(target - (target * BigInt(random.below(1_000))) / 2_000n);
      const work = workOfTarget(targetFromCompact(compact));
      expect(compactFromTarget(targetOfWork(work)), compact.toString(16)).toBe(compact);
    }
  });

  it("asks what another rule would have asked of the same finds", async () => {
    const initialTarget = compactFromTarget(targetOfWork(60_000_000n));
    const finds = Array.from({ length: 60 }, (_, index) => ({
      author: index % 2 === 0 ? "a" : "b",
      solveMs: P / 2,
    }));
    const { yaml } = traceScenario(input(byTheRule(finds, initialTarget, EASIEST)));
    const own = await runYaml(yaml);
    const fixed = await runYaml(yaml.replace("retarget: relief", "retarget: fixed"));
    const asert = await runYaml(yaml.replace("retarget: relief", "retarget: asert"));
    for (const { canon } of [fixed, asert]) {
      expect(canon.timestampMs).toEqual(own.canon.timestampMs);
      expect(canon.miner).toEqual(own.canon.miner);
    }
    expect(new Set(fixed.canon.work)).toEqual(new Set([workOf(initialTarget)]));
    // Half a pace a block is a half-life every 8 blocks, and 7/8 of the target with each under DIF-1.
    const grown = ({ canon }: RunRecord): number => (canon.work[49] ?? 0) / (canon.work[1] ?? 1);
    expect(grown(asert)).toBeCloseTo(2 ** (48 / 8), 1);
    expect(grown(own) / (8 / 7) ** 48).toBeCloseTo(1, 2);
  });
});

describe("a trace as a scenario", () => {
  const initialTarget = compactFromTarget(targetOfWork(60_000_000n));
  const blocks = byTheRule(randomFinds(5, 100), initialTarget, EASIEST);

  it("is read without a problem, names story and heights, and fits a link", async () => {
    const { yaml } = traceScenario(input(blocks, { title: 'x"\nagents: []\u0007' }));
    const { scenario, problems } = parseScenario(yaml, { strict: true });
    expect(problems).toEqual([]);
    expect(yaml.split("\n")[0]).toMatch(/^# The live chain, replayed: .*, paragraphs \d+ to 100$/);
    expect(yaml).toContain(STORY);
    expect(yaml).toContain("every target is the real one.");
    expect(yaml).toContain("Rewards are not the real ones");
    const whole = traceScenario(input(blocks, { initialTarget })).yaml;
    expect(whole).toContain("Rewards are then the real ones too, but for fees.");
    const easy = { height: 9, author: "a", after: "b", solveMs: P, work: 2 ** 20 - 1 };
    expect(traceScenario(input([easy])).yaml).toContain("every target is nearly the real one.");
    expect(scenario?.paceMs).toBe(P);
    expect((await scenarioToFragment(yaml)).length).toBeLessThan(4_000);
  });

  it("of an author who only follows itself begins with the first, and says what is off", async () => {
    const finds = Array.from({ length: 20 }, () => ({ author: "a", solveMs: 2.25 * P }));
    const alone = byTheRule(finds, initialTarget, EASIEST).slice(1);
    const { yaml } = traceScenario(input(alone));
    expect(yaml).toContain("targets may be up to a third easier");
    const { canon } = await runYaml(yaml);
    const off = alone.map(({ work }, index) => (canon.work[index] ?? 0) / work);
    expect(off[0]).toBe(1);
    // (3P + 2¼P − 1¼P) ÷ (3P + 2¼P): the first one's rest is not known.
    for (const ratio of off.slice(1)) expect(ratio).toBeCloseTo(4 / 5.25, 3);
  });

  it("of blocks that all came late is right but for roundings", async () => {
    const finds = [5.5, 4.2, 6.1, 4.9, 5.1, 4.4].map((paces, index) => ({
      author: index % 2 === 0 ? "a" : "b",
      solveMs: Math.round(paces * P),
    }));
    const late = byTheRule(finds, initialTarget, EASIEST).slice(1);
    const { yaml, blocks: rest } = traceScenario(input(late));
    const { canon } = await runYaml(yaml);
    rest.forEach(({ work }, index) => {
      expect((canon.work[index] ?? 0) / work).toBeCloseTo(1, 3);
    });
  });

  it("is refused for nothing, and for more than a trace may have", () => {
    const refusal = (code: string): unknown => expect.objectContaining({ code });
    expect(() => traceScenario(input([]))).toThrow(refusal("nothing-to-replay"));
    const [block] = blocks.slice(-1) as [TracedBlock];
    const many = Array.from({ length: TRACE_MAX + 1 }, () => ({
      ...block,
      after: "z",
      solveMs: P,
    }));
    expect(() => traceScenario(input(many))).toThrow(refusal("trace-too-long"));
  });
});
