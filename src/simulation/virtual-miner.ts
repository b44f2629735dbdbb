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
  let events: MinerPortEvents | undefined;
  let cancel = (): void => {};
  return {
    listen(next) {
      events = next;
      clock.after(0, () => events?.onMessage({ type: "ready", simd: false }));
    },
    postMessage(message) {
      cancel();
      if (message.type === "stop") return;
      const target = bigintFromBytesBE(message.target);
      let tries = 1n;
      const first = BigInt(message.firstOuter) << 32n;
      while (bigintFromBytesBE(powOf(message.coreHash, first + tries)) > target) tries++;
      const { jobId } = message;
      cancel = clock.after((Number(tries) / hashesPerSecond) * 1_000, () => {
        events?.onMessage({ type: "found", jobId, nonce: first + tries });
      });
    },
    terminate() {
      cancel();
      events = undefined;
    },
  };
}
