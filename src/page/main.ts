/**
 * The page's boot, one of the three composition roots: starts the chain worker, shows the app, then
 * loads the mesh. `window.fabula` is there as soon as this module runs.
 *
 * @module
 */
import { mountApp } from "../app/mount.tsx";
import type { FabulaClient } from "../peer/rpc/schema.ts";
import type { WorkerStart } from "../threads/contract.ts";
import { serveNetwork } from "../threads/serve-network.ts";
import { createPageClient } from "./client.ts";
import { watchEnvironment } from "./environment.ts";
import { registerSite } from "./site-update.ts";
import { preferredSlot, startWorker } from "./start-worker.ts";

declare global {
  interface Window {
    /** The method table and event stream of this tab's peer (docs: OpenRPC). */
    fabula: FabulaClient;
  }
}

/** Logical cores where the browser does not say. */
const ASSUMED_CORES = 2;

const webrtc = "RTCPeerConnection" in globalThis;
const siteUrl = new URL(".", location.href).href;

function startOptions(): WorkerStart {
  return {
    link: location.hash.startsWith("#/s/") ? location.href : null,
    siteUrl,
    version: __FABULA_VERSION__,
    secureContext: globalThis.isSecureContext,
    webrtc,
    cores: navigator.hardwareConcurrency || ASSUMED_CORES,
    preferredSlot: preferredSlot(),
  };
}

const client = createPageClient(() => worker);
const mesh = serveNetwork(() => worker.bridge());
const worker = startWorker(
  () =>
    new Worker(new URL("../../workers/chain.worker.ts", import.meta.url), {
      type: "module",
      name: "chain",
    }),
  startOptions,
  { ...mesh.api, event: (event) => client.deliver(event) },
);

// The table is typed; the transport underneath carries any method by name.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the transport underneath carries any method by name; the table types it
window.fabula = client.endpoint as unknown as FabulaClient;
watchEnvironment((environment) => worker.bridge().notify("setEnvironment", environment));

const site = registerSite();
const root = document.getElementById("root");
if (root !== null) {
  mountApp(root, {
    client: window.fabula,
    secureContext: globalThis.isSecureContext,
    webrtc,
    onUpdateWaiting: (listener) => site.onWaiting(listener),
    applyUpdate: () => site.apply(),
    onWorkerRestart: (listener) => worker.onRestart(listener),
    spawnLab: () =>
      new Worker(new URL("../../workers/lab.worker.ts", import.meta.url), {
        type: "module",
        name: "lab",
      }),
  });
}

/** A story that only the mesh can find is waited for no longer than this. */
const PAINT_FIRST_MS = 1_500;

/** Resolves when the story had its chance to be painted; a hidden tab paints nothing, so time decides too. */
function afterFirstPaint(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, PAINT_FIRST_MS);
    const paint = (): void => {
      requestAnimationFrame(() => setTimeout(resolve, 0));
    };
    window.fabula.request({ method: "get_genesis" }).then(paint, paint);
  });
}

const painted = afterFirstPaint();

/** Loaded after the first paint: libp2p is larger than everything before it together. */
async function startMesh(): Promise<void> {
  const { networkSeed } = await worker.booted;
  await painted;
  const { createNetwork } = await import("../mesh/create-network.ts");
  mesh.provide(
    await createNetwork({
      seed: networkSeed,
      role: "tab",
      now: () => Date.now(),
      random: () => Math.random(),
    }),
  );
}

painted
  .then(() => import("../app/theme/ui-font.css"))
  .catch(() => {
    // Offline before it was ever cached: its stand-in stays.
  });
startMesh().catch((reason: unknown) => {
  worker.bridge().notify("meshFailed", { detail: String(reason) });
});
worker.onRestart(() => {
  // The new worker knows nothing of the mesh that goes on running on the page.
  const running = mesh.network();
  if (running !== null) mesh.provide(running);
});
