import { expect, it } from "vitest";
import { MAX_FOUND_BLOCKS, MAX_PEER_BLOCKS, mostFoundBlocks } from "./limits.ts";

it("lets few peers find MAX_FOUND_BLOCKS, and many no more than what they have bits for", () => {
  expect(mostFoundBlocks(10)).toBe(MAX_FOUND_BLOCKS);
  expect(mostFoundBlocks(20_000)).toBe(200_000);
  expect(20_000 * (mostFoundBlocks(20_000) + 1)).toBeGreaterThan(2 * MAX_PEER_BLOCKS);
  expect(mostFoundBlocks(20_000, 60)).toBe(60);
});
