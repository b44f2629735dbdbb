/**
 * A peer: the mind of a tab or a lighthouse behind one table of methods and one stream of events. It is
 * handed every port and knows no adapter.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";
import { encodeGenesis, type Genesis, storyIdOf } from "../kernel/genesis.ts";
import { initKernel } from "../kernel/init.ts";
import { createEventHub } from "./event-hub.ts";
import { findGenesis, trustedGenesis } from "./find-genesis.ts";
import { parseInvite } from "./invite-link.ts";
import { createLog, describeFault, type LogEntry } from "./log.ts";
import { openConsent } from "./mining/consent.ts";
import type { Environment } from "./mining/environment.ts";
import type { PeerCore } from "./peer-core.ts";
import type { PeerPorts, SiteInfo } from "./ports.ts";
import { dispatch } from "./rpc/dispatch.ts";
import { EVENT_NAMES } from "./rpc/events.ts";
import type { FabulaClient, RpcEndpoint } from "./rpc/schema.ts";
import type { FaultView } from "./rpc/shapes.ts";
import { openSettings } from "./settings.ts";
import { openStories } from "./stories.ts";
import { openSession, type Session } from "./story/session.ts";
import { openWallet } from "./wallet/wallet.ts";

/** Faults shown at once; older ones stay in the log. */
export const MAX_FAULTS = 20;

/** A running peer. */
export interface Peer extends RpcEndpoint {
  /** The same endpoint, typed. */
  readonly client: FabulaClient;
  setEnvironment(environment: Environment): void;
  onLog(listener: (entry: LogEntry) => void): void;
  /** Ends everything; what was announced is on disk. */
  stop(): Promise<void>;
}

/** How a peer starts. */
export interface StartOptions {
  /** Link or hash under which the page was opened; null for the site's own story. */
  readonly link: string | null;
  /** Opens this story when nothing else is asked for (lighthouse). */
  readonly genesis: Uint8Array | null;
}

function asCoded(reason: unknown): CodedError {
  return reason instanceof CodedError
    ? reason
    : new CodedError("internal", { detail: describeFault(reason).detail }, { cause: reason });
}

/** Starts a peer; resolves once methods answer. A story that cannot be opened is a fault of `session()`, not of the peer. */
export async function createPeer(ports: PeerPorts, options: StartOptions): Promise<Peer> {
  await initKernel();
  const log = createLog(ports.clock);
  const hub = createEventHub((event, reason) => {
    log.add("error", "listener-failed", `${event}: ${describeFault(reason).detail}`);
  });
  const settings = await openSettings(ports.keep);
  const stories = await openStories(ports.keep);
  const consent = await openConsent(ports.keep, settings);
  const faults: FaultView[] = [];
  const onFault = (fault: FaultView): void => {
    faults.unshift(fault);
    faults.splice(MAX_FAULTS);
    hub.emit("status", { reason: "fault" });
  };
  const wallet = ports.readonlyReason === null ? await openWallet(ports) : null;
  if (wallet?.damage != null) {
    log.add("error", wallet.damage);
    onFault({ code: wallet.damage, atMs: ports.clock.now(), detail: wallet.address });
  }
  let site: SiteInfo | null = null;
  let session: Session | null = null;
  let openFault: CodedError | null = new CodedError("no-story");
  let opening: Promise<unknown> = Promise.resolve();
  let ending: Promise<void> | null = null;
  const ended = new AbortController();

  /** Not awaited: a story is read before any way in answers, and without one. */
  const addWaysIn = (addresses: readonly string[]): void => {
    if (addresses.length === 0) return;
    ports.network.addWaysIn([...new Set(addresses)]).catch((reason: unknown) => {
      log.add("warn", "way-in-failed", describeFault(reason).detail);
    });
  };

  const openNow = async (
    genesis: Genesis,
    via: readonly string[],
    chosen: boolean,
  ): Promise<Session> => {
    const story = storyIdOf(genesis);
    if (session?.context.chain.storyId === story) {
      if (chosen) await stories.choose(story);
      addWaysIn(via);
      return session;
    }
    const former = session;
    session = null;
    await former?.close();
    const shared = { ports, wallet, consent, log, hub, onFault };
    let next: Session;
    try {
      next = await openSession(shared, genesis);
    } catch (reason) {
      openFault = asCoded(reason);
      // The story that was open is still good: a broken link must not take it away.
      if (former !== null) session = await openSession(shared, former.context.chain.genesis);
      throw reason;
    }
    session = next;
    openFault = null;
    await stories.remember({
      story,
      title: genesis.title,
      genesis: encodeGenesis(genesis),
      // Opened offline next time, it must still know where to find the others when the network is back.
      via: [...new Set([...via, ...(site?.multiaddrs ?? [])])],
      openedMs: ports.clock.now(),
    });
    if (chosen) await stories.choose(story);
    addWaysIn([
      ...(stories.find(story)?.via ?? via),
      ...settings.get().lighthouses,
      ...(site?.multiaddrs ?? []),
    ]);
    hub.emit("status", { reason: "story" });
    hub.emit("draft", { draft: next.drafts.current() });
    return next;
  };
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const next = opening.then(() => {
      if (ending !== null) throw new CodedError("peer-stopped");
      return task();
    });
    opening = next.catch(() => {});
    return next;
  };
  const shutDown = (): Promise<void> => {
    ended.abort();
    ending ??= opening.then(async () => {
      const open = session;
      session = null;
      openFault = null;
      await open?.close();
      await ports.network.stop();
      await ports.keep.close();
    });
    return ending;
  };

  const core: PeerCore = {
    ports,
    hub,
    log,
    wallet,
    settings,
    consent,
    stories,
    faults: () => faults,
    site: () => site,
    session() {
      if (session === null) throw openFault ?? new CodedError("no-story");
      return session;
    },
    openSession: () => session,
    shutDown,
    openGenesis: (genesis, how) => inTurn(() => openNow(genesis, how.via, how.chosen)),
    openInvite: (invite) =>
      inTurn(async () => {
        try {
          const genesis = await findGenesis(ports, {
            stories,
            site,
            wanted: invite,
            ended,
            // Asking strangers means joining that story's mesh, so the open one leaves its own.
            beforeAsking: () => session?.leaveMesh(),
          });
          if (ended.signal.aborted) throw new CodedError("peer-stopped");
          return await openNow(genesis, invite.via, true);
        } finally {
          if (!ended.signal.aborted) await session?.joinMesh();
        }
      }),
  };

  const openFirst = async (): Promise<void> => {
    const fetchingSite = ports.fetchSite().then((info) => {
      site = info;
      return info;
    });
    fetchingSite.catch(() => {});
    if (options.link !== null) {
      await fetchingSite;
      try {
        await core.openInvite(parseInvite(options.link));
        return;
      } catch (reason) {
        const { code, detail } = describeFault(reason);
        log.add("error", code, detail);
        // The tab is not lost with its link: the story that is here opens, and the page, which asks for
        // the link's story again, says what is wrong with it. With none here the link's fault stands.
        await openShelfOrSite(fetchingSite);
        if (session === null) throw reason;
        return;
      }
    }
    await openShelfOrSite(fetchingSite);
  };

  const openShelfOrSite = async (fetchingSite: Promise<SiteInfo | null>): Promise<void> => {
    if (options.genesis !== null) {
      await core.openGenesis(trustedGenesis(options.genesis, null), { via: [], chosen: false });
      return;
    }
    const chosen = stories.current();
    const known = chosen === null ? undefined : stories.find(chosen);
    if (known !== undefined) {
      await core.openGenesis(trustedGenesis(known.genesis, known.story), {
        via: known.via,
        chosen: false,
      });
      // Not awaited: offline, the book on the shelf must not wait for a site that does not answer.
      fetchingSite.then((info) => addWaysIn(info?.multiaddrs ?? [])).catch(() => {});
      return;
    }
    const info = await fetchingSite;
    const latest = stories.list()[0];
    if (info !== null) {
      await core.openGenesis(trustedGenesis(info.genesis, null), { via: [], chosen: false });
    } else if (latest !== undefined) {
      // Offline, or the lighthouse is away: the last book is still on the shelf.
      await core.openGenesis(trustedGenesis(latest.genesis, latest.story), {
        via: latest.via,
        chosen: false,
      });
    }
  };

  const first = openFirst().catch((reason: unknown) => {
    const { code, detail } = describeFault(reason);
    log.add("error", code, detail);
    openFault = asCoded(reason);
    hub.emit("status", { reason: "fault" });
  });

  const request: RpcEndpoint["request"] = async (call) => {
    // Methods wait for the first attempt to open a story, so that a script's first call just works.
    await first;
    return dispatch(core, call);
  };
  const on: RpcEndpoint["on"] = (event, listener) => {
    const name = EVENT_NAMES.find((known) => known === event);
    if (name === undefined)
      throw new CodedError("unknown-event", { event, known: EVENT_NAMES.join(", ") });
    return hub.on(name, listener);
  };

  return {
    request,
    on,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the endpoint carries any method by name; the table types it
    client: { request, on } as unknown as FabulaClient,
    setEnvironment(environment) {
      consent.setEnvironment(environment);
      session?.producer.replan();
      if (session !== null) hub.emit("mining", session.producer.state());
    },
    onLog: (listener) => log.onEntry(listener),
    stop: shutDown,
  };
}
