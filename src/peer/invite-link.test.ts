import { describe, expect, it } from "vitest";
import { blockIdFromHex, storyIdFromHex } from "../kernel/brand.ts";
import {
  type Invite,
  inviteLink,
  parseInvite,
  SHORT_LINK_MAX_BYTES,
  shortInviteLink,
} from "./invite-link.ts";

const STORY = storyIdFromHex("ab".repeat(32));
const BLOCK = blockIdFromHex("cd".repeat(32));
const LIGHTHOUSE =
  "/dns4/lighthouse.example.org/tcp/443/tls/ws/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
const THROUGH_IT = `${LIGHTHOUSE}/p2p-circuit/webrtc/p2p/12D3KooWEfVbFsEV3wBzxbmSXtqZ8eHbqWkdJQx2W8RjuG2aBqCt`;

const full: Invite = {
  story: STORY,
  block: BLOCK,
  genesis: Uint8Array.from({ length: 900 }, (_, index) => index % 256),
  via: [LIGHTHOUSE, THROUGH_IT],
};

describe("invite links", () => {
  it.each([
    "https://fabula.example/",
    "https://user.github.io/fabula/",
    "http://localhost:4173/a/b/?x=1",
  ])("[GEN-1] say under %s what they were made of", (site) => {
    expect(parseInvite(inviteLink(site, full))).toEqual(full);
    const bare: Invite = { story: STORY, block: null, genesis: null, via: [] };
    expect(parseInvite(inviteLink(site, bare))).toEqual(bare);
  });

  it("are read from their hash alone, as a page of another site sees them", () => {
    const link = inviteLink("https://elsewhere.example/books/", full);
    expect(parseInvite(link.slice(link.indexOf("#")))).toEqual(full);
    expect(parseInvite(link.slice(link.indexOf("#") + 1))).toEqual(full);
  });

  it("the short form stays within its bytes with a real lighthouse address and a block", () => {
    const short = shortInviteLink("https://fabula.example/", full);
    expect(new TextEncoder().encode(short).length).toBeLessThanOrEqual(SHORT_LINK_MAX_BYTES);
    expect(parseInvite(short)).toEqual({ ...full, genesis: null, via: [LIGHTHOUSE] });
  });

  it("the short form takes the first way in that fits, and none rather than too long a link", () => {
    expect(
      parseInvite(
        shortInviteLink("https://fabula.example/", { ...full, via: [THROUGH_IT, LIGHTHOUSE] }),
      ).via,
    ).toEqual([LIGHTHOUSE]);
    expect(
      parseInvite(shortInviteLink("https://fabula.example/", { ...full, via: [THROUGH_IT] })).via,
    ).toEqual([]);
    expect(
      parseInvite(shortInviteLink("https://fabula.example/", { ...full, via: [] })).via,
    ).toEqual([]);
  });

  it("[NET-6] ways in beyond their number or length are not taken from a link", () => {
    const many = new URLSearchParams(
      Array.from({ length: 9 }, (_, index) => ["via", `/memory/${index}`]),
    );
    expect(parseInvite(`#/s/${STORY}?${many.toString()}`).via).toHaveLength(4);
    expect(parseInvite(`#/s/${STORY}?via=${"/a".repeat(151)}`).via).toEqual([]);
  });

  it.each([
    "",
    "#",
    "https://fabula.example/",
    "#/s/",
    `#/s/${STORY.slice(1)}`,
    `#/s/${STORY.toUpperCase()}`,
    `#/s/${STORY}/b/`,
    `#/s/${STORY}/b/${BLOCK.slice(2)}`,
    `#/s/${STORY}/c/${BLOCK}`,
    `#/s/${STORY}?g=a`,
    `#/s/${STORY}?g=%%%`,
  ])("a damaged link is refused with a reason: %s", (link) => {
    expect(() => parseInvite(link)).toThrow(/^bad-link/);
  });
});
