/**
 * The lab's worker: connects its port to the host of simulations; everything else is there.
 *
 * @module
 */
import { createLabHost } from "../src/lab/host/lab-host.ts";
import type { LabPageApi } from "../src/lab/host/protocol.ts";
import { createMessageYield } from "../src/mining/message-yield.ts";
import { createBridge } from "../src/threads/bridge.ts";

const host = createLabHost(() => bridge, {
  now: () => performance.now(),
  pause: createMessageYield(),
});
const bridge = createBridge<LabPageApi>(
  {
    postMessage: (message) => self.postMessage(message),
    listen: (handler) =>
      self.addEventListener("message", (event: MessageEvent<unknown>) => handler(event.data)),
  },
  host,
);
