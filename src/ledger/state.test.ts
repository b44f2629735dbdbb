import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressFromHex } from "../kernel/brand.ts";
import {
  compactFromTarget,
  targetFromCompact,
  targetOfWork,
  workOfTarget,
} from "../kernel/target.ts";
import {
  accountOf,
  decodeAccount,
  decodeSupply,
  encodeAccount,
  encodeSupply,
  genesisState,
  paragraphLeafAt,
  supplyOf,
} from "./state.ts";
import { stateEntries } from "./state-map.ts";

const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });

describe("state entries", () => {
  it("[ENC-3] accounts and supply survive their bytes (property)", () => {
    fc.assert(
      fc.property(
        u64,
        u64,
        u64,
        u64,
        fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }),
        (a, b, c, d, work) => {
          const account = { consumer: a, industrial: b, nonce: c };
          expect(decodeAccount(encodeAccount(account))).toEqual(account);
          const supply = {
            emitted: { consumer: a, industrial: b },
            pot: { consumer: c, industrial: d },
            referenceWork: work,
          };
          expect(decodeSupply(encodeSupply(supply))).toEqual(supply);
        },
      ),
    );
  });

  it("[ENC-3] refuses amounts beyond 64 bits and values of another size", () => {
    const account = { consumer: 1n << 64n, industrial: 0n, nonce: 0n };
    expect(() => encodeAccount(account)).toThrow("amount-overflow");
    expect(() => encodeAccount({ ...account, consumer: -1n })).toThrow("amount-overflow");
    expect(() => decodeAccount(new Uint8Array(23))).toThrow("bad-state-value");
    expect(() => decodeSupply(new Uint8Array(65))).toThrow("bad-state-value");
  });

  it("[RWD-1b] a story starts with nothing emitted and the initial target's work as reference", () => {
    const initialTarget = compactFromTarget(targetOfWork(1_000_000n));
    const map = genesisState({ initialTarget });
    expect(supplyOf(map)).toEqual({
      emitted: { consumer: 0n, industrial: 0n },
      pot: { consumer: 0n, industrial: 0n },
      referenceWork: workOfTarget(targetFromCompact(initialTarget)),
    });
    expect([...stateEntries(map)]).toHaveLength(1);
    expect(accountOf(map, addressFromHex("ab".repeat(32)))).toEqual({
      consumer: 0n,
      industrial: 0n,
      nonce: 0n,
    });
    expect(paragraphLeafAt(map, 1)).toBeUndefined();
  });
});
