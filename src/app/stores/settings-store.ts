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

let changes = 0;

/** What a choice looks like before the peer has kept it; text that may be refused stays in its field. */
function showAtOnce(change: ParamsOf<"set_settings">): void {
  const { settings } = useSettings.getState();
  if (settings === null) return;
  const { name: _name, lighthouses: _lighthouses, ...choices } = change;
  const given = Object.fromEntries(
    Object.entries(choices).filter(([, value]) => value !== undefined),
  );
  const shown: SettingsView = { ...settings, ...given };
  applyTheme(shown.theme);
  useSettings.setState({ settings: shown });
}

/** Changes some settings; shows choices at once and the truth when it comes. Throws what the peer throws. */
export async function changeSettings(
  client: FabulaClient,
  change: ParamsOf<"set_settings">,
): Promise<void> {
  const turn = ++changes;
  showAtOnce(change);
  try {
    const settings = await client.request({ method: "set_settings", params: change });
    // An older answer does not know of the choice that was made meanwhile.
    if (turn !== changes) return;
    applyTheme(settings.theme);
    useSettings.setState({ settings, failure: null });
  } catch (error) {
    await loadSettings(client);
    throw error;
  }
}

/** Opens the first-visit card again, or puts it away. */
export function showCard(cardOpen: boolean): void {
  useSettings.setState({ cardOpen });
}
