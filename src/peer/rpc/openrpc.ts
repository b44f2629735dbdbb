/**
 * The OpenRPC document of the method table, generated from the schemas so that it cannot drift.
 *
 * @module
 */
import * as z from "zod/mini";
import { EVENT_NAMES } from "./events.ts";
import { METHOD_SCHEMAS } from "./methods-schema.ts";

/** A JSON value. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };

function jsonSchema(schema: z.ZodMiniType): Json {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json;
}

/** Builds the document; parameters are by name, in one object. */
export function openRpcDocument(version: string): Json {
  return {
    openrpc: "1.3.2",
    info: {
      title: "Fabula",
      version,
      description: `Methods of a Fabula peer, the same in the page (window.fabula.request), over HTTP (/rpc), over WebSocket (/ws) and on the command line. Events: ${EVENT_NAMES.join(", ")}.`,
    },
    methods: Object.entries(METHOD_SCHEMAS).map(([name, method]) => ({
      name,
      description: method.description,
      paramStructure: "by-name",
      params: [{ name: "params", schema: jsonSchema(method.params as z.ZodMiniType) }],
      result: { name: "result", schema: jsonSchema(method.result as z.ZodMiniType) },
      "x-write": method.write,
      "x-surface": method.surface,
    })),
  };
}
