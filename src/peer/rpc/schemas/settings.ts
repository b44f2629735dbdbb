/**
 * Settings and the data of this slot.
 *
 * @module
 */
import * as z from "zod/mini";
import { preset } from "../shapes.ts";
import { none, ok } from "./common.ts";

const settings = z.object({
  name: z.string().check(z.maxLength(80)),
  preset,
  theme: z.enum(["system", "light", "dark"]),
  /** Go on mining while the device runs on battery. */
  mineOnBattery: z.boolean(),
  /** Preset used while the tab is hidden. */
  hiddenPreset: z.enum(["off", "gentle", "same"]),
  /** Extra lighthouses, as multiaddrs. */
  lighthouses: z.array(z.string().check(z.maxLength(300))).check(z.maxLength(8)),
  /** The first-visit card was answered or put away. */
  welcomed: z.boolean(),
});

/** Methods by name; see `methods-schema.ts`. */
export const SETTINGS_SCHEMAS = {
  get_settings: {
    description: "Settings of this tab.",
    write: false,
    surface: "page",
    params: none,
    result: settings,
  },
  set_settings: {
    description: "Changes some settings.",
    write: true,
    surface: "page",
    params: z.partial(settings),
    result: settings,
  },
  erase_data: {
    description:
      "Deletes this tab's wallet, drafts, settings and stories. `confirm` must be the word `erase`.",
    write: true,
    surface: "page",
    params: z.object({ confirm: z.literal("erase") }),
    result: ok,
  },
} as const;
