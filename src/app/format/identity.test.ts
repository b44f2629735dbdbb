import { expect, test } from "vitest";
import {
  authorColour,
  calledName,
  hexColour,
  shortId,
  shortPeerId,
  shownColour,
  shownName,
  spokenName,
} from "./identity.ts";

test("spoken names are the proquints of the first 32 bits", () => {
  // 127.0.0.1 and 63.84.220.193 in the proquint paper.
  expect(spokenName(`7f000001${"0".repeat(56)}`)).toBe("lusab-babad");
  expect(spokenName(`3f54dcc1${"0".repeat(56)}`)).toBe("gutih-tugad");
  expect(spokenName("not hex")).toBe("not hex");
});

test("colours depend on the address alone and have a pair for both themes", () => {
  const address = "ab".repeat(32);
  expect(authorColour(address)).toBe(authorColour(address));
  expect(authorColour(address)).toMatch(/^light-dark\(oklch\(.+\), oklch\(.+\)\)$/);
  expect(authorColour("")).toContain("oklch");
});

test("a handle and a profile's colour come before what follows from the address", () => {
  const address = "ab".repeat(32);
  expect(calledName(address, "pell")).toBe("@pell");
  expect(calledName(address, null)).toBe(spokenName(address));
  expect(shownColour(address, { colour: 0x1f8a4c })).toBe("#1f8a4c");
  expect(shownColour(address, null)).toBe(authorColour(address));
});

test("short ids keep both ends, peer ids their end", () => {
  expect(shortId("1f3a9c".padEnd(60, "0").concat("77e2"))).toBe("1f3a9c…77e2");
  expect(shortId("abcd")).toBe("abcd");
  expect(shortPeerId("12D3KooWGjZ4mD8rQkHc3vXk")).toBe("…Hc3vXk");
});

test("a display name never looks like a handle and never pushes the address away", () => {
  expect(shownName("@pell")).toBe("pell");
  expect(shownName(" @@ Pell  of the\nharbour ")).toBe("Pell of the harbour");
  expect(shownName("x".repeat(40))).toHaveLength(28);
  expect(shownName("@")).toBe("");
});

test("colours of profiles are six hex digits", () => {
  expect(hexColour(0x1f8a4c)).toBe("#1f8a4c");
  expect(hexColour(0xff)).toBe("#0000ff");
});
