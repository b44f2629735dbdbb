/**
 * A run with the block controller: every miner, user and reader is a whole peer of ours (chain, ledger,
 * mempool, sync, wallet), on virtual time and virtual wires. Nothing is replaced but the search for nonces.
 *
 * @module
 */

import { storyIdOf } from "../../kernel/genesis.ts";
import { initKernel } from "../../kernel/init.ts";
import { createMessageYield } from "../../mining/message-yield.ts";
import { createVirtualClock } from "../../simulation/virtual-clock.ts";
import { createVirtualNetwork } from "../../simulation/virtual-network.ts";
import { type AgentDiscovery, createAgentDiscovery } from "../discovery/agent-discovery.ts";
import { EPOCH_MS } from "../engine/lab-story.ts";
import { createLinks, type Links } from "../engine/links.ts";
import { createEventLog } from "../event-log.ts";
import type { Run, RunRecord } from "../run.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { createActions } from "./actions.ts";
import { createBlockController } from "./block-controller.ts";
import { checkForController } from "./check-scenario.ts";
import { type Carried, createFoundBlocks } from "./found-blocks.ts";
import { createMeasurements } from "./measurements.ts";
import { createUserPayments } from "./payments.ts";
import { createPresence } from "./presence.ts";
import { createRecorder } from "./recorder.ts";
import {
  createResidents,
  type Resident,
  type ResidentEvents,
  startResident,
  stopResident,
} from "./residents.ts";
import { createControllerGenesis } from "./story.ts";

/** A run whose agents can be asked for while it goes on. */
export interface ControllerRun extends Run {
  readonly discovery: AgentDiscovery;
}

/** After the last block, before it is judged who has it: a block crosses the mesh within seconds. */
const MAX_AFTERMATH_MS = 10_000;

/**
 * Prepares a run; `turn` resolves in a later turn of the event loop. Rejects with the codes of
 * `checkForController`, and with `bad-genesis` for an interval that no story may have.
 */
export async function createControllerRun(
  scenario: Scenario,
  seed: number,
  turn: () => Promise<void> = createMessageYield(),
): Promise<ControllerRun> {
  checkForController(scenario);
  await initKernel();
  const { paceMs: intervalMs, stop } = scenario;
  const genesis = createControllerGenesis(intervalMs);
  const genesisId = storyIdOf(genesis);
  const actions = createActions(turn);
  const clock = createVirtualClock(EPOCH_MS, () => actions.settle());
  const elapsedMs = (): number => clock.now() - EPOCH_MS;
  const log = createEventLog();
  const links = createLinks(scenario, seed);
  const residents = createResidents(scenario, seed, genesisId);
  const wires = createVirtualNetwork({
    clock,
    ...wiring(links, residents, () => presence.latencyFactor),
    relayDelayMs: () => scenario.latency.verifyMs,
  });
  const blocks = createFoundBlocks({ ...genesis, id: genesisId }, residents.length);
  const refusals = new Map<string, number>();
  const onRefused = (code: string): void => {
    refusals.set(code, (refusals.get(code) ?? 0) + 1);
  };
  const measurements = createMeasurements({ residents, blocks, log, elapsedMs, startMs: EPOCH_MS });
  const events: ResidentEvents = {
    onTip: (resident) => measurements.tipMoved(resident),
    onTransaction: (resident, event) => measurements.heard(resident, event),
  };
  const discovery = createAgentDiscovery(
    scenario,
    (agent) => residents.find(({ id }) => id === agent)?.address ?? "",
  );
  const shared = { scenario, seed, residents, discovery, clock, actions, log, elapsedMs };
  const presence = createPresence({
    ...shared,
    wires,
    enter: (resident) => startResident(resident, { genesis, clock, wires, events }),
    async leave(resident) {
      await stopResident(resident);
      measurements.presenceChanged();
    },
  });
  const payments = createUserPayments({
    ...shared,
    onPaid: (from, txid) => measurements.paid(from, txid),
    onRefused,
  });
  const controller = createBlockController({
    ...shared,
    blocks,
    onRefused,
  });
  let openRound: readonly Carried[] = [];
  const recorder = createRecorder({
    ...shared,
    links,
    blocks,
    measurements,
    controller,
    payments,
    refusals,
    openRound: () => openRound,
  });
  let maker: Resident | undefined;
  /** How it ended; what is asked later must not see the peers gone. */
  let final: RunRecord | null = null;

  const end = (): void => {
    actions.run(async () => {
      const best = blocks.best();
      const keeper = residents.find(({ peer, tip }) => peer !== null && tip.hash === best.id);
      if (keeper?.peer != null) openRound = await blocks.openRound(keeper.peer.client);
      recorder.sample();
      final ??= recorder.record();
    });
  };
  const interval = (): void => {
    actions.run(async () => {
      if (maker !== undefined) await payments.fund(maker);
      const block = await controller.turn();
      if (block === null) return;
      maker = residents[block.miner];
      if (maker !== undefined) measurements.found(block, maker);
      if (block.height >= stop.blocks) clock.after(Math.min(MAX_AFTERMATH_MS, intervalMs / 2), end);
    });
    if (blocks.best().height < stop.blocks) clock.after(intervalMs, interval);
  };

  const share = (): number =>
    Math.min(1, Math.max(blocks.best().height / stop.blocks, elapsedMs() / stop.durationMs));

  presence.start();
  payments.start();
  // Behind the starts, or the first sample would find nobody.
  actions.run(async () => recorder.start());
  clock.after(intervalMs, interval);
  clock.after(stop.durationMs, end);

  return {
    discovery,
    async advance(work) {
      let left = work;
      await clock.runUntil(Number.MAX_SAFE_INTEGER, () => final !== null || left-- <= 0);
      return final !== null;
    },
    progress: () => ({
      done: final === null ? share() : 1,
      simulatedMs: final?.endMs ?? elapsedMs(),
      height: blocks.best().height,
      found: blocks.count(),
    }),
    record: () => final ?? recorder.record(),
    async close() {
      final ??= recorder.record();
      for (const resident of residents) await stopResident(resident);
    },
  };
}

/** The scenario's links as the virtual network asks for them. */
function wiring(
  links: Links,
  residents: readonly Resident[],
  latencyFactor: () => number,
): {
  readonly linked: (a: string, b: string) => boolean;
  readonly latencyMs: (from: string, to: string) => number;
} {
  const delays = new Map<string, number>();
  for (const { id, index } of residents) {
    for (let link = links.first[index] ?? 0; link < (links.first[index + 1] ?? 0); link++) {
      const other = residents[links.neighbour[link] ?? 0];
      if (other !== undefined) delays.set(`${id}\n${other.id}`, links.delayMs[link] ?? 0);
    }
  }
  return {
    linked: (a, b) => delays.has(`${a}\n${b}`),
    latencyMs: (from, to) => (delays.get(`${from}\n${to}`) ?? 0) * latencyFactor(),
  };
}
