import { expect, it } from "vitest";
import { axesOf, listValues } from "./sweep-lists.ts";

it("reads values with their units, and what an axis means by a bare number", () => {
  expect(listValues("latency", "20, 100ms,1s,")).toEqual([20, 100, 1_000]);
  expect(listValues("pace", "2, 500ms, 1m")).toEqual([2_000, 500, 60_000]);
  expect(listValues("attacker", "10, 33.3")).toEqual([10, 33.3]);
  expect(listValues("latency", " ")).toEqual([]);
  for (const typed of ["x", "-1 x", "0.0001", "1e3"]) {
    expect(listValues("latency", typed), typed).toEqual([Number.NaN]);
  }
  expect(listValues("attacker", "10 %")).toEqual([Number.NaN]);
});

it("makes axes of the lists that are not empty", () => {
  expect(axesOf({ latency: "20", pace: "", attacker: "30, 40" })).toEqual([
    { name: "latency", values: [20] },
    { name: "attacker", values: [30, 40] },
  ]);
  expect(axesOf({ latency: "", pace: "", attacker: "" })).toEqual([]);
  expect(axesOf({ latency: "20, far", pace: "2", attacker: "" })).toBeNull();
});
