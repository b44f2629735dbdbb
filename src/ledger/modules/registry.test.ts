/**
 * What every module must do alike: a new one is tested here as soon as its line stands in the registry and
 * an example of its operations below.
 *
 * @module
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatBytes } from "../../kernel/bytes.ts";
import { MEMO_MAX_BYTES } from "../../kernel/limits.ts";
import { applyDelta, deltaBetween } from "../state-delta.ts";
import { emptyStateMap, stateRoot } from "../state-map.ts";
import { alice, bob } from "../transactions/testing/sample-transactions.ts";
import { TransactionRefused } from "../transactions/transaction-code.ts";
import { MODULES, moduleOf } from "./registry.ts";

/** Fields of every action of every module. */
const EXAMPLES: Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>> = {
  handles: [
    { action: "register", handle: "anna" },
    { action: "register", handle: "anna", owner: bob },
    { action: "move", handle: "anna", to: bob },
  ],
  codex: [
    { action: "add", kind: "rule", name: "Tides", text: "The sea comes twice a day." },
    { action: "amend", kind: "rule", name: "Tides", text: "The sea comes when it likes." },
  ],
  profile: [{ action: "set", name: "Anna", colour: 0xff_80_00, avatar: "0001020304050607" }],
};

const modules = MODULES.map((module) => [module.name, module] as const);

describe("modules", () => {
  it("[TX-6] are found by their system account only", () => {
    for (const module of MODULES) {
      expect(moduleOf(`sys/${module.name}`)).toBe(module);
      expect(moduleOf(module.name)).toBeUndefined();
    }
    expect(moduleOf("sys/toString")).toBeUndefined();
    expect(Object.keys(EXAMPLES).toSorted()).toEqual(MODULES.map(({ name }) => name).toSorted());
  });

  it.each(modules)("[TX-6] %s: fields, operation and memo say the same", (name, module) => {
    for (const fields of EXAMPLES[name] ?? []) {
      const op = module.fromFields(fields);
      expect(module.describe(op)).toEqual(fields);
      const memo = module.encode(op);
      expect(memo.length).toBeLessThanOrEqual(MEMO_MAX_BYTES);
      expect(module.decode(memo)).toEqual(op);
      expect(() => module.fromFields({ ...fields, unheardOf: 1 })).toThrow("bad-params");
    }
  });

  it.each(modules)(
    "[ENC-2] %s: no byte more, less or other decodes to the same",
    (name, module) => {
      for (const fields of EXAMPLES[name] ?? []) {
        const memo = module.encode(module.fromFields(fields));
        expect(() => module.decode(concatBytes(memo, Uint8Array.of(0)))).toThrow(
          TransactionRefused,
        );
        for (let at = 0; at < memo.length; at++) {
          expect(() => module.decode(memo.subarray(0, at))).toThrow(TransactionRefused);
          const changed = memo.map((byte, index) => (index === at ? byte ^ 1 : byte));
          expect(decodedAgain(module, changed)).toEqual(changed);
        }
      }
    },
  );

  it.each(modules)(
    "[ENC-2] %s: any bytes decode strictly or are refused (property)",
    (_name, module) => {
      const bytes = fc
        .tuple(fc.constantFrom([], [1, 0], [1, 1], [1, 0, 4]), fc.uint8Array({ maxLength: 80 }))
        .map(([head, tail]) => Uint8Array.of(...head, ...tail));
      fc.assert(
        fc.property(bytes, (memo) => {
          expect(decodedAgain(module, memo)).toEqual(memo);
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each(modules)("[HDR-4] %s: an operation names every key that it changes", (name, module) => {
    let state = emptyStateMap;
    for (const [height, fields] of (EXAMPLES[name] ?? []).entries()) {
      const result = module.execute(state, module.fromFields(fields), { sender: alice, height });
      const redone = applyDelta(state, deltaBetween(state, result.state, result.touched));
      expect(stateRoot(redone)).toEqual(stateRoot(result.state));
      expect(result.state === state).toBe(result.code !== 0);
      state = result.state;
    }
  });
});

/** What the bytes re-encode to if they decode, else the bytes themselves; throws what is no refusal. */
function decodedAgain(module: (typeof MODULES)[number], memo: Uint8Array): Uint8Array {
  try {
    return module.encode(module.decode(memo));
  } catch (error) {
    if (error instanceof TransactionRefused) return memo;
    throw error;
  }
}
