/**
 * Who may call what over the network: everybody reads, writing needs the token of the data folder, and
 * methods that need a person in front of a page do not exist here. Pages of other sites are refused
 * altogether: a browser would lend them the reader's network position.
 *
 * @module
 */
import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { CodedError } from "../kernel/errors.ts";
import { METHOD_SCHEMAS } from "../peer/rpc/methods-schema.ts";
import { openRpcDocument } from "../peer/rpc/openrpc.ts";
import { isMethodName, type RpcEndpoint } from "../peer/rpc/schema.ts";
import type { Call } from "./json-rpc.ts";
import { fieldOf } from "./unknowns.ts";

/** OpenRPC's own method: the document of all others. */
export const DISCOVER_METHOD = "rpc.discover";

/** True when the request carries `Authorization: Bearer <token>`. Compares in constant time. */
export function hasToken(headers: IncomingHttpHeaders, token: string): boolean {
  const given = Buffer.from(headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** True unless a page of another site asks: no `Origin` (a program), or the one of this very address. */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}

/**
 * Calls of one client. Rejects with `unknown-method` {method}, `token-needed` {method}, or what the
 * endpoint rejects with.
 */
export function createCall(endpoint: RpcEndpoint, authorised: boolean): Call {
  return async (method, params) => {
    if (method === DISCOVER_METHOD) {
      const version = fieldOf(await endpoint.request({ method: "get_status" }), "version");
      return openRpcDocument(String(version));
    }
    if (!isMethodName(method) || METHOD_SCHEMAS[method].surface === "page") {
      throw new CodedError("unknown-method", { method });
    }
    if (METHOD_SCHEMAS[method].write && !authorised) {
      throw new CodedError("token-needed", {
        method,
        hint: "send the header Authorization: Bearer <token>; the token is in the data folder, file rpc-token",
      });
    }
    return endpoint.request(params === undefined ? { method } : { method, params });
  };
}
