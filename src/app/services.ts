/**
 * What the app is given by the page's boot (the composition root): the typed client of the method
 * table and the few facts that only a page knows. The app reaches nothing else.
 *
 * @module
 */
import type { LabThread } from "../lab/host/lab-client.ts";
import type { FabulaClient } from "../peer/rpc/schema.ts";

/** Facts and actions of the page that are not the peer's business. */
export interface PageServices {
  readonly client: FabulaClient;
  /** False over plain http from another machine: no Web Locks, no WebCrypto; reading only. */
  readonly secureContext: boolean;
  /** RTCPeerConnection exists. */
  readonly webrtc: boolean;
  /** Calls back when a newer version of the site waits; the returned function stops listening. */
  onUpdateWaiting(listener: () => void): () => void;
  /** Activates the waiting version and reloads. */
  applyUpdate(): Promise<void>;
  /** Calls back when the chain worker crashed and was started again. */
  onWorkerRestart(listener: (reason: string) => void): () => void;
  /** Starts a worker of the lab. */
  readonly spawnLab: () => LabThread;
}
