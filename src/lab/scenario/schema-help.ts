/**
 * Help on every key of a configuration, out of the schema that checks it.
 *
 * @module
 */
import type { Field, Reader } from "./reader.ts";
import { configurationReader } from "./schema.ts";

/** Help on one key. */
export interface SchemaHelp {
  /** Such as `lab.phases[].at`; `<agent>` stands for an agent's id. */
  readonly path: string;
  readonly type: string;
  /** As it would be written, or in words; `required` where there is none. */
  readonly default: string;
  readonly text: string;
}

function defaultOf(field: Field<unknown>): string {
  if (field.isRequired === true) return "required";
  return field.otherwise ?? field.default ?? "";
}

function helpOn(reader: Reader<unknown>, path: string): SchemaHelp[] {
  const own = Object.entries(reader.fields ?? {}).flatMap(([key, field]) => {
    const inner = path === "" ? key : `${path}.${key}`;
    const { text, reader } = field;
    return [
      { path: inner, type: reader.type, default: defaultOf(field), text },
      ...helpOn(reader, inner),
    ];
  });
  const { inside } = reader;
  return inside === undefined ? own : [...own, ...helpOn(inside.reader, `${path}${inside.suffix}`)];
}

/** Every key, in the order of the schema. */
export const SCHEMA_HELP: readonly SchemaHelp[] = helpOn(configurationReader, "");
