import * as fc from "fast-check";
import { expect, it } from "vitest";
import { auditSupply } from "./testing/supply-audit.ts";

it("[RWD-1] [RWD-1b] [RWD-2] balances and pot are what was emitted, to the unit, over 50,000 random blocks", {
  timeout: 300_000,
}, () => {
  fc.assert(
    fc.property(fc.integer({ min: 0 }), (seed) => {
      const audit = auditSupply(seed, 50_000);
      expect(audit.keyBlocks + audit.microblocks).toBe(50_000);
      expect(audit.transactions).toBeGreaterThan(25_000);
      // Half of all that there will ever be: the schedule bends, and still nothing is lost in rounding.
      expect(audit.emitted.consumer).toBeGreaterThan(5_000_000_000_000n);
    }),
    { numRuns: 1, endOnFailure: true },
  );
});
