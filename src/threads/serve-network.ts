/**
 * The page's side of the mesh: runs the real `Network` and answers the worker's calls. The mesh is
 * handed in when it has loaded.
 *
 * @module
 */
import type { Network } from "../chain/ports/network.ts";
import { CodedError } from "../kernel/errors.ts";
import type { Bridge } from "./bridge.ts";
import type { MeshSnapshot, PageApi, WorkerApi } from "./contract.ts";

/** The calls that the page serves, and how the mesh is handed in. */
export interface ServedNetwork {
  readonly api: Omit<PageApi, "event">;
  provide(network: Network): void;
  network(): Network | null;
}

/** Creates the page's side; `bridge` leads to the worker of the moment (it may be replaced). */
export function serveNetwork(bridge: () => Bridge<WorkerApi>): ServedNetwork {
  let network: Network | null = null;

  const need = (): Network => {
    if (network === null) throw new CodedError("mesh-not-started");
    return network;
  };
  const snapshot = (): MeshSnapshot => {
    const mesh = need();
    return { peers: mesh.peers(), relay: mesh.relay(), addresses: mesh.addresses() };
  };

  return {
    api: {
      join: ({ storyId }) =>
        need().join(storyId, {
          onMessage: (topic, from, bytes) => bridge().call("meshMessage", { topic, from, bytes }),
          onRequest: (from, bytes) => bridge().call("meshRequest", { from, bytes }),
          onPeers: () => bridge().notify("meshChanged", snapshot()),
          onLog: (entry) => bridge().notify("meshLog", entry),
        }),
      addWaysIn: ({ multiaddrs }) => need().addWaysIn(multiaddrs),
      retryNow: () => network?.retryNow(),
      publish: ({ topic, bytes }) => need().publish(topic, bytes),
      request: ({ peer, bytes, timeoutMs, maxBytes }) =>
        need().request(peer, bytes, { timeoutMs, maxBytes }),
      penalise: ({ peer, points, code }) => network?.penalise(peer, points, code),
      setGate: ({ allow }) => network?.setGate(allow),
      stopMesh: async () => {
        await network?.stop();
        network = null;
      },
    },
    provide(mesh) {
      network = mesh;
      bridge().notify("meshStarted", { selfId: mesh.selfId, ...snapshot() });
    },
    network: () => network,
  };
}
