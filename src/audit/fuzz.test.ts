import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import { initKernel } from "../kernel/init.ts";
import { codecTarget, type FuzzTarget } from "./testing/fuzz-case.ts";
import { allTargets, fuzz, SLOW_MS } from "./testing/fuzz-run.ts";
import { group, number, prefixed, raw } from "./testing/fuzz-tree.ts";
import type { Random } from "./testing/random.ts";

beforeAll(initKernel);

describe("all decoders against changed inputs", () => {
  it("[ENC-2] no crash, nothing accepted that is encoded otherwise, nothing valid refused (a part of `npm run fuzz`)", {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0 }), async (seed) => {
        const { inputs, targets } = await fuzz({ seed, targets: allTargets(), inputs: 8_000 });
        for (const { name, findings } of targets) expect(findings, name).toEqual([]);
        // Else the changes would be so coarse that nothing gets past the first check.
        const accepted = targets.reduce((sum, target) => sum + target.accepted, 0);
        expect(accepted / inputs).toBeGreaterThan(0.15);
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});

/** Version 1 and some bytes behind their length. */
const layout = (random: Random) =>
  group(number(1, 1), prefixed(1, raw(random.bytes(random.below(20)))));
const encode = (bytes: Uint8Array) => Uint8Array.of(1, bytes.length, ...bytes);
const strict = (bytes: Uint8Array): Uint8Array => {
  if (bytes[0] !== 1 || bytes[1] !== bytes.length - 2) throw new CodedError("bad-encoding");
  return bytes.slice(2);
};

/** What the run says of one target, with a clock that the target itself moves. */
async function problemsOf(target: FuzzTarget, clock = { nowMs: 0 }): Promise<string[]> {
  const nowMs = () => clock.nowMs;
  const { targets } = await fuzz({ seed: 1, targets: [target], inputs: 3_000, nowMs });
  return targets.flatMap(({ findings }) => findings.map(({ problem }) => problem));
}

describe("the fuzzer itself", () => {
  it("finds nothing in a strict decoder", async () => {
    expect(await problemsOf(codecTarget("strict", 1, layout, { decode: strict, encode }))).toEqual(
      [],
    );
  });

  const faulty: readonly [string, (bytes: Uint8Array) => Uint8Array, string][] = [
    [
      "ignores what is left over",
      (bytes) => strict(bytes.slice(0, 2 + (bytes[1] ?? 0))),
      "otherwise",
    ],
    ["crashes", (bytes) => (bytes.length === 1 ? new Uint8Array(-1) : strict(bytes)), "RangeError"],
    [
      "refuses something valid",
      (bytes) => (bytes[1] === 3 ? strict(Uint8Array.of()) : strict(bytes)),
      "refused",
    ],
    ["writes into its input", (bytes) => strict(bytes.fill(7, 3, 4)), "changed its input"],
  ];
  it.each(faulty)("finds a decoder that %s", async (_name, decode, problem) => {
    const problems = await problemsOf(codecTarget("faulty", 1, layout, { decode, encode }));
    expect(problems.join()).toContain(problem);
  });

  it("finds what takes too long, unless it was the machine", async () => {
    const clock = { nowMs: 0 };
    let pause = SLOW_MS + 1;
    const decode = (bytes: Uint8Array) => {
      clock.nowMs += bytes.length > 12 ? pause : 0;
      return strict(bytes);
    };
    const slow = codecTarget("slow", 1, layout, { decode, encode });
    expect((await problemsOf(slow, clock)).join()).toContain("took");
    const once = (bytes: Uint8Array) => {
      clock.nowMs += pause;
      pause = 0;
      return strict(bytes);
    };
    expect(
      await problemsOf(codecTarget("busy", 1, layout, { decode: once, encode }), clock),
    ).toEqual([]);
  });

  it("gives the same input for the same seed and number", async () => {
    const targets = allTargets();
    const shownBy = async (seed: number, from: number): Promise<string> => {
      const shown: string[] = [];
      const spying = targets.map(
        (target): FuzzTarget => ({
          ...target,
          make: (random) => {
            const one = target.make(random);
            shown.push(`${target.name} ${one.shown()}`);
            return one;
          },
        }),
      );
      await fuzz({ seed, targets: spying, from, inputs: 20 });
      return shown.join("\n");
    };
    expect(await shownBy(9, 100)).toBe(await shownBy(9, 100));
    expect(await shownBy(9, 100)).not.toBe(await shownBy(10, 100));
    expect((await shownBy(9, 100)).split("\n").slice(5, 20)).toEqual(
      (await shownBy(9, 105)).split("\n").slice(0, 15),
    );
  });
});
