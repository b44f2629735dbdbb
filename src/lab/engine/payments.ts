/**
 * Payments of a run: users pay others by their own clocks, and every payment travels from peer to peer
 * before a miner can take it. Only authors earn, so the author of a new block gives to users that could
 * not make their greatest payment; that is a payment like any other.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { LogKind } from "../event-log.ts";
import { amountBetween, FUNDED_PAYMENTS } from "../payment-amounts.ts";
import { createRandom, type Random } from "../random/random.ts";
import type { BlockNumber } from "./block-number.ts";
import type { LabPeer } from "./lab-peer.ts";
import { EventKind, type RunContext } from "./run-context.ts";
import { createTravelling } from "./travelling.ts";
import { createLabWallet, type LabWallet } from "./wallets.ts";

/** Counters of payments, for each agent and for all. */
export interface PaymentCounts {
  readonly created: Int32Array;
  readonly broadcast: number;
  readonly unfunded: number;
}

/** The payments of a run. */
export interface Payments {
  readonly counts: PaymentCounts;
  begin(): void;
  /** A user's clock rings. */
  ring(agent: number): void;
  /** A payment reaches a peer. */
  arrive(peer: LabPeer, number: number): void;
  /** An agent found a valid block. */
  foundBy(agent: number): void;
  /** An agent's best block changed. */
  headChanged(agent: number, before: BlockNumber): void;
  waiting(agent: number): readonly SignedTransaction[];
  /** Greatest number of payments that wait at one agent. */
  poolSize(): number;
}

/** Creates the payments; without users nothing ever happens in them. */
export function createPayments(context: RunContext): Payments {
  const { scenario, peers, neighbourhood, queue, log, story } = context;
  const users = scenario.agents.flatMap(({ user }, agent) => (user === null ? [] : [agent]));
  const wallets: LabWallet[] =
    users.length === 0 ? [] : scenario.agents.map((_, agent) => walletOf(agent));
  const randoms = new Map<number, Random>(
    users.map((agent) => [agent, createRandom(context.seed, `user/${agent}`)]),
  );
  const created = new Int32Array(scenario.agents.length);
  const travelling = createTravelling(peers.length);
  let broadcast = 0;
  let unfunded = 0;

  function walletOf(agent: number): LabWallet {
    const [peer, key, address] = [peers[agent], story.keys[agent], story.addresses[agent]];
    if (peer === undefined || key === undefined || address === undefined) {
      throw new CodedError("unknown-agent", { agent });
    }
    return createLabWallet(context, peer, { key, address });
  }

  const relay = (peer: LabPeer, number: number): void => {
    const payment = travelling.get(number);
    const links = neighbourhood.of(peer.index);
    for (let link = 0; link < links.peers.length; link++) {
      const to = peers[links.peers[link] ?? 0];
      if (to === undefined || payment?.known[to.index] !== 0 || !context.canReach(peer, to))
        continue;
      queue.add(
        context.nowMs + context.delayNow(links.delayMs[link]),
        EventKind.payment,
        to.index,
        number,
      );
    }
  };

  const pay = (from: number, to: number, units: number): boolean => {
    const [wallet, peer, recipient] = [wallets[from], peers[from], wallets[to]];
    if (wallet === undefined || recipient === undefined || peer?.online !== true) return false;
    const transaction = wallet.pay(recipient.address, units, context.nowMs);
    if (transaction === null) return false;
    created[from] = (created[from] ?? 0) + 1;
    log.add(LogKind.paid, context.nowMs, from, to);
    let wanted = 0;
    for (const { online } of peers) if (online) wanted++;
    const number = travelling.add({ transaction, createdMs: context.nowMs, wanted }, from);
    relay(peer, number);
    return true;
  };

  const plan = (agent: number): void => {
    const user = scenario.agents[agent]?.user;
    const random = randoms.get(agent);
    if (user == null || random === undefined) return;
    const inMs = Math.max(1, Math.round(random.exponential() * user.transactionIntervalMs));
    queue.add(context.nowMs + inMs, EventKind.pay, agent, 0);
  };

  return {
    counts: {
      created,
      get broadcast() {
        return broadcast;
      },
      get unfunded() {
        return unfunded;
      },
    },
    begin() {
      if (scenario.agents.length > 1) for (const agent of users) plan(agent);
    },
    ring(agent) {
      const user = scenario.agents[agent]?.user;
      const random = randoms.get(agent);
      if (user == null || random === undefined) return;
      // Another than itself, evenly.
      const draw = random.below(scenario.agents.length - 1);
      const to = draw < agent ? draw : draw + 1;
      const units = amountBetween(user, random);
      if (peers[agent]?.online === true && !pay(agent, to, units)) unfunded++;
      plan(agent);
    },
    arrive(peer, number) {
      const payment = travelling.get(number);
      if (payment === undefined || !peer.online || payment.known[peer.index] !== 0) return;
      payment.known[peer.index] = 1;
      payment.reached++;
      if (payment.reached === payment.wanted) broadcast++;
      const agent = scenario.agents[peer.index];
      if (agent?.isMiner === true) {
        const admitted = wallets[peer.index]?.admit(payment.transaction, context.nowMs);
        if (admitted !== true) return;
      }
      relay(peer, number);
      if (payment.reached >= payment.wanted) travelling.arrived(number);
    },
    foundBy(agent) {
      const maker = wallets[agent];
      if (maker === undefined || scenario.agents[agent]?.isSolo !== false) return;
      for (const user of users) {
        const max = scenario.agents[user]?.user?.maxAmount ?? 0;
        const wallet = wallets[user];
        if (user === agent || wallet === undefined) continue;
        if (maker.account(wallet.address).consumer >= BigInt(max)) continue;
        if (!pay(agent, user, max * FUNDED_PAYMENTS)) return;
      }
    },
    headChanged(agent, before) {
      wallets[agent]?.headChanged(before, context.nowMs);
    },
    waiting: (agent) => wallets[agent]?.waiting() ?? [],
    poolSize: () => wallets.reduce((most, wallet) => Math.max(most, wallet.size()), 0),
  };
}
