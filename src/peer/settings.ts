/**
 * Settings of one slot, with defaults that suit a reader who never opens them.
 *
 * @module
 */
import * as z from "zod/mini";
import type { KeyValueStore } from "../chain/ports/store.ts";
import { METHOD_SCHEMAS } from "./rpc/methods-schema.ts";
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

/** The fields of `found` that this version knows and accepts. */
function acceptedFields(found: unknown): Partial<SettingsView> {
  if (typeof found !== "object" || found === null) return {};
  const { shape } = METHOD_SCHEMAS.get_settings.result;
  return Object.fromEntries(
    Object.entries(found).filter(
      ([key, value]) =>
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- hasOwn has just said so
        Object.hasOwn(shape, key) && z.safeParse(shape[key as keyof SettingsView], value).success,
    ),
  );
}

/** Opens the kept settings; unknown, missing or damaged fields fall back to the defaults. */
export async function openSettings(keep: KeyValueStore): Promise<Settings> {
  let current: SettingsView = { ...DEFAULTS, ...acceptedFields(await keep.get(KEY)) };
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
