/**
 * Agents that behave as users: each has its own clock and pays a random other agent. Only authors earn, so
 * a user that runs out is given some by the miner that wrote the newest page (the source's distributor);
 * both are payments like any other.
 *
 * @module
 */
import { isCoded } from "../../kernel/errors.ts";
import { TransactionCode } from "../../ledger/transactions/transaction-code.ts";
import type { Clock } from "../../peer/ports.ts";
import type { AgentDiscovery } from "../discovery/agent-discovery.ts";
import { type EventLog, LogKind } from "../event-log.ts";
import { amountBetween, FUNDED_PAYMENTS } from "../payment-amounts.ts";
import { createRandom } from "../random/random.ts";
import type { Scenario, UserBehaviour } from "../scenario/scenario.ts";
import type { Actions } from "./actions.ts";
import type { Resident } from "./residents.ts";

/** The payments of a run. */
export interface UserPayments {
  /** Winds the users' clocks. */
  start(): void;
  /** The maker of the newest block gives to each user that could not make its greatest payment; a solo miner keeps what it has. */
  fund(maker: Resident): Promise<void>;
  /** Payments that were not signed because the balance did not cover them. */
  readonly unfunded: number;
}

interface PaymentParts {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly residents: readonly Resident[];
  readonly discovery: AgentDiscovery;
  readonly clock: Clock;
  readonly actions: Actions;
  readonly log: EventLog;
  readonly elapsedMs: () => number;
  readonly onPaid: (from: Resident, txid: string) => void;
  /** Refused for another reason than the balance. */
  readonly onRefused: (code: string) => void;
}

/** Creates the payments; nothing is paid before `start`. */
export function createUserPayments(parts: PaymentParts): UserPayments {
  const { scenario, seed, residents, discovery, clock, actions, log, elapsedMs } = parts;
  const agents = residents.slice(0, scenario.agents.length);
  let unfunded = 0;

  /** False when the balance did not cover it, or the payment was refused. */
  const pay = async (from: Resident, to: Resident, amount: number): Promise<boolean> => {
    if (from.peer === null) return false;
    try {
      const { txid } = await from.peer.client.request({
        method: "send_tokens",
        params: { to: to.address, consumer: String(amount) },
      });
      log.add(LogKind.paid, elapsedMs(), from.index, to.index);
      parts.onPaid(from, txid);
      return true;
    } catch (reason) {
      if (!isCoded(reason, "transaction-refused")) throw reason;
      if (!NOT_COVERED.has(Number(reason.data["number"]))) {
        parts.onRefused(`payment-${String(reason.data["label"])}`);
      } else unfunded++;
      return false;
    }
  };

  const windClock = (payer: Resident, user: UserBehaviour): void => {
    const random = createRandom(seed, `user ${payer.index}`);
    const ring = (): void => {
      actions.run(async () => {
        const others = discovery.getWalletAgents().filter(({ id }) => id !== payer.id);
        if (others.length === 0) return;
        const { id } = others[random.below(others.length)] ?? payer;
        const to = agents.find((agent) => agent.id === id);
        const amount = amountBetween(user, random);
        if (to !== undefined) await pay(payer, to, amount);
      });
      wind();
    };
    const wind = (): void => {
      clock.after(random.exponential() * user.transactionIntervalMs, ring);
    };
    wind();
  };

  const balanceOf = async (asked: Resident, of: Resident): Promise<bigint> => {
    const { address } = of;
    const answer = await asked.peer?.client.request({ method: "balance", params: { address } });
    return BigInt(answer?.consumer ?? 0);
  };

  return {
    start() {
      for (const resident of agents) {
        const user = scenario.agents[resident.index]?.user;
        if (user != null) windClock(resident, user);
      }
    },
    async fund(maker) {
      if (scenario.agents[maker.index]?.isSolo !== false || maker.peer === null) return;
      for (const user of agents) {
        const max = scenario.agents[user.index]?.user?.maxAmount ?? null;
        if (max === null || user === maker) continue;
        if ((await balanceOf(maker, user)) >= BigInt(max)) continue;
        const amount = max * FUNDED_PAYMENTS;
        if ((await balanceOf(maker, maker)) > BigInt(amount)) await pay(maker, user, amount);
      }
    },
    get unfunded() {
      return unfunded;
    },
  };
}

const NOT_COVERED: ReadonlySet<number> = new Set([
  TransactionCode.unknownSender,
  TransactionCode.insufficientBalance,
]);
