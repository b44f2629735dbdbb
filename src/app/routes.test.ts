import { expect, test } from "vitest";
import { explorerHref, labHref, parseRoute, storyHref } from "./routes.ts";

const STORY = "ab".repeat(32);
const BLOCK = "cd".repeat(32);

test("the empty hash and a story's hash are the story view", () => {
  expect(parseRoute("/")).toEqual({ view: "story", story: null, block: null, invite: false });
  expect(parseRoute(`/s/${STORY}`)).toMatchObject({ view: "story", story: STORY, block: null });
  expect(parseRoute(`/s/${STORY}/b/${BLOCK}`)).toMatchObject({ story: STORY, block: BLOCK });
});

test("an invite is a story with a query inside the hash", () => {
  expect(parseRoute(`/s/${STORY}?g=AAAA&via=/dns4/x/tcp/443/wss`)).toMatchObject({
    story: STORY,
    invite: true,
  });
  expect(parseRoute(`/s/${STORY}/b/${BLOCK}?g=AAAA`)).toMatchObject({ block: BLOCK, invite: true });
  expect(parseRoute(`/s/${STORY}?`)).toMatchObject({ invite: false });
});

test("plain views, and everything else is unknown", () => {
  for (const view of ["apocrypha", "codex", "network", "wallet", "start", "settings"]) {
    expect(parseRoute(`/${view}`)).toEqual({ view });
  }
  for (const path of ["/memes", "/s/abc", `/s/${STORY}/b/xyz`, `/s/${STORY}/b`, "/wallet/x"]) {
    expect(parseRoute(path).view).toBe("unknown");
  }
});

test("pages of the explorer", () => {
  expect(parseRoute("/explorer")).toEqual({ view: "explorer", page: "home", id: "" });
  for (const page of ["block", "tx", "address"] as const) {
    expect(parseRoute(explorerHref(page, BLOCK).slice(1))).toEqual({
      view: "explorer",
      page,
      id: BLOCK,
    });
  }
  expect(parseRoute("/explorer/handle/pell_9")).toMatchObject({ page: "handle", id: "pell_9" });
  for (const path of ["/explorer/tx", "/explorer/tx/1", "/explorer/handle/Pell", "/explorer/a/b"]) {
    expect(parseRoute(path).view).toBe("unknown");
  }
});

test("links lead back to what they name", () => {
  expect(parseRoute(storyHref(STORY, BLOCK).slice(1))).toMatchObject({
    story: STORY,
    block: BLOCK,
  });
});

test("the lab opens plainly, or with the payload of a scenario link", () => {
  expect(parseRoute("/lab")).toEqual({ view: "lab", scenario: null });
  expect(parseRoute("/lab?s=")).toEqual({ view: "lab", scenario: null });
  expect(parseRoute(labHref("q1ZKSU0-_x").slice(1))).toEqual({
    view: "lab",
    scenario: "q1ZKSU0-_x",
  });
  expect(parseRoute("/lab/x").view).toBe("unknown");
});
