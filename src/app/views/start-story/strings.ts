/**
 * Words of the form that starts a story.
 *
 * @module
 */

/** Fixed words. */
export const START = {
  title: "Start a story",
  lead: "A title, a premise, a pace: they become the first block, and nobody can change them afterwards. Then you send the link.",
} as const;

/** The offered paces; `custom` is typed. */
export const PACES = [
  { paceMs: 15_000, name: "Sprint", hint: "15 seconds; for a class or a party" },
  { paceMs: 60_000, name: "Standard", hint: "a minute; for tabs that stay open" },
  { paceMs: 600_000, name: "Slow", hint: "10 minutes; for days and weeks" },
] as const;

/** Languages offered by name; others can be typed as a tag. */
export const LANGUAGES: readonly (readonly [tag: string, name: string])[] = [
  ["en", "English"],
  ["de", "Deutsch"],
  ["es", "Español"],
  ["fr", "Français"],
  ["it", "Italiano"],
  ["nl", "Nederlands"],
  ["pl", "Polski"],
  ["pt", "Português"],
  ["tr", "Türkçe"],
  ["uk", "Українська"],
  ["ja", "日本語"],
  ["zh", "中文"],
];

/** Who the story is for. */
export const RATINGS = [
  ["everyone", "Everyone"],
  ["teen", "Teens and adults"],
  ["mature", "Adults"],
] as const;
