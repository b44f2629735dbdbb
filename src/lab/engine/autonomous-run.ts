/**
 * The engine of autonomous miners: every peer has its own chain and fork choice, every miner its own
 * clock, and nothing is hashed for proof of work. One queue of events, one virtual clock.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import { acceptableFrom } from "../../ledger/times.ts";
import { createEventLog, LogKind } from "../event-log.ts";
import type { Run, RunProgress, RunRecord } from "../run.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { createBlockBook } from "./block-book.ts";
import type { BlockNumber } from "./block-number.ts";
import { candidateOn } from "./candidates.ts";
import { createCanonTracker } from "./canon-tracker.ts";
import { createComings } from "./comings.ts";
import { createEventQueue, type QueuedEvent } from "./event-queue.ts";
import { createGossip } from "./gossip.ts";
import { createLabPeer, type LabPeer } from "./lab-peer.ts";
import { createLabStory } from "./lab-story.ts";
import { MAX_FOUND_BLOCKS, MAX_PEER_BLOCKS, mostFoundBlocks } from "./limits.ts";
import { createLinks } from "./links.ts";
import { createMeasure } from "./measure.ts";
import { createMinerClocks } from "./miner-clocks.ts";
import { createNeighbourhood } from "./neighbourhood.ts";
import { createPayments } from "./payments.ts";
import { createRecorder } from "./recorder.ts";
import { EventKind, type RunContext } from "./run-context.ts";
import { attackOf, type HonestParts, honest, type Strategy } from "./strategies.ts";
import { createTrace } from "./trace.ts";

/** Creates a run; the kernel must be ready. Throws `run-too-large` {peers, blocks, max}, and so does a run that finds more than `MAX_FOUND_BLOCKS`, or twice `MAX_PEER_BLOCKS`. */
export function createAutonomousRun(
  scenario: Scenario,
  seed: number,
  maxFoundBlocks: number = MAX_FOUND_BLOCKS,
): Run {
  checkSize(scenario, maxFoundBlocks);
  const mostFound = mostFoundBlocks(scenario.peers, maxFoundBlocks);
  const story = createLabStory(scenario, seed);
  const book = createBlockBook(
    story,
    () => new Set(strategies.map((strategy) => strategy.miningOn())),
  );
  const canon = createCanonTracker(book, story.addresses);
  const measure = createMeasure(book, canon, scenario.agents.length, () => context.nowMs);
  const peers = Array.from({ length: scenario.peers }, (_, index) => createLabPeer(index, book));
  let groups = 1;
  const context: RunContext = {
    scenario,
    seed,
    story,
    book,
    peers,
    neighbourhood: createNeighbourhood(createLinks(scenario, seed), peers, scenario, seed),
    queue: createEventQueue(),
    log: createEventLog(),
    measure,
    nowMs: 0,
    canReach: (from, to) => from.online && to.online && from.index % groups === to.index % groups,
    delayNow: (linkMs = 0) => Math.round(linkMs * context.latencyFactor),
    latencyFactor: 1,
  };
  const { queue, log } = context;
  const strategies = scenario.agents.map((_, agent) => honest(strategyParts(agent)));
  const clocks = createMinerClocks(context, strategyOf);
  const gossip = createGossip(context, {
    onBlock,
    onReady: (peer) => {
      if (peer.index < scenario.agents.length) clocks.replan(peer.index);
    },
  });
  const comings = createComings(context, {
    gossip,
    clocks,
    setGroups: (count) => {
      groups = count;
    },
  });
  const trace = createTrace(context, { clocks, strategyOf, find });
  const payments = createPayments(context);
  const recorder = createRecorder(context, { clocks, payments });
  const event: QueuedEvent = { atMs: 0, kind: 0, a: 0, b: 0 };
  let ended = false;

  function strategyParts(agent: number): HonestParts {
    const [peer, key, address] = [peers[agent], story.keys[agent], story.addresses[agent]];
    if (peer === undefined || key === undefined || address === undefined) {
      throw new CodedError("unknown-agent", { agent });
    }
    return { peer, key, address };
  }

  function strategyOf(agent: number): Strategy {
    const strategy = strategies[agent];
    if (strategy === undefined) throw new CodedError("unknown-agent", { agent });
    return strategy;
  }

  function show(peer: LabPeer, numbers: readonly BlockNumber[]): void {
    for (const number of numbers) gossip.publish(peer, number);
  }

  function onBlock(peer: LabPeer, number: BlockNumber, before: BlockNumber): void {
    const agent = peer.index;
    if (agent >= scenario.agents.length) return;
    if (peer.head !== before) payments.headChanged(agent, before);
    if (book.block(number).miner !== agent) show(peer, strategyOf(agent).onBlock());
    clocks.replan(agent);
  }

  function find(agent: number): void {
    const peer = peers[agent];
    if (peer === undefined) return;
    if (book.count() > mostFound) {
      throw new CodedError("run-too-large", {
        peers: peers.length,
        blocks: book.count(),
        max: mostFound,
      });
    }
    const strategy = strategyOf(agent);
    const parent = strategy.miningOn();
    const candidate = candidateOn(context, {
      parent,
      author: strategy.author(),
      nowMs: context.nowMs + strategy.aheadMs,
      transactions: payments.waiting(agent),
    });
    const { alter } = strategy;
    const { number, refusal, entry } = book.add({
      candidate,
      parent,
      miner: agent,
      foundMs: context.nowMs,
      ...(alter === undefined ? {} : { alter }),
    });
    log.add(LogKind.found, context.nowMs, agent, number);
    log.add(LogKind.blockId, context.nowMs, number, Number.parseInt(entry.id.slice(0, 8), 16));
    measure.foundBlock(number, clocks.chances);
    clocks.restart(agent);
    show(peer, refusal === null ? strategy.onFound(number) : [number]);
    if (refusal === null) payments.foundBy(agent);
    clocks.replan(agent);
  }

  function handle({ kind, a, b }: QueuedEvent): void {
    const peer = peers[a];
    switch (kind) {
      case EventKind.found:
        if (clocks.isCurrent(a, b)) find(a);
        return;
      case EventKind.replan:
        if (clocks.isCurrent(a, b)) clocks.replan(a);
        return;
      case EventKind.deliver:
        if (peer !== undefined) gossip.deliver(peer, b);
        return;
      case EventKind.fetched:
        if (peer !== undefined) gossip.fetched(peer, b);
        return;
      case EventKind.greeted: {
        const other = peers[b];
        if (peer !== undefined && other !== undefined) gossip.greeted(peer, other);
        return;
      }
      case EventKind.churn:
        if (peer !== undefined) comings.turn(peer);
        return;
      case EventKind.phase:
        comings.phase(a);
        return;
      case EventKind.sample:
        recorder.sample();
        return;
      case EventKind.pay:
        payments.ring(a);
        return;
      case EventKind.payment:
        if (peer !== undefined) payments.arrive(peer, b);
        return;
      case EventKind.attack:
        beginAttack(a);
        return;
      case EventKind.traced:
        trace.play(a, b);
        return;
      default:
        throw new CodedError("unknown-event", { kind });
    }
  }

  function beginAttack(agent: number): void {
    const attack = scenario.agents[agent]?.attack ?? null;
    if (attack === null) return;
    const { paceMs, createdMs } = story.genesis;
    strategies[agent] = attackOf({
      ...strategyParts(agent),
      attack,
      book,
      firstWork: clocks.workOn(0),
      // Acceptable is what is at most so far ahead (HDR-6).
      maxAheadMs: createdMs - acceptableFrom(paceMs, createdMs),
    });
    clocks.replan(agent);
  }

  function isOver(): boolean {
    const { blocks, durationMs } = scenario.stop;
    return canon.height >= blocks || context.nowMs >= durationMs;
  }

  comings.begin();
  payments.begin();
  trace.begin();
  scenario.agents.forEach(({ attack }, agent) => {
    if (attack !== null) queue.add(attack.fromMs, EventKind.attack, agent, 0);
  });
  recorder.begin();

  return {
    async advance(work) {
      for (let done = 0; done < work && !ended; done++) {
        if (!queue.take(event) || event.atMs >= scenario.stop.durationMs) {
          context.nowMs = scenario.stop.durationMs;
          ended = true;
          break;
        }
        context.nowMs = event.atMs;
        handle(event);
        if (isOver()) ended = true;
      }
      return ended;
    },
    progress(): RunProgress {
      const { blocks, durationMs } = scenario.stop;
      return {
        done: ended ? 1 : Math.min(1, Math.max(canon.height / blocks, context.nowMs / durationMs)),
        simulatedMs: context.nowMs,
        height: canon.height,
        found: measure.valid(),
      };
    },
    record: (): RunRecord => recorder.record(),
    close: async () => {},
  };
}

/** Refuses what would not fit into memory before it begins. */
function checkSize({ peers, stop, paceMs, trace }: Scenario, maxFoundBlocks: number): void {
  const blocks = Math.min(
    stop.blocks,
    trace === null ? Math.ceil(stop.durationMs / paceMs) : trace.length,
  );
  if (blocks > maxFoundBlocks) {
    throw new CodedError("run-too-large", { peers, blocks, max: maxFoundBlocks });
  }
  if (peers * blocks > MAX_PEER_BLOCKS) {
    throw new CodedError("run-too-large", {
      peers,
      blocks,
      max: Math.floor(MAX_PEER_BLOCKS / peers),
    });
  }
}
