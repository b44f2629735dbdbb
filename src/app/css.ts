/**
 * Joins class names; CSS Modules give `string | undefined`, and conditions give `false`.
 *
 * @module
 */

/** The given names that are not empty, separated by spaces. */
export function cls(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
