/**
 * Settings of this tab; the theme is put on the document as soon as it is known.
 *
 * @module
 */
import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { FabulaClient, ParamsOf } from "../../peer/rpc/schema.ts";
import type { SettingsView } from "../api-types.ts";
import { errorCode } from "../messages.ts";

/** Null until asked. */
export interface SettingsState {
  readonly settings: SettingsView | null;
  readonly failure: string | null;
  /** The first-visit card was asked for again. */
  readonly cardOpen: boolean;
}

/** The store. */
export const useSettings: UseBoundStore<StoreApi<SettingsState>> = create<SettingsState>()(() => ({
  settings: null,
  failure: null,
  cardOpen: false,
}));

/** Puts the theme on the document: `system` follows the device. */
export function applyTheme(theme: SettingsView["theme"]): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** Reads the settings. */
export async function loadSettings(client: FabulaClient): Promise<void> {
  try {
    const settings = await client.request({ method: "get_settings" });
    applyTheme(settings.theme);
    useSettings.setState({ settings, failure: null });
  } catch (error) {
    useSettings.setState({ failure: errorCode(error) });
  }
}

/** Changes some settings; shows them at once and the truth when it comes. Throws what the peer throws. */
export async function changeSettings(
  client: FabulaClient,
  change: ParamsOf<"set_settings">,
): Promise<void> {
  const settings = await client.request({ method: "set_settings", params: change });
  applyTheme(settings.theme);
  useSettings.setState({ settings, failure: null });
}

/** Opens the first-visit card again, or puts it away. */
export function showCard(cardOpen: boolean): void {
  useSettings.setState({ cardOpen });
}
