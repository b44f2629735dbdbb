/**
 * Words of the settings.
 *
 * @module
 */

/** Fixed words. */
export const SETTINGS = {
  title: "Settings",
  lead: "They belong to this tab's peer on this device.",
  eraseLead:
    "Deletes this tab's wallet, drafts, settings and stories from this device. What stands in a story stays with its other readers. Without the recovery phrase the wallet is lost.",
} as const;

/** What a hidden tab does. */
export const HIDDEN = [
  ["gentle", "Mine gently"],
  ["same", "Mine as when it is seen"],
  ["off", "Do not mine"],
] as const;

/** Themes. */
export const THEMES = [
  ["system", "As the device"],
  ["light", "Light"],
  ["dark", "Dark"],
] as const;
