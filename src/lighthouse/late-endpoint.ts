/**
 * An endpoint that is handed out before its peer exists: the public port is bound first (its number is
 * part of what the peer announces), and calls that come early wait instead of failing.
 *
 * @module
 */
import type { RpcEndpoint } from "../peer/rpc/schema.ts";

/** The endpoint, and how its peer is put behind it. */
export interface LateEndpoint {
  readonly endpoint: RpcEndpoint;
  /** Answers waiting and coming calls with `peer`. */
  fulfil(peer: RpcEndpoint): void;
  /** Refuses waiting and coming calls with `reason`. */
  fail(reason: unknown): void;
}

/** Creates an endpoint without a peer. */
export function createLateEndpoint(): LateEndpoint {
  let fulfil!: (peer: RpcEndpoint) => void;
  let fail!: (reason: unknown) => void;
  const peer = new Promise<RpcEndpoint>((resolve, reject) => {
    fulfil = resolve;
    fail = reject;
  });
  // Whoever calls hears of a failure; without callers it is no unhandled rejection.
  peer.catch(() => undefined);
  return {
    fulfil,
    fail,
    endpoint: {
      request: async (call) => (await peer).request(call),
      on(event, listener) {
        let stop: (() => void) | undefined;
        let stopped = false;
        peer.then(
          (ready) => {
            if (!stopped) stop = ready.on(event, listener);
          },
          () => undefined,
        );
        return () => {
          stopped = true;
          stop?.();
        };
      },
    },
  };
}
