/**
 * A JSON Schema as a short type, for people: `{ block?: id, height?: integer }`. Covers what the method
 * table's schemas turn into; anything else is `any`.
 *
 * @module
 */
import { isRecord } from "./unknowns.ts";

/** Patterns that have a name of their own in the documents. */
const NAMED_PATTERNS: Readonly<Record<string, string>> = {
  "^[0-9a-f]{64}$": "id",
  "^(0|[1-9][0-9]*)$": "decimal",
  "^([0-9a-f]{2})*$": "hex",
};
/** Objects longer than this are set on several lines. */
const MAX_LINE = 60;

/** The type of a schema; `indent` is what stands before the lines of an object. */
export function schemaText(schema: unknown, indent = ""): string {
  if (!isRecord(schema)) return "any";
  if ("const" in schema) return JSON.stringify(schema["const"]);
  const { anyOf, allOf, type } = schema;
  if (Array.isArray(schema["enum"])) {
    return schema["enum"].map((one) => JSON.stringify(one)).join(" | ");
  }
  if (Array.isArray(anyOf)) return anyOf.map((one) => schemaText(one, indent)).join(" | ");
  // Several types without checks of their own are told in one list.
  if (Array.isArray(type)) return type.map(String).join(" | ");
  if (type === "string") return NAMED_PATTERNS[patternOf(schema, allOf)] ?? "string";
  if (type === "array") return arrayText(schema["items"], indent);
  if (type === "object") return objectText(schema, indent);
  return typeof type === "string" ? type : "any";
}

/** A schema with several checks keeps each pattern in an `allOf`. */
function patternOf(schema: Readonly<Record<string, unknown>>, allOf: unknown): string {
  const parts: readonly unknown[] = [schema, ...(Array.isArray(allOf) ? allOf : [])];
  for (const part of parts) {
    const pattern = isRecord(part) ? part["pattern"] : undefined;
    if (typeof pattern === "string") return pattern;
  }
  return "";
}

function arrayText(items: unknown, indent: string): string {
  const item = schemaText(items, indent);
  return item.includes(" | ") ? `(${item})[]` : `${item}[]`;
}

function objectText(schema: Readonly<Record<string, unknown>>, indent: string): string {
  const { properties, required, additionalProperties } = schema;
  if (!isRecord(properties)) {
    return isRecord(additionalProperties)
      ? `{ [name]: ${schemaText(additionalProperties, indent)} }`
      : "{}";
  }
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(([name, field]) => {
    const mark = needed.includes(name) ? "" : "?";
    return `${name}${mark}: ${schemaText(field, inner)}`;
  });
  if (fields.length === 0) return "{}";
  const line = `{ ${fields.join(", ")} }`;
  if (line.length <= MAX_LINE && !line.includes("\n")) return line;
  return `{\n${fields.map((field) => `${inner}${field},\n`).join("")}${indent}}`;
}
