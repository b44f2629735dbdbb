/**
 * Settings of one slot, with defaults that suit a reader who never opens them.
 *
 * @module
 */
import type { KeyValueStore } from "../chain/ports/store.ts";
import type { ResultOf } from "./rpc/schema.ts";

/** What `get_settings` answers. */
export type SettingsView = ResultOf<"get_settings">;

/** Kept settings. */
export interface Settings {
  get(): SettingsView;
  set(
    change: { readonly [Key in keyof SettingsView]?: SettingsView[Key] | undefined },
  ): Promise<SettingsView>;
}

const KEY = "settings";

const DEFAULTS: SettingsView = {
  name: "",
  preset: "gentle",
  theme: "system",
  mineOnBattery: false,
  hiddenPreset: "gentle",
  lighthouses: [],
  welcomed: false,
};

/** Opens the kept settings; unknown or missing fields fall back to the defaults. */
export async function openSettings(keep: KeyValueStore): Promise<Settings> {
  const found = await keep.get(KEY);
  let current: SettingsView = { ...DEFAULTS, ...(typeof found === "object" ? found : {}) };
  return {
    get: () => current,
    async set(change) {
      const defined = Object.fromEntries(
        Object.entries(change).filter(([, value]) => value !== undefined),
      );
      current = { ...current, ...defined };
      await keep.put(KEY, current);
      return current;
    },
  };
}
