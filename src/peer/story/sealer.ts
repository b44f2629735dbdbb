/**
 * TRK-2: the tracker seals what waits, at most once a second and only when there is something. Only the
 * peer that mined the newest key block does: a wallet that is open on two devices has one tracker, or it
 * would prove its own equivocation. For the same reason a tracker that was switched off first hears from its
 * peers what it had sealed: its disk may have lost it.
 *
 * @module
 */
import type { Block } from "../../kernel/block.ts";
import type { BlockId } from "../../kernel/brand.ts";
import { CodedError } from "../../kernel/errors.ts";
import { MICRO_SPACING_MS } from "../../ledger/times.ts";
import { describeFault } from "../log.ts";
import type { StoryContext } from "./context.ts";
import type { Intake } from "./intake.ts";
import type { Payments } from "./payments.ts";
import { roomOfRound } from "./round-room.ts";

/** The sealer of one story. */
export interface Sealer {
  /** This peer mined a key block; kept if the disk takes it, so that a reload goes on sealing in its round. */
  mined(block: BlockId): Promise<void>;
  /** Something waits, the head moved, or this peer is in step with the others now. */
  consider(): void;
  stop(): void;
}

interface SealerParts {
  readonly intake: Intake;
  readonly payments: Payments;
  /** In step with its peers, or alone. */
  readonly isInStep: () => boolean;
  readonly announce: (block: Block) => Promise<void>;
}

/** After a fault of ours, before the next attempt. */
const RETRY_MS = 2_000;

/** Creates the sealer; rejects with the store's codes. */
export async function openSealer(context: StoryContext, parts: SealerParts): Promise<Sealer> {
  const { chain, ports, wallet, log } = context;
  const key = `mined/${chain.storyId}`;
  const kept = await ports.keep.get(key);
  let own = typeof kept === "string" ? kept : null;
  let cancel = (): void => {};
  let armed = false;
  let busy = false;
  let stopped = false;

  const mayI = (): boolean =>
    parts.isInStep() &&
    own === chain.tip().id &&
    wallet?.signer() != null &&
    chain.tip().author === wallet.address;

  const arm = (delayMs: number): void => {
    if (armed || stopped) return;
    armed = true;
    cancel = ports.clock.after(delayMs, () => {
      armed = false;
      seal().catch((reason: unknown) => {
        const { code, detail } = describeFault(reason);
        log.add("error", code, `seal: ${detail}`);
        arm(RETRY_MS);
      });
    });
  };

  const seal = async (): Promise<void> => {
    const signer = wallet?.signer();
    if (busy || stopped || signer == null || !mayI()) return;
    const nowMs = ports.clock.now();
    const untilMs = chain.sealableFromMs();
    if (nowMs < untilMs) return arm(untilMs - nowMs);
    const room = roomOfRound({
      paceMs: chain.genesis.paceMs,
      elapsedMs: nowMs - chain.tip().timestampMs,
      usedBytes: chain.head().roundBytes,
    });
    const transactions = parts.payments.waiting(room);
    if (transactions.length === 0) {
      const isFull = nowMs - chain.tip().timestampMs >= chain.genesis.paceMs;
      if (room === 0 && !isFull && parts.payments.pool().size > 0) arm(MICRO_SPACING_MS);
      return;
    }
    busy = true;
    try {
      const block = chain.sealMicroblock({ transactions, seed: signer.seed, nowMs });
      // A full round, or nothing that applies: the next key block carries what is left.
      if (block === null) return;
      // Stored before it is told (TRK-2): a tracker that crashes must not seal the same place again.
      const outcome = await parts.intake.connect(block, null);
      if (outcome.kind === "extended") await parts.announce(block);
      // A block that our own door refuses would be refused again: a fault of ours, tried again later.
      if (outcome.kind === "invalid") throw new CodedError(outcome.code, outcome.data);
    } finally {
      busy = false;
    }
    consider();
  };

  const consider = (): void => {
    if (stopped || busy || !mayI() || parts.payments.pool().size === 0) return;
    arm(Math.max(0, chain.sealableFromMs() - ports.clock.now()));
  };

  return {
    async mined(block) {
      own = block;
      consider();
      await ports.keep.put(key, block).catch((reason: unknown) => {
        // Without the mark a reload seals no more in this round, and the next key block carries what waits.
        const { code, detail } = describeFault(reason);
        log.add("warn", code, `mined: ${detail}`);
      });
    },
    consider,
    stop() {
      stopped = true;
      cancel();
    },
  };
}
