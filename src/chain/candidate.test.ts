import { beforeAll, describe, expect, it } from "vitest";
import { bodyRootOf } from "../kernel/body.ts";
import { bigintFromBytesBE, bytesFromHex } from "../kernel/bytes.ts";
import { coreHashOf } from "../kernel/header.ts";
import { initKernel } from "../kernel/init.ts";
import { targetFromCompact } from "../kernel/target.ts";
import type { TestChain } from "./testing/forge.ts";
import { forkOf, grow, openTestChain } from "./testing/forge.ts";
import { solve, TEST_PACE_MS, testAuthor, testGenesis, testParagraph } from "./testing/mine.ts";

const P = TEST_PACE_MS;
let base: TestChain;
let tipMs: number;

beforeAll(async () => {
  await initKernel();
  base = await openTestChain({ genesis: testGenesis() });
  await grow(base, 2, [1, 2].map(testAuthor));
  tipMs = base.chain.tip().timestampMs;
});

const offer = (nowMs: number, index = 5, text = "A candle.") =>
  base.chain.candidate({
    paragraph: testParagraph(text),
    author: testAuthor(index).publicKey,
    nowMs,
  });

describe("candidate", () => {
  it("[HDR-1] names what to hash and how small it must be", () => {
    const { header, body, coreHash, target } = offer(tipMs + P);
    expect(coreHash).toEqual(coreHashOf(header));
    expect(coreHashOf({ ...header, nonce: 77n, signature: new Uint8Array(64).fill(1) })).toEqual(
      coreHash,
    );
    expect(header.bodyRoot).toEqual(bodyRootOf(body));
    expect(bigintFromBytesBE(target)).toBe(targetFromCompact(header.target));
    expect(base.chain.requiredTargetAt(tipMs + P)).toBe(targetFromCompact(header.target));
    expect(header.parent).toEqual(bytesFromHex(base.chain.tip().id));
    expect(header).toMatchObject({ height: 3, timestampMs: tipMs + P, nonce: 0n });
  });

  it("[HDR-6] is never earlier than the rule allows, and connects at that time", async () => {
    const candidate = offer(tipMs + 1);
    expect(candidate.header.timestampMs).toBe(tipMs + P / 4);
    const own = await forkOf(base);
    const block = own.chain.sealCandidate(candidate, solve(candidate.header), testAuthor(5).seed);
    expect(await own.chain.connectBlock(block, tipMs + P / 4)).toMatchObject({ kind: "extended" });
  });

  it("[DIF-2] states the eased target of its own timestamp", () => {
    const fresh = targetFromCompact(offer(tipMs + P).header.target);
    expect(targetFromCompact(offer(tipMs + 4 * P).header.target)).toBe(fresh * 2n);
    expect(base.chain.requiredTargetAt(tipMs + 4 * P)).toBe(fresh * 2n);
  });

  it("[TRK-1] the tracker rests until 2P, and is told until when", () => {
    const tracker = [1, 2].find((n) => testAuthor(n).address === base.chain.tip().author) ?? 0;
    const untilMs = tipMs + 2 * P;
    expect(() => offer(untilMs - 1, tracker)).toThrow(
      expect.objectContaining({ code: "resting", data: { untilMs } }),
    );
    expect(offer(untilMs, tracker).header.timestampMs).toBe(untilMs);
    expect(base.chain.restUntilMs(testAuthor(tracker).address)).toBe(untilMs);
    expect(base.chain.restUntilMs(testAuthor(5).address)).toBeNull();
  });

  it.each([
    ["so ".repeat(141), "too-many-words"],
    ["so\u2066so", "bad-text"],
    ["x".repeat(1_601), "bad-text"],
    [" ", "no-words"],
  ])("[PAR-1] refuses a paragraph that no peer would take (%#)", (text, code) => {
    expect(() => offer(tipMs + P, 5, text)).toThrow(expect.objectContaining({ code }));
  });

  it("[SIG-1] sealed with another key, nobody takes it", async () => {
    const candidate = offer(tipMs + P);
    const own = await forkOf(base);
    const block = own.chain.sealCandidate(candidate, solve(candidate.header), testAuthor(6).seed);
    expect(await own.chain.connectBlock(block, tipMs + P)).toMatchObject({
      kind: "invalid",
      code: "bad-signature",
    });
  });
});
