import { expect, it } from "vitest";
import { measureSync } from "./sync-measure.ts";

it("[NET-4] a story of 200 paragraphs reaches a new peer whole, in few questions", async () => {
  const figures = await measureSync({
    paragraphs: 200,
    settle: () => new Promise((resolve) => setImmediate(resolve)),
    nowMs: () => performance.now(),
  });
  expect(figures.paragraphs).toBe(200);
  expect(figures.requests).toBeLessThan(40);
  expect(figures.storeBytes).toBeGreaterThan(0);
});
