/**
 * Finds the genesis of a story by its id: in the link, on the shelf, at the site, or from a peer under
 * that id. Wherever it comes from, it is believed only if it hashes to the id (GEN-1).
 *
 * @module
 */
import type { StoryId } from "../kernel/brand.ts";
import { CodedError, isCoded } from "../kernel/errors.ts";
import { checkGenesis, decodeGenesis, type Genesis, storyIdOf } from "../kernel/genesis.ts";
import { MAX_RESPONSE_BYTES, REQUEST_TIMEOUT_MS } from "./limits.ts";
import type { PeerPorts, SiteInfo } from "./ports.ts";
import type { Stories } from "./stories.ts";
import { decodeAnswer, encodeQuestion } from "./wire/messages.ts";

/** How long strangers are asked before the story counts as unknown. */
export const FIND_TIMEOUT_MS = 20_000;
const POLL_MS = 500;

/** Decodes and checks a genesis; throws `wrong-story` when it is not the one named. */
export function trustedGenesis(bytes: Uint8Array, story: StoryId | null): Genesis {
  const genesis = decodeGenesis(bytes);
  checkGenesis(genesis);
  if (story !== null && storyIdOf(genesis) !== story) {
    throw new CodedError("wrong-story", { wanted: story, found: storyIdOf(genesis) });
  }
  return genesis;
}

function askPeers(ports: PeerPorts, story: StoryId, ended: AbortSignal): Promise<Genesis> {
  return new Promise((resolve, reject) => {
    const asked = new Set<string>();
    let cancelPoll = (): void => {};
    const finish = (): void => {
      cancelPoll();
      cancelDeadline();
      ended.removeEventListener("abort", giveUp);
    };
    const giveUp = (): void => {
      finish();
      reject(new CodedError("unknown-story", { story }));
    };
    const cancelDeadline = ports.clock.after(FIND_TIMEOUT_MS, giveUp);
    ended.addEventListener("abort", giveUp);
    const poll = (): void => {
      for (const peer of ports.network.peers()) {
        if (peer.path === "relayed" || asked.has(peer.id)) continue;
        asked.add(peer.id);
        ports.network
          .request(peer.id, encodeQuestion({ TAG: "genesis", data: undefined }), {
            timeoutMs: REQUEST_TIMEOUT_MS,
            maxBytes: MAX_RESPONSE_BYTES,
          })
          .then((bytes) => {
            const answer = decodeAnswer(bytes);
            if (answer.TAG !== "genesis") return;
            const genesis = trustedGenesis(answer.data, story);
            finish();
            resolve(genesis);
          })
          .catch(() => {
            // Another peer may know; this one is not asked again.
          });
      }
      cancelPoll = ports.clock.after(POLL_MS, poll);
    };
    poll();
  });
}

/** Where to look, and for what. */
interface Search {
  readonly stories: Stories;
  readonly site: SiteInfo | null;
  readonly wanted: {
    readonly story: StoryId;
    readonly genesis: Uint8Array | null;
    readonly via: readonly string[];
  };
  /** Aborted when the peer stops. */
  readonly ended: { readonly signal: AbortSignal };
  /** Called before the mesh of that story is joined. */
  readonly beforeAsking: () => void;
}

function genesisOfLink(bytes: Uint8Array, story: StoryId): Genesis {
  try {
    return trustedGenesis(bytes, story);
  } catch (cause) {
    if (isCoded(cause, "wrong-story")) throw cause;
    throw new CodedError("bad-link", { reason: "the story's genesis is damaged" }, { cause });
  }
}

/** Finds a genesis; rejects with `unknown-story` {story}, `wrong-story` or `bad-link` {reason}. */
export async function findGenesis(
  ports: PeerPorts,
  { stories, site, wanted, ended, beforeAsking }: Search,
): Promise<Genesis> {
  if (wanted.genesis !== null) return genesisOfLink(wanted.genesis, wanted.story);
  const known = stories.find(wanted.story);
  if (known !== undefined) return trustedGenesis(known.genesis, wanted.story);
  if (site !== null) {
    const genesis = trustedGenesis(site.genesis, null);
    if (storyIdOf(genesis) === wanted.story) return genesis;
  }
  beforeAsking();
  await ports.network.join(wanted.story, {
    onMessage: async () => "ignore",
    onRequest: async () => {
      throw new CodedError("not-ready");
    },
    onPeers: () => {},
    onLog: () => {},
  });
  await ports.network.addWaysIn([...new Set([...wanted.via, ...(site?.multiaddrs ?? [])])]);
  return askPeers(ports, wanted.story, ended.signal);
}
