/**
 * What bounds mining from outside: facts that only a page knows.
 *
 * @module
 */

/** Facts that only a page knows. */
export interface Environment {
  readonly hidden: boolean;
  /** null where the browser does not say. */
  readonly onBattery: boolean | null;
}
