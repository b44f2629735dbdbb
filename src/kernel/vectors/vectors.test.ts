import { beforeAll, expect, test } from "vitest";
import { initKernel } from "../init.ts";
import { vectorChecks } from "./check-vectors.ts";

beforeAll(initKernel);

test.each(vectorChecks().map((check) => [check.title, check] as const))("%s", (_title, check) => {
  expect(check.actual()).toEqual(check.expected);
});
