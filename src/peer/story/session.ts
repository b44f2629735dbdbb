/**
 * One open story: wires chain, intake, sync, announcements, tracker, drafts and producer together, and
 * joins the mesh. Closing it leaves nothing running.
 *
 * @module
 */
import { createChain } from "../../chain/create-chain.ts";
import type { ChainFault } from "../../chain/outcome.ts";
import type { NetworkHandlers } from "../../chain/ports/network.ts";
import type { Store } from "../../chain/ports/store.ts";
import type { Block } from "../../kernel/block.ts";
import { CodedError } from "../../kernel/errors.ts";
import type { Genesis } from "../../kernel/genesis.ts";
import { storyIdOf } from "../../kernel/genesis.ts";
import { blockIdOf } from "../../kernel/header.ts";
import type { EventHub } from "../event-hub.ts";
import type { PeerLog } from "../log.ts";
import { describeFault } from "../log.ts";
import { type BlockMaker, createBlockMaker } from "../mining/block-maker.ts";
import type { Consent } from "../mining/consent.ts";
import { createProducer, type Producer } from "../mining/producer.ts";
import type { PeerPorts } from "../ports.ts";
import type { FaultView, RoundView } from "../rpc/shapes.ts";
import { tipView } from "../views.ts";
import type { Wallet } from "../wallet/wallet.ts";
import { createAnnouncements } from "./announcements.ts";
import { balanceAt } from "./chain-facts.ts";
import type { StoryContext } from "./context.ts";
import { openPayments } from "./create-payments.ts";
import { type Drafts, openDrafts } from "./drafts.ts";
import { createIntake, type Intake } from "./intake.ts";
import type { Payments } from "./payments.ts";
import { createPeerBook, type PeerBook } from "./peer-book.ts";
import { repairBody } from "./repair.ts";
import { roundView } from "./round.ts";
import { openSealer } from "./sealer.ts";
import { createRequestServer } from "./serve-requests.ts";
import { createStatusExchange } from "./status-exchange.ts";
import { createSync, type Sync } from "./sync.ts";
import { createTracker, type Tracker } from "./tracker.ts";

/** What the peer shares with whatever story is open. */
export interface SessionPorts {
  readonly ports: PeerPorts;
  readonly wallet: Wallet | null;
  readonly consent: Consent;
  readonly log: PeerLog;
  readonly hub: EventHub;
  readonly onFault: (fault: FaultView) => void;
}

/** An open story. */
export interface Session {
  readonly context: StoryContext;
  readonly intake: Intake;
  readonly sync: Sync;
  readonly book: PeerBook;
  readonly drafts: Drafts;
  readonly maker: BlockMaker;
  readonly producer: Producer;
  readonly tracker: Tracker;
  readonly payments: Payments;
  round(): RoundView;
  /** Joins the story's mesh; does nothing when it is joined. */
  joinMesh(): Promise<void>;
  /** Stops hearing and telling while the mesh serves another story's search; reading goes on. */
  leaveMesh(): void;
  /** Ends everything, once. */
  close(): Promise<void>;
}

/** Opens a story; rejects with the store's codes, and leaves nothing open then. */
export async function openSession(shared: SessionPorts, genesis: Genesis): Promise<Session> {
  const store = await shared.ports.openStore(storyIdOf(genesis));
  try {
    return await openOnStore(shared, genesis, store);
  } catch (reason) {
    // A store that stays open would keep its lock, and the next attempt would fail because of this one.
    await store.close().catch(() => {});
    throw reason;
  }
}

async function openOnStore(shared: SessionPorts, genesis: Genesis, store: Store): Promise<Session> {
  const { ports, wallet, log, hub } = shared;
  const storyId = storyIdOf(genesis);
  let onChainFault = (_fault: ChainFault): void => {};
  const { chain, faults } = await createChain({
    genesis,
    store,
    onFault: (fault) => onChainFault(fault),
  });
  const reportFault = (code: string, detail: string): void => {
    log.add("error", code, detail);
    shared.onFault({ code, atMs: ports.clock.now(), detail });
  };
  for (const fault of faults) reportFault(fault.code, `${fault.id} ${fault.reason}`);

  const context: StoryContext = { ports, chain, store, wallet, log, hub };
  const book = createPeerBook(ports.network.relay());
  const intake = createIntake(context);
  const sync = createSync(context, intake, book);
  let joined = false;
  let closing: Promise<void> | null = null;
  const announcements = createAnnouncements(context, {
    intake,
    wantSync: (peer) => statuses.askStatus(peer),
    others: () => book.byWork().map(({ peer }) => peer),
    mayForward: () => sync.ready(),
  });
  const drafts = await openDrafts(context);
  const tracker = createTracker(context, book);
  // On another story's topic an announcement would be an offence; peers ask for our status later.
  const announce = async (block: Block): Promise<void> => {
    if (joined) await announcements.announce(block);
  };
  let onWaiting = (): void => {};
  const payments = await openPayments(context, {
    audience: () => (joined ? book.connections().length : 0),
    onWaiting: () => onWaiting(),
  });
  const sealing = { intake, payments, isInStep: () => sync.ready(), announce };
  const sealer = await openSealer(context, sealing).catch(async (reason: unknown) => {
    await payments.stop();
    throw reason;
  });
  onWaiting = () => sealer.consider();
  const maker = createBlockMaker(context, {
    intake,
    payments,
    announce: async (block) => {
      await Promise.all([sealer.mined(blockIdOf(block.header)), announce(block)]);
    },
  });
  const { consent } = shared;
  const producer = createProducer(context, { intake, sync, drafts, maker, consent });

  const trackerPeer = (): string | null =>
    book.views(chain.tip().author).find((view) => view.isTracker)?.id ?? null;
  const round = (): RoundView =>
    roundView(chain, ports.clock.now(), wallet?.address ?? null, producer.state(), trackerPeer());

  const emitWallet = (): void => {
    if (wallet === null) return;
    const balance = balanceAt(chain, wallet.address);
    hub.emit("wallet", {
      address: wallet.address,
      consumer: balance.consumer.toString(),
      industrial: balance.industrial.toString(),
    });
  };

  const emitPeers = (): void => {
    hub.emit("peers", { peers: book.views(chain.tip().author), relay: book.relay() });
  };
  const statuses = createStatusExchange(context, {
    book,
    tracker,
    onStatus() {
      sync.consider();
      emitPeers();
    },
  });

  const serve = createRequestServer(context, {
    book,
    tracker,
    announcements,
    payments,
    heard: () => sync.consider(),
  });

  // A corrupted body is fetched again from whoever has it, and put back only if it fits its header (STO-4).
  onChainFault = (fault) => {
    reportFault(fault.code, `${fault.id} ${fault.reason}`);
    repairBody(context, book, fault.id).catch((reason: unknown) => {
      log.add("warn", "repair-failed", describeFault(reason).detail);
    });
  };

  intake.onHead(({ entry, pageTurned, lost }) => {
    payments.headChanged(entry, lost);
    if (pageTurned) {
      drafts.tipChanged();
      hub.emit("tip", {
        ...tipView(chain),
        story: storyId,
        author: entry.author,
        round: round(),
      });
    }
    emitWallet();
    sealer.consider();
    producer.replan();
  });
  const unlisten = wallet?.onChange(() => {
    emitWallet();
    sealer.consider();
    producer.replan();
  });
  /** Who is behind knows no accounts yet, and would refuse everything that waits elsewhere. */
  const greet = (): void => {
    if (!joined || !sync.ready()) return;
    for (const { id, path } of book.connections()) if (path !== "relayed") payments.peerCame(id);
  };
  sync.onChange(() => {
    greet();
    sealer.consider();
    producer.replan();
  });
  drafts.onOffer(() => producer.replan());

  let known = new Set<string>();
  const handlers: NetworkHandlers = {
    async onMessage(topic, from, bytes) {
      if (!joined) return "ignore";
      switch (topic) {
        case "announce":
          return announcements.hear(from, bytes);
        case "tracker":
          return tracker.hear(from, bytes);
        case "tx":
          return payments.hear(from, bytes);
      }
    },
    async onRequest(from, bytes) {
      if (!joined) throw new CodedError("not-ready");
      return serve(from, bytes);
    },
    onPeers(peers, relay) {
      if (!joined) return;
      // Over a relayed connection only signalling travels; such a peer is asked once it is direct.
      const usable = peers.filter((peer) => peer.path !== "relayed");
      book.update(peers, relay);
      for (const peer of usable) if (!known.has(peer.id)) statuses.askStatus(peer.id);
      const present = new Set(usable.map((peer) => peer.id));
      for (const peer of known) if (!present.has(peer)) payments.peerGone(peer);
      known = present;
      sync.peersChanged(usable.length);
      greet();
      emitPeers();
    },
    onLog(entry) {
      log.add(entry.level, entry.code, entry.detail, entry.peer ?? null);
    },
  };
  const joinMesh = async (): Promise<void> => {
    if (joined || closing !== null) return;
    joined = true;
    await ports.network.join(storyId, handlers);
  };
  const leaveMesh = (): void => {
    joined = false;
    known = new Set();
    book.update([], book.relay());
    sync.peersChanged(0);
    emitPeers();
  };
  const close = async (): Promise<void> => {
    joined = false;
    statuses.stop();
    producer.stop();
    sync.stop();
    tracker.stop();
    intake.stop();
    sealer.stop();
    unlisten?.();
    await payments.stop();
    await store.close();
  };
  try {
    await joinMesh();
  } catch (reason) {
    await close();
    throw reason;
  }
  emitWallet();
  producer.replan();

  return {
    context,
    intake,
    sync,
    book,
    drafts,
    maker,
    producer,
    tracker,
    payments,
    round,
    joinMesh,
    leaveMesh,
    close: () => (closing ??= close()),
  };
}
