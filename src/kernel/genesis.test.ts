import { beforeAll, expect, test } from "vitest";
import type { Genesis, GenesisFields } from "./genesis.ts";
import {
  checkGenesis,
  createGenesis,
  encodeGenesis,
  genesisSigningBytes,
  initialWorkOf,
  storyIdOf,
} from "./genesis.ts";
import { initKernel } from "./init.ts";
import { GENESIS_MAX_BYTES } from "./limits.ts";
import { signWithSeed } from "./signature.ts";
import { targetFromCompact, workOfTarget } from "./target.ts";

beforeAll(initKernel);

const seed = new Uint8Array(32).fill(1);
const fields: GenesisFields = {
  network: "live",
  title: "A tale",
  premise: "Once.",
  language: "en-GB",
  paceMs: 60_000,
  chapterLength: 12,
  contentRating: "everyone",
  rules: "",
  createdMs: 1_700_000_000_000,
};

function signedAgain(genesis: Genesis): Genesis {
  return { ...genesis, signature: signWithSeed(seed, genesisSigningBytes(genesis)) };
}

test("[GEN-1] a created genesis is valid and its fields name the story", () => {
  const genesis = createGenesis(fields, seed);
  expect(() => checkGenesis(genesis)).not.toThrow();
  expect(genesis.maxWords).toBe(140);
  expect(storyIdOf(createGenesis(fields, seed))).toBe(storyIdOf(genesis));
  expect(storyIdOf(createGenesis({ ...fields, rules: "x" }, seed))).not.toBe(storyIdOf(genesis));
});

test("[GEN-2] the first block costs the pace at 1 MH/s, the easiest a sixteenth", () => {
  for (const paceMs of [2_000, 15_000, 60_000, 86_400_000]) {
    const genesis = createGenesis({ ...fields, paceMs }, seed);
    const work = workOfTarget(targetFromCompact(genesis.initialTarget));
    const least = BigInt(paceMs) * 1_000n;
    expect(initialWorkOf(paceMs)).toBe(least);
    expect(work).toBeGreaterThanOrEqual(least);
    expect(work - least).toBeLessThanOrEqual(least >> 14n);
    const easiest = workOfTarget(targetFromCompact(genesis.maxTarget));
    expect(easiest * 16n).toBeGreaterThanOrEqual(least - 16n);
    expect(easiest * 16n).toBeLessThanOrEqual(work + (work >> 14n));
  }
});

test("[GEN-2] a live story refuses an easier start, a test story takes it", () => {
  const easy = { ...fields, initialTarget: 0x20_7f_ff_ff };
  expect(() => createGenesis(easy, seed)).toThrow(
    expect.objectContaining({
      code: "bad-genesis",
      data: expect.objectContaining({ field: "initialTarget", reason: "too-easy" }),
    }),
  );
  const test = createGenesis({ ...easy, network: "test" }, seed);
  expect(targetFromCompact(test.maxTarget)).toBeGreaterThan(targetFromCompact(test.initialTarget));
});

test("[GEN-1] each field has its limits, also when the signature is right", () => {
  const genesis = createGenesis(fields, seed);
  const refused: [Partial<Genesis>, string, string][] = [
    [{ paceMs: 1_999 }, "bad-genesis", "paceMs"],
    [{ paceMs: 86_400_001 }, "bad-genesis", "paceMs"],
    [{ maxWords: 0 }, "bad-genesis", "maxWords"],
    [{ maxWords: 801 }, "bad-genesis", "maxWords"],
    [{ language: "" }, "bad-genesis", "language"],
    [{ language: "english-" }, "bad-genesis", "language"],
    [{ title: "" }, "bad-genesis", "title"],
    [{ initialTarget: 0 }, "bad-genesis", "initialTarget"],
    [{ maxTarget: 0x1c_00_ff_ff }, "bad-genesis", "maxTarget"],
  ];
  for (const [change, code, field] of refused) {
    expect(() => checkGenesis(signedAgain({ ...genesis, ...change }))).toThrow(
      expect.objectContaining({ code, data: expect.objectContaining({ field }) }),
    );
  }
  for (const premise of ["\u202e", "\u0000"]) {
    expect(() => checkGenesis(signedAgain({ ...genesis, premise }))).toThrow(
      expect.objectContaining({ code: "bad-text" }),
    );
  }
});

test("[GEN-1] a genesis that nobody signed is refused", () => {
  const genesis = createGenesis(fields, seed);
  for (const change of [{ title: "Another" }, { creator: new Uint8Array(32).fill(3) }]) {
    expect(() => checkGenesis({ ...genesis, ...change })).toThrow(
      expect.objectContaining({ code: "bad-signature" }),
    );
  }
});

test("[GEN-1] a genesis fits an invite link: 1,000 bytes and no more", () => {
  const long = { ...fields, title: "t".repeat(120), premise: "p".repeat(600) };
  expect(encodeGenesis(createGenesis(long, seed)).length).toBeLessThanOrEqual(GENESIS_MAX_BYTES);
  expect(() => createGenesis({ ...long, rules: "r".repeat(200) }, seed)).toThrow(
    expect.objectContaining({ code: "too-large" }),
  );
  expect(() => createGenesis({ ...fields, title: "t".repeat(121) }, seed)).toThrow(
    expect.objectContaining({ code: "bad-value" }),
  );
});
