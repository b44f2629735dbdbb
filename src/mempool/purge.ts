/**
 * What time takes from the mempool: transactions that waited too long, and orphans when they are more
 * than half of what waits (the dual-token kernel's rule). Run once a second by whoever has a clock.
 *
 * @module
 */
import type { AdmissionContext } from "./admission.ts";
import type { MempoolEntry } from "./entry.ts";

/** What a purge removed. */
export interface Purged {
  /** Too old, or behind one that was: a queue has no gaps. */
  readonly expired: readonly MempoolEntry[];
  /** Without an account of their sender; all of them or none. */
  readonly orphans: readonly MempoolEntry[];
}

/** Removes what waits beyond its time, and the orphans once they are more than half. */
export function purgeQueues(context: AdmissionContext, nowMs: number): Purged {
  const { queues, view } = context;
  const expired: MempoolEntry[] = [];
  const orphans: MempoolEntry[] = [];
  for (const sender of queues.senders()) {
    const first = queues.of(sender).find(({ expiresMs }) => expiresMs < nowMs);
    if (first !== undefined) expired.push(...queues.cut(first));
    if (view.account(sender) === undefined) orphans.push(...queues.of(sender));
  }
  if (orphans.length * 2 <= queues.size) return { expired, orphans: [] };
  for (const { sender } of orphans) queues.set(sender, [], true);
  return { expired, orphans };
}
