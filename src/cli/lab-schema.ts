/**
 * `lab schema`: every key that a scenario may have.
 *
 * @module
 */
import { SCHEMA_HELP } from "../lab/scenario/schema-help.ts";
import { type Output, writeResult } from "./output.ts";

/** Prints path, type, default and meaning of each key. */
export function labSchema(options: { readonly json: boolean }, output: Output): void {
  const entries = SCHEMA_HELP.map(
    ({ path, type, default: fallback, text }) =>
      `${path}\n  ${type}; default: ${fallback === "" ? "empty" : fallback}\n  ${text}`,
  );
  writeResult(output, options.json, SCHEMA_HELP, entries.join("\n"));
}
