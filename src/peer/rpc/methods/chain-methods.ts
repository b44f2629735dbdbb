/**
 * Reading methods: status, chain, canon, peers, metrics.
 *
 * @module
 */
import { type Address, addressFromHex, blockIdFromHex } from "../../../kernel/brand.ts";
import { hexFromBytes } from "../../../kernel/bytes.ts";
import { CodedError } from "../../../kernel/errors.ts";
import { encodeGenesis, storyIdOf } from "../../../kernel/genesis.ts";
import { targetFromCompact, workOfTarget } from "../../../kernel/target.ts";
import { metricsText } from "../../metrics.ts";
import type { PeerCore } from "../../peer-core.ts";
import { balanceAt } from "../../story/chain-facts.ts";
import { networkView } from "../../story/round.ts";
import { canonParagraphView, entryHeaderView, paragraphView, tipView } from "../../views.ts";
import { EVENT_NAMES } from "../events.ts";
import type { Handlers } from "../handlers.ts";
import { blockView } from "./block-view.ts";
import { rewardsOf } from "./rewards-view.ts";

/** Paragraphs in one answer when nothing else is asked. */
const DEFAULT_LIMIT = 100;

function self(core: PeerCore): string | null {
  return core.wallet?.address ?? null;
}

function addressOr(core: PeerCore, address: string | undefined): Address {
  if (address !== undefined) return addressFromHex(address);
  if (core.wallet === null) throw new CodedError("readonly", { reason: core.ports.readonlyReason });
  return core.wallet.address;
}

type ChainMethod =
  | "get_status"
  | "get_genesis"
  | "get_tip"
  | "get_header"
  | "get_block"
  | "get_canon"
  | "get_apocrypha"
  | "get_reorgs"
  | "get_peers"
  | "get_tracker_list"
  | "get_network"
  | "get_round"
  | "balance"
  | "get_rewards"
  | "metrics"
  | "subscribe"
  | "get_log";

/** Handlers that change nothing. */
export const chainMethods: Handlers<ChainMethod> = {
  async get_status(core) {
    const { ports } = core;
    const session = core.session();
    const { chain } = session.context;
    const connections = session.book.connections();
    const count = (path: string): number => connections.filter((peer) => peer.path === path).length;
    const usage = await session.context.store.usage();
    return {
      version: ports.version,
      network: chain.genesis.network,
      mode: ports.readonlyReason === null ? "full" : "readonly",
      readonlyReason: ports.readonlyReason,
      story: chain.storyId,
      title: chain.genesis.title,
      slot: ports.slot,
      peerId: ports.network.selfId,
      name: core.settings.get().name,
      tip: tipView(chain),
      sync: session.sync.state(),
      mining: session.producer.state(),
      round: session.round(),
      relay: session.book.relay(),
      peerCount: { direct: count("direct"), relayed: count("relayed"), server: count("server") },
      storage: {
        usedBytes: usage.usedBytes ?? null,
        quotaBytes: usage.quotaBytes ?? null,
        full: session.intake.storeFull(),
      },
      webrtc: ports.webrtc,
      faults: [...core.faults()],
    };
  },
  get_genesis(core) {
    const { genesis } = core.session().context.chain;
    return {
      story: storyIdOf(genesis),
      title: genesis.title,
      premise: genesis.premise,
      language: genesis.language,
      paceMs: genesis.paceMs,
      maxWords: genesis.maxWords,
      chapterLength: genesis.chapterLength,
      contentRating: genesis.contentRating,
      rules: genesis.rules,
      network: genesis.network,
      createdMs: genesis.createdMs,
      creator: hexFromBytes(genesis.creator),
      encoded: hexFromBytes(encodeGenesis(genesis)),
      initialWork: workOfTarget(targetFromCompact(genesis.initialTarget)).toString(),
      initialTarget: genesis.initialTarget,
      maxTarget: genesis.maxTarget,
    };
  },
  get_tip: (core) => tipView(core.session().context.chain),
  get_header(core, { block }) {
    const { chain } = core.session().context;
    const entry = chain.entry(blockIdFromHex(block));
    const view = entry === undefined ? null : entryHeaderView(chain, entry);
    if (view === null) throw new CodedError("unknown-block", { block });
    return view;
  },
  get_block: (core, params) => blockView(core, params),
  async get_canon(core, params) {
    const { chain } = core.session().context;
    const from = Math.max(1, params?.from ?? 1);
    const read = await chain.readParagraphs(from, params?.limit ?? DEFAULT_LIMIT);
    return {
      paragraphs: read.flatMap((paragraph) => canonParagraphView(chain, paragraph, self(core))),
      total: chain.tip().height,
    };
  },
  async get_apocrypha(core, params) {
    const { chain } = core.session().context;
    const all = chain.apocrypha();
    const listed = all.slice(0, params?.limit ?? DEFAULT_LIMIT);
    const blocks = await chain.readBlocks(listed.map((entry) => entry.id));
    return {
      total: all.length,
      paragraphs: listed.flatMap((entry, index) => {
        const block = blocks[index];
        if (block === undefined || entry.header === null) return [];
        const slot = block.body.paragraph;
        let fork = entry;
        while (fork.keyParent !== null && !chain.isCanon(fork.id)) fork = fork.keyParent;
        const view = paragraphView(
          { block: entry.id, header: block.header, confirmations: 0 },
          slot.kind === "text" ? slot.paragraph : null,
          self(core),
        );
        return [
          {
            ...view,
            forkHeight: fork.height,
            parent: hexFromBytes(block.header.parent),
            canonBlock: chain.canonAt(entry.height)?.id ?? null,
          },
        ];
      }),
    };
  },
  get_reorgs: (core) => ({ reorgs: [...core.session().intake.reorgs()] }),
  get_peers(core) {
    const session = core.session();
    return {
      self: core.ports.network.selfId,
      peers: [...session.book.views(session.context.chain.tip().author)],
      relay: session.book.relay(),
    };
  },
  async get_tracker_list(core) {
    const session = core.session();
    const list = (await session.tracker.refresh().catch(() => null)) ?? session.tracker.newest();
    return {
      tracker: session.context.chain.tip().author,
      authoritative: list?.authoritative ?? false,
      peers: (list?.entries ?? session.book.records()).map((record) => ({
        id: record.peerId,
        author: hexFromBytes(record.author),
        addresses: [...record.addresses],
      })),
    };
  },
  get_network: (core) => networkView(core.session().context.chain, core.ports.clock.now()),
  get_round: (core) => core.session().round(),
  balance(core, params) {
    const address = addressOr(core, params?.address);
    const { consumer, industrial } = balanceAt(core.session().context.chain, address);
    return { address, consumer: consumer.toString(), industrial: industrial.toString() };
  },
  get_rewards(core, params) {
    const address = addressOr(core, params?.address);
    return rewardsOf(core.session().context.chain, address, params?.limit ?? DEFAULT_LIMIT);
  },
  metrics: (core) => ({ text: metricsText(core) }),
  subscribe(_core, params) {
    const wanted = params?.events;
    const events = EVENT_NAMES.filter((name) => wanted === undefined || wanted.includes(name));
    const unknown = wanted?.find((name) => !EVENT_NAMES.some((known) => known === name));
    if (unknown !== undefined) {
      throw new CodedError("unknown-event", {
        event: unknown.slice(0, 60),
        known: EVENT_NAMES.join(", "),
      });
    }
    return { events };
  },
  get_log: (core, params) => ({ entries: [...core.log.entries(params?.limit ?? DEFAULT_LIMIT)] }),
};
