/**
 * Links to a story or to one paragraph: `<site>#/s/<story>[/b/<block>][?g=<genesis>&via=<multiaddr>…]`.
 * The long form carries the genesis and some ways in; the short one (for a QR code) one way in, and
 * the genesis is fetched and checked against the story's id.
 *
 * @module
 */
import { base64urlnopad } from "@scure/base";
import { type BlockId, blockIdFromHex, type StoryId, storyIdFromHex } from "../kernel/brand.ts";
import { CodedError } from "../kernel/errors.ts";

/** What a link says. */
export interface Invite {
  readonly story: StoryId;
  readonly block: BlockId | null;
  readonly genesis: Uint8Array | null;
  readonly via: readonly string[];
}

/** Ways in that a link can carry; more only makes it longer. */
const MAX_VIA = 4;
const MAX_VIA_LENGTH = 300;
/** Bytes of a short link: a QR code of this size is read from a screen by any phone. */
export const SHORT_LINK_MAX_BYTES = 300;

/** Builds a link on `siteUrl` (an address without hash). */
export function inviteLink(siteUrl: string, invite: Invite): string {
  const block = invite.block === null ? "" : `/b/${invite.block}`;
  const query = new URLSearchParams();
  if (invite.genesis !== null) query.set("g", base64urlnopad.encode(invite.genesis));
  for (const address of invite.via.slice(0, MAX_VIA)) query.append("via", address);
  // Slashes and colons may stand in a fragment as they are; escaped they would triple an address.
  const readable = query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  return `${siteUrl}#/s/${invite.story}${block}${readable === "" ? "" : `?${readable}`}`;
}

/** The short form: without genesis, and with the first way in that keeps it within `SHORT_LINK_MAX_BYTES`, if any does. */
export function shortInviteLink(siteUrl: string, invite: Invite): string {
  const links = invite.via.map((address) =>
    inviteLink(siteUrl, { ...invite, genesis: null, via: [address] }),
  );
  const fits = (link: string): boolean =>
    new TextEncoder().encode(link).length <= SHORT_LINK_MAX_BYTES;
  return links.find(fits) ?? inviteLink(siteUrl, { ...invite, genesis: null, via: [] });
}

/** Reads a link or just its hash part; throws `bad-link` {reason}. */
export function parseInvite(link: string): Invite {
  const hashAt = link.indexOf("#");
  const fragment = hashAt < 0 ? link : link.slice(hashAt + 1);
  const [path = "", query = ""] = fragment.split("?", 2);
  const match = /^\/?s\/([0-9a-f]{64})(?:\/b\/([0-9a-f]{64}))?\/?$/.exec(path);
  if (match?.[1] === undefined) throw new CodedError("bad-link", { reason: "no story in it" });
  const search = new URLSearchParams(query);
  const encoded = search.get("g");
  let genesis: Uint8Array | null = null;
  if (encoded !== null) {
    try {
      genesis = base64urlnopad.decode(encoded);
    } catch {
      throw new CodedError("bad-link", { reason: "the story's genesis is damaged" });
    }
  }
  const via = search
    .getAll("via")
    .slice(0, MAX_VIA)
    .filter((address) => address.length <= MAX_VIA_LENGTH);
  return {
    story: storyIdFromHex(match[1]),
    block: match[2] === undefined ? null : blockIdFromHex(match[2]),
    genesis,
    via,
  };
}
