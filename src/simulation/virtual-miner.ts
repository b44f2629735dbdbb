/**
 * A miner thread on virtual time: it really searches (by the reference hash, at easy targets), and
 * hands the nonce over when a thread of the given rate would have found it.
 *
 * @module
 */
import { bigintFromBytesBE } from "../kernel/bytes.ts";
import { powOf } from "../kernel/header.ts";
import type { MinerPort, MinerPortEvents } from "../mining/miner-messages.ts";
import type { Clock } from "../peer/ports.ts";

/** Creates a thread that tries `hashesPerSecond` nonces each virtual second. */
export function createVirtualMiner(clock: Clock, hashesPerSecond: number): MinerPort {
  const tryMs = 1_000 / hashesPerSecond;
  let events: MinerPortEvents | undefined;
  let cancel = (): void => {};
  /** When the try under way is done: a new job does not lose the time spent on it, or slow miners would never find. */
  let doneMs = clock.now() + tryMs;
  return {
    listen(next) {
      events = next;
      clock.after(0, () => events?.onMessage({ type: "ready", simd: false }));
    },
    postMessage(message) {
      cancel();
      const nowMs = clock.now();
      if (doneMs < nowMs) doneMs += Math.ceil((nowMs - doneMs) / tryMs) * tryMs;
      if (message.type === "stop") return;
      const target = bigintFromBytesBE(message.target);
      let tries = 1n;
      const first = BigInt(message.firstOuter) << 32n;
      while (bigintFromBytesBE(powOf(message.coreHash, first + tries)) > target) tries++;
      const { jobId } = message;
      cancel = clock.after(doneMs - nowMs + (Number(tries) - 1) * tryMs, () => {
        events?.onMessage({ type: "found", jobId, nonce: first + tries });
      });
    },
    terminate() {
      cancel();
      events = undefined;
    },
  };
}
