/**
 * Whether this tab may mine, how hard, and with which writer: kept per slot, so that a reload goes on
 * as the person left it, and a new tab asks anew.
 *
 * @module
 */
import type { KeyValueStore } from "../../chain/ports/store.ts";
import type { MiningPreset } from "../../mining/presets.ts";
import type { Settings, SettingsView } from "../settings.ts";
import type { Environment } from "./environment.ts";

const KEY = "mining-consent";

interface Kept {
  readonly given: boolean;
  readonly writer: "builtin" | "human";
}

/** Consent and the rules that bound it. */
export interface Consent {
  given(): boolean;
  everGiven(): boolean;
  writer(): "builtin" | "human";
  preset(): MiningPreset;
  rules(): Pick<SettingsView, "mineOnBattery" | "hiddenPreset">;
  environment(): Environment;
  give(choice: {
    readonly preset?: MiningPreset | undefined;
    readonly writer?: "builtin" | "human" | undefined;
  }): Promise<void>;
  withdraw(): Promise<void>;
  setEnvironment(environment: Environment): void;
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "given" in value && "writer" in value;
}

/** Opens the kept consent. */
export async function openConsent(keep: KeyValueStore, settings: Settings): Promise<Consent> {
  const found = await keep.get(KEY);
  let kept: Kept | null = isKept(found) ? found : null;
  let environment: Environment = { hidden: false, onBattery: null };
  return {
    given: () => kept?.given === true,
    everGiven: () => kept !== null,
    writer: () => kept?.writer ?? "builtin",
    preset: () => settings.get().preset,
    rules: () => settings.get(),
    environment: () => environment,
    async give(choice) {
      if (choice.preset !== undefined) await settings.set({ preset: choice.preset });
      kept = { given: true, writer: choice.writer ?? "human" };
      await keep.put(KEY, kept);
    },
    async withdraw() {
      kept = { given: false, writer: kept?.writer ?? "human" };
      await keep.put(KEY, kept);
    },
    setEnvironment(next) {
      environment = next;
    },
  };
}
