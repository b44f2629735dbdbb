/**
 * The chain worker: the peer's mind in a tab. It only connects the worker's port to the composition
 * root; everything else is built there.
 *
 * @module
 */
import { createBridge } from "../src/threads/bridge.ts";
import type { PageApi, WorkerApi } from "../src/threads/contract.ts";
import { createTabPeer } from "./tab-peer.ts";

const tab = createTabPeer(() => bridge);
const bridge = createBridge<PageApi>(
  {
    postMessage: (message) => self.postMessage(message),
    listen: (handler) =>
      self.addEventListener("message", (event: MessageEvent<unknown>) => handler(event.data)),
  },
  tab satisfies WorkerApi,
);
