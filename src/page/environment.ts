/**
 * What only a page sees: whether it is hidden, and whether the device runs on battery.
 *
 * @module
 */

/** Facts that bound mining. */
export interface PageEnvironment {
  readonly hidden: boolean;
  /** null where the browser does not say (Firefox, Safari). */
  readonly onBattery: boolean | null;
}

/** Battery Status API; not in TypeScript's DOM library. */
interface BatteryManager extends EventTarget {
  readonly charging: boolean;
}

/** Reports now and after each change. */
export function watchEnvironment(report: (environment: PageEnvironment) => void): void {
  let battery: BatteryManager | null = null;
  const tell = (): void => {
    report({
      hidden: document.visibilityState === "hidden",
      onBattery: battery === null ? null : !battery.charging,
    });
  };
  document.addEventListener("visibilitychange", tell);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- not in TypeScript's DOM library; every use is optional
  const { getBattery } = navigator as { getBattery?: () => Promise<BatteryManager> };
  getBattery
    ?.call(navigator)
    .then((found) => {
      battery = found;
      found.addEventListener("chargingchange", tell);
      tell();
    })
    .catch(() => {
      // Refused by policy: the rule for batteries cannot be followed then, and the view says so (null).
    });
  tell();
}
