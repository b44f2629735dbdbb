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

function jsonSchema(schema: z.ZodMiniType, io: "input" | "output"): Json {
  const described = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  // Each schema is part of one document; the dialect is said once, by OpenRPC itself.
  const { $schema: _dialect, ...rest } = described;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- zod answers plain JSON
  return rest as Json;
}

/** Builds the document; parameters are by name, in one object. */
export function openRpcDocument(version: string): Json {
  return {
    openrpc: "1.3.2",
    info: {
      title: "Fabula",
      version,
      description: `Methods of a Fabula peer, the same in the page (window.fabula.request), over HTTP (/rpc), over WebSocket (/ws) and on the command line. Amounts are decimal strings of micro-units, work is a decimal string, times are milliseconds since the Unix epoch, ids and keys are 64 lower-case hex digits. A failure carries a stable code. Events: ${EVENT_NAMES.join(", ")}.`,
      license: { name: "MIT" },
    },
    methods: Object.entries(METHOD_SCHEMAS).map(([name, method]) => {
      const params = method.params as z.ZodMiniType;
      const optional = params.safeParse(undefined).success;
      return {
        name,
        description: method.description,
        paramStructure: "by-name",
        params: [
          {
            name: "params",
            description: optional ? "One object; may be left out." : "One object.",
            required: !optional,
            schema: jsonSchema(params, "input"),
          },
        ],
        result: { name: "result", schema: jsonSchema(method.result, "output") },
        // Over HTTP and WebSocket these need the lighthouse's token.
        "x-write": method.write,
        // `page`: only where a person sits in front of it.
        "x-surface": method.surface,
      };
    }),
  };
}

/** The document as the file `docs/openrpc.json` and the route `/openrpc.json` hold it. */
export function openRpcText(version: string): string {
  return `${JSON.stringify(openRpcDocument(version), null, 2)}\n`;
}
