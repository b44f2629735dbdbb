/**
 * The one way to start a story from here: a genesis signed by this wallet, opened at once. `create_story`
 * and `set_difficulty` share it. Links to the open story live here too.
 *
 * @module
 */
import { blockIdFromHex } from "../../../kernel/brand.ts";
import type { GenesisFields } from "../../../kernel/genesis.ts";
import { createGenesis, encodeGenesis, storyIdOf } from "../../../kernel/genesis.ts";
import { compactFromTarget, targetOfWork } from "../../../kernel/target.ts";
import { inviteLink, shortInviteLink } from "../../invite-link.ts";
import type { PeerCore } from "../../peer-core.ts";
import { requireWallet } from "../../wallet/require-wallet.ts";
import type { ResultOf } from "../schema.ts";
import { requireTestStory } from "./test-story.ts";

/** Ways in of a long link: the relay, the site, and one more. */
const LINK_WAYS_IN = 3;

function waysIn(core: PeerCore): readonly string[] {
  const own = core.ports.network.addresses();
  const relay = core.ports.network.relay().address;
  const all = [...(relay === null ? [] : [relay]), ...(core.site()?.multiaddrs ?? []), ...own];
  return [...new Set(all)].slice(0, LINK_WAYS_IN);
}

/** A link to the open story, or to one of its paragraphs. */
export function storyLink(core: PeerCore, block: string | undefined, short: boolean): string {
  const { chain } = core.session().context;
  const invite = {
    story: chain.storyId,
    block: block === undefined ? null : blockIdFromHex(block),
    genesis: encodeGenesis(chain.genesis),
    via: waysIn(core),
  };
  return short
    ? shortInviteLink(core.ports.siteUrl, invite)
    : inviteLink(core.ports.siteUrl, invite);
}

/** Signs a genesis, created now, and opens its story; throws `readonly`, `wallet-locked`, and what `createGenesis` throws. */
export async function startStory(
  core: PeerCore,
  fields: Omit<GenesisFields, "createdMs">,
): Promise<ResultOf<"create_story">> {
  const { seed } = requireWallet(core).requireSigner();
  const genesis = createGenesis({ ...fields, createdMs: core.ports.clock.now() }, seed);
  await core.openGenesis(genesis, { via: waysIn(core), chosen: true });
  return { story: storyIdOf(genesis), link: storyLink(core, undefined, false) };
}

/**
 * Starts the open test story over, its first block at `work` expected hashes and the easiest target as
 * many times easier as before. Throws `not-a-test-story`.
 */
export async function restartAtDifficulty(
  core: PeerCore,
  work: number,
): Promise<ResultOf<"set_difficulty">> {
  const { title, premise, language, paceMs, maxWords, chapterLength, contentRating, rules } =
    requireTestStory(core);
  return startStory(core, {
    network: "test",
    title,
    premise,
    language,
    paceMs,
    maxWords,
    chapterLength,
    contentRating,
    rules,
    initialTarget: compactFromTarget(targetOfWork(BigInt(work))),
  });
}
