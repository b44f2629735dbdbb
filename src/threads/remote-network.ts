/**
 * The worker's side of the mesh: a `Network` whose work is done by the page. Until the page's mesh has
 * started (it loads after the first paint) calls wait; facts are mirrored, so that reading them costs
 * no round trip.
 *
 * @module
 */
import type { Network, NetworkHandlers, RelayState } from "../chain/ports/network.ts";
import { CodedError } from "../kernel/errors.ts";
import type { Bridge } from "./bridge.ts";
import type { MeshSnapshot, PageApi, WorkerApi } from "./contract.ts";

/** The network and the calls by which the page feeds it. */
export interface RemoteNetwork {
  readonly network: Network;
  readonly api: Pick<
    WorkerApi,
    "meshStarted" | "meshFailed" | "meshMessage" | "meshRequest" | "meshChanged" | "meshLog"
  >;
}

/** Creates the worker's side; `sinceMs` is the local time of creation. */
export function createRemoteNetwork(bridge: () => Bridge<PageApi>, sinceMs: number): RemoteNetwork {
  const relay: RelayState = { state: "none", address: null, sinceMs, lastError: null };
  let mirror: MeshSnapshot = { peers: [], relay, addresses: [] };
  let selfId = "";
  let handlers: NetworkHandlers | null = null;
  let begin = (): void => {};
  const started = new Promise<void>((resolve) => {
    begin = resolve;
  });

  const show = (next: MeshSnapshot): void => {
    mirror = next;
    handlers?.onPeers(next.peers, next.relay);
  };

  const network: Network = {
    get selfId() {
      return selfId;
    },
    async join(storyId, next) {
      handlers = next;
      // Not awaited: a story opens and is read long before the mesh has loaded, or without it.
      started
        .then(() => bridge().call("join", { storyId }))
        .catch((reason: unknown) => {
          next.onLog({ level: "warn", code: "join-failed", detail: String(reason) });
        });
      if (selfId !== "") next.onPeers(mirror.peers, mirror.relay);
    },
    async addWaysIn(multiaddrs) {
      started
        .then(() => bridge().call("addWaysIn", { multiaddrs }))
        .catch((reason: unknown) => {
          handlers?.onLog({ level: "warn", code: "way-in-failed", detail: String(reason) });
        });
    },
    retryNow: () => bridge().notify("retryNow", null),
    async publish(topic, bytes) {
      if (selfId === "") throw new CodedError("mesh-not-started");
      await bridge().call("publish", { topic, bytes });
    },
    async request(peer, bytes, { timeoutMs, maxBytes }) {
      return bridge().call("request", { peer, bytes, timeoutMs, maxBytes });
    },
    penalise: (peer, points, code) => bridge().notify("penalise", { peer, points, code }),
    setGate: (allow) => bridge().notify("setGate", { allow }),
    peers: () => mirror.peers,
    relay: () => mirror.relay,
    addresses: () => mirror.addresses,
    stop: () => bridge().call("stopMesh", null),
  };

  return {
    network,
    api: {
      meshStarted(mesh) {
        selfId = mesh.selfId;
        begin();
        show(mesh);
      },
      meshFailed({ detail }) {
        handlers?.onLog({ level: "warn", code: "mesh-failed", detail });
      },
      async meshMessage({ topic, from, bytes }) {
        return handlers === null ? "ignore" : handlers.onMessage(topic, from, bytes);
      },
      async meshRequest({ from, bytes }) {
        if (handlers === null) throw new CodedError("not-ready");
        return handlers.onRequest(from, bytes);
      },
      meshChanged: show,
      meshLog: (entry) => handlers?.onLog(entry),
    },
  };
}
