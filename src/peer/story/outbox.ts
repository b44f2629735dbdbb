/**
 * Transactions on their way to the mesh: what comes within a moment leaves in one message (NET-1b).
 *
 * @module
 */
import type { SignedTransaction } from "../../kernel/transaction.ts";
import { TX_GATHER_MS } from "../limits.ts";
import { describeFault } from "../log.ts";
import { batchesOf, encodeBatch } from "../wire/transaction-batch.ts";
import type { StoryContext } from "./context.ts";

/** Gathers and publishes transactions. */
export interface Outbox {
  /** Publishes soon; only what this peer has verified to the end may leave under its name. */
  send(transaction: SignedTransaction): void;
  /** Nothing leaves any more. */
  stop(): void;
}

/** An empty outbox. */
export function createOutbox({ ports, log }: Pick<StoryContext, "ports" | "log">): Outbox {
  let gathered: SignedTransaction[] = [];
  let cancel = (): void => {};

  const flush = (): void => {
    const batches = batchesOf(gathered);
    gathered = [];
    for (const batch of batches) {
      ports.network.publish("tx", encodeBatch(batch)).catch((reason: unknown) => {
        // Alone or between connections: whoever comes asks for what waits.
        log.add("info", "publish-failed", describeFault(reason).detail);
      });
    }
  };

  return {
    send(transaction) {
      if (gathered.length === 0) cancel = ports.clock.after(TX_GATHER_MS, flush);
      gathered.push(transaction);
    },
    stop: () => cancel(),
  };
}
