/**
 * The service worker: the site opens offline, and a newer version waits until the person says so.
 *
 * @module
 */
import { registerSW } from "virtual:pwa-register";

/** Updates of the site. */
export interface SiteUpdate {
  onWaiting(listener: () => void): () => void;
  apply(): Promise<void>;
}

/** Registers the service worker where the browser has one. */
export function registerSite(): SiteUpdate {
  const listeners = new Set<() => void>();
  let waiting = false;
  const apply = registerSW({
    onNeedRefresh() {
      waiting = true;
      for (const listener of listeners) listener();
    },
  });
  return {
    onWaiting(listener) {
      listeners.add(listener);
      if (waiting) listener();
      return () => {
        listeners.delete(listener);
      };
    },
    apply: () => apply(true),
  };
}
