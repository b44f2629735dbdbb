/**
 * A peer: the mind of a tab or a lighthouse behind one table of methods and one stream of events. It is
 * handed every port and knows no adapter.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";
import { encodeGenesis, type Genesis, storyIdOf } from "../kernel/genesis.ts";
import { initKernel } from "../kernel/init.ts";
import { createEventHub, type EventHub } from "./event-hub.ts";
import { findGenesis, trustedGenesis } from "./find-genesis.ts";
import { type Invite, parseInvite } from "./invite-link.ts";
import { createLog, describeFault, type LogEntry, type PeerLog } from "./log.ts";
import { type Consent, openConsent } from "./mining/consent.ts";
import type { Environment } from "./mining/producer.ts";
import type { PeerPorts, SiteInfo } from "./ports.ts";
import { dispatch } from "./rpc/dispatch.ts";
import { EVENT_NAMES } from "./rpc/events.ts";
import type { FabulaClient, RpcEndpoint } from "./rpc/schema.ts";
import type { FaultView } from "./rpc/shapes.ts";
import { openSettings, type Settings } from "./settings.ts";
import { openStories, type Stories } from "./stories.ts";
import { openSession, type Session } from "./story/session.ts";
import { openWallet, type Wallet } from "./wallet/wallet.ts";

/** Faults shown at once; older ones stay in the log. */
const MAX_FAULTS = 20;

/** What the RPC methods work on. */
export interface PeerCore {
  readonly ports: PeerPorts;
  readonly hub: EventHub;
  readonly log: PeerLog;
  readonly wallet: Wallet | null;
  readonly settings: Settings;
  readonly consent: Consent;
  readonly stories: Stories;
  faults(): readonly FaultView[];
  site(): SiteInfo | null;
  /** The open story; throws `no-story`, or what kept it from opening. */
  session(): Session;
  openGenesis(
    genesis: Genesis,
    options: { readonly via: readonly string[]; readonly chosen: boolean },
  ): Promise<Session>;
  openInvite(invite: Invite): Promise<Session>;
}

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
  const wallet = ports.readonlyReason === null ? await openWallet(ports) : null;
  const faults: FaultView[] = [];
  let site: SiteInfo | null = null;
  let session: Session | null = null;
  let openFault: CodedError | null = new CodedError("no-story");
  let opening: Promise<unknown> = Promise.resolve();

  const openNow = async (
    genesis: Genesis,
    via: readonly string[],
    chosen: boolean,
  ): Promise<Session> => {
    const story = storyIdOf(genesis);
    if (session?.context.chain.storyId === story) {
      if (chosen) await stories.choose(story);
      return session;
    }
    const former = session;
    session = null;
    await former?.close();
    session = await openSession(
      {
        ports,
        wallet,
        consent,
        log,
        hub,
        onFault(fault) {
          faults.unshift(fault);
          faults.splice(MAX_FAULTS);
          hub.emit("status", { reason: "fault" });
        },
      },
      genesis,
    );
    openFault = null;
    await stories.remember({
      story,
      title: genesis.title,
      genesis: encodeGenesis(genesis),
      via,
      openedMs: ports.clock.now(),
    });
    if (chosen) await stories.choose(story);
    await ports.network.addWaysIn([
      ...via,
      ...settings.get().lighthouses,
      ...(site?.multiaddrs ?? []),
    ]);
    hub.emit("status", { reason: "story" });
    hub.emit("draft", { draft: session.drafts.current() });
    return session;
  };
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const next = opening.then(task, task);
    opening = next.catch(() => {});
    return next;
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
    openGenesis: (genesis, how) => inTurn(() => openNow(genesis, how.via, how.chosen)),
    openInvite: (invite) =>
      inTurn(async () => {
        const genesis = await findGenesis(ports, stories, site, invite);
        return openNow(genesis, invite.via, true);
      }),
  };

  const openFirst = async (): Promise<void> => {
    const fetchingSite = ports.fetchSite().then((info) => {
      site = info;
      return info;
    });
    if (options.link !== null) {
      await fetchingSite;
      await core.openInvite(parseInvite(options.link));
      return;
    }
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
      await fetchingSite;
      await ports.network.addWaysIn(site?.multiaddrs ?? []);
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
    openFault = reason instanceof CodedError ? reason : new CodedError("internal", { detail });
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
    client: { request, on } as unknown as FabulaClient,
    setEnvironment(environment) {
      consent.setEnvironment(environment);
      session?.producer.replan();
      if (session !== null) hub.emit("mining", session.producer.state());
    },
    onLog: (listener) => log.onEntry(listener),
    async stop() {
      await opening;
      await session?.close();
      session = null;
      await ports.network.stop();
      await ports.keep.close();
    },
  };
}
