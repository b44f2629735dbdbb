import { expect, it } from "vitest";
import { GOLDEN_RUN, goldenRun } from "../testing/golden-run.ts";

it("gives in Chromium the log that it gives in Node", async () => {
  const { logHash, logEvents } = await goldenRun();
  expect({ logHash, logEvents }).toEqual(GOLDEN_RUN);
});
