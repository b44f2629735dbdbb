/**
 * The one place where the peer's events reach the stores. Bursts are coalesced; what an event carries
 * is used at once, the rest is asked for.
 *
 * @module
 */

import { errorCode } from "../messages.ts";
import type { PageServices } from "../services.ts";
import { coalesce } from "./coalesce.ts";
import { useDraft, withDraft } from "./draft-store.ts";
import { markLedger } from "./ledger-store.ts";
import { loadCanon, loadGenesis } from "./load-canon.ts";
import { followMining } from "./mining-since.ts";
import { forgetNames, refreshNames } from "./names-store.ts";
import { usePeers } from "./peers-store.ts";
import { loadSettings } from "./settings-store.ts";
import { patchStatus, useStatus, withPeers, withTip } from "./status-store.ts";
import { useStory, withReorg } from "./story-store.ts";
import { loadWallet } from "./wallet-store.ts";

const STATUS_REST_MS = 400;
const CANON_REST_MS = 250;
const WALLET_REST_MS = 1000;
/** A payment is sealed in about a second; what shows it must not wait much longer. */
const LEDGER_REST_MS = 300;
const NAMES_REST_MS = 2000;
/** Operations that change what people are called. */
const NAMING = new Set(["sys/handles", "sys/profile"]);
/** Asked again even in silence, so that a lost event never leaves an old figure on screen. */
const REFRESH_MS = 10_000;

/** Starts to listen and to ask; returns the function that stops. */
export function connectStores(services: PageServices): () => void {
  const { client } = services;
  let changedFrom: number | undefined;

  const status = coalesce(async () => {
    try {
      const answer = await client.request({ method: "get_status" });
      useStatus.setState({ status: answer, failure: null });
      const { genesis, complete, inStep } = useStory.getState();
      if (genesis?.story !== answer.story) story.ask();
      // The book was read before the status told of being in step: read again, to begin counting news.
      else if (complete && !inStep && answer.sync.phase === "synced") canon.ask();
    } catch (error) {
      useStatus.setState({ failure: errorCode(error) });
    }
  }, STATUS_REST_MS);

  const canon = coalesce(async () => {
    const from = changedFrom;
    changedFrom = undefined;
    if (useStory.getState().genesis === null) await loadGenesis(client);
    if (useStory.getState().genesis !== null) await loadCanon(client, from);
  }, CANON_REST_MS);

  const aside = coalesce(async () => {
    try {
      const [{ reorgs }, { total }] = await Promise.all([
        client.request({ method: "get_reorgs" }),
        client.request({ method: "get_apocrypha", params: { limit: 1 } }),
      ]);
      useStory.setState({ reorgs, apocryphaTotal: total });
    } catch {
      // Only the aside of the book; the book itself reports its own failures.
    }
  }, WALLET_REST_MS);

  const story = coalesce(async () => {
    const before = useStory.getState().genesis?.story;
    await loadGenesis(client);
    if (useStory.getState().genesis?.story !== before) forgetNames();
    ledger.ask();
    canon.ask();
    aside.ask();
  }, CANON_REST_MS);

  const wallet = coalesce(() => loadWallet(client), WALLET_REST_MS);
  const ledger = coalesce(async () => {
    markLedger();
  }, LEDGER_REST_MS);
  const names = coalesce(async () => {
    refreshNames();
  }, NAMES_REST_MS);
  const settings = coalesce(() => loadSettings(client), STATUS_REST_MS);

  const draft = coalesce(async () => {
    try {
      const answer = await client.request({ method: "get_draft" });
      useDraft.setState((state) => withDraft(state, answer.draft));
    } catch (error) {
      useDraft.setState({ failure: errorCode(error) });
    }
  }, STATUS_REST_MS);

  const peers = coalesce(async () => {
    try {
      const answer = await client.request({ method: "get_peers" });
      usePeers.setState(answer);
    } catch {
      // The status shows that the peer does not answer.
    }
  }, STATUS_REST_MS);

  const everything = (): void => {
    for (const one of [status, story, settings, draft, peers, wallet]) one.ask();
  };

  const stops = [
    followMining(() => Date.now()),
    client.on("tip", (event) => {
      patchStatus((state) => withTip(state, event));
      status.ask();
      canon.ask();
      ledger.ask();
    }),
    client.on("mempool", ledger.ask),
    client.on("transaction", (event) => {
      ledger.ask();
      wallet.ask();
      if (NAMING.has(event.to) && event.state !== "pending") names.ask();
    }),
    client.on("reorg", (event) => {
      changedFrom = Math.min(changedFrom ?? Number.MAX_SAFE_INTEGER, event.forkHeight + 1);
      useStory.setState((state) => ({
        reorgs: withReorg(state.reorgs, event),
        announcement: `The canon changed: ${event.lost.length} left, ${event.gained.length} came.`,
      }));
      canon.ask();
      aside.ask();
      names.ask();
    }),
    client.on("peers", (event) => {
      patchStatus((state) => withPeers(state, event));
      usePeers.setState({ peers: event.peers, relay: event.relay });
    }),
    client.on("mining", (mining) => {
      patchStatus((state) => ({ ...state, mining }));
      status.ask();
    }),
    client.on("sync", (sync) => {
      patchStatus((state) => ({ ...state, sync }));
      canon.ask();
    }),
    client.on("draft", (event) => {
      useDraft.setState((state) => withDraft(state, event.draft));
    }),
    client.on("wallet", wallet.ask),
    client.on("status", (event) => {
      if (event.reason === "fault") status.ask();
      else everything();
    }),
    services.onUpdateWaiting(() => {
      useStatus.setState({ updateWaiting: true });
    }),
    services.onWorkerRestart((reason) => {
      useStatus.setState({ workerRestart: reason });
      everything();
    }),
  ];

  useStatus.setState({ startedMs: Date.now() });
  everything();
  const timer = setInterval(() => {
    if (document.visibilityState === "visible") status.ask();
  }, REFRESH_MS);

  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
    const all = [status, canon, aside, story, wallet, settings, draft, peers, ledger, names];
    for (const one of all) one.cancel();
  };
}
