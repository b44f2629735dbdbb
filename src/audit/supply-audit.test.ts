import * as fc from "fast-check";
import { expect, it } from "vitest";
import { auditSupply } from "./testing/supply-audit.ts";

it("[RWD-1] [RWD-1b] [RWD-2] balances and pot are what was emitted, to the unit, over 2,000 random blocks (property)", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0 }), (seed) => {
      const audit = auditSupply(seed, 2_000);
      expect(audit.keyBlocks + audit.microblocks).toBe(2_000);
      expect(Math.min(audit.keyBlocks, audit.microblocks)).toBeGreaterThan(500);
      expect(audit.transactions).toBeGreaterThan(1_000);
      expect(audit.lost).toBeGreaterThan(0);
    }),
    { numRuns: 1, endOnFailure: true },
  );
});
