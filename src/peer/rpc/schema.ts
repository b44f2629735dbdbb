/**
 * The one table of methods and events (the only way in): the app, `window.fabula`, the lighthouse's
 * HTTP and WebSocket and the command line all go through it. Shapes are zod schemas, so that inputs
 * are checked and the OpenRPC document is generated from the same source.
 *
 * Conventions: amounts are decimal strings of micro-units, work is a decimal string, times are
 * milliseconds since the Unix epoch, ids and keys are 64 lower-case hex digits.
 *
 * @module
 */
import type * as z from "zod/mini";
import type { EventName, FabulaEvents } from "./events.ts";
import { METHOD_SCHEMAS } from "./methods-schema.ts";

/** Every method by name. */
export type MethodName = keyof typeof METHOD_SCHEMAS;
/** Parameters a caller passes to `M`. */
export type ParamsOf<M extends MethodName> = z.input<(typeof METHOD_SCHEMAS)[M]["params"]>;
/** What `M` resolves to. */
export type ResultOf<M extends MethodName> = z.output<(typeof METHOD_SCHEMAS)[M]["result"]>;

/** A call in the shape of EIP-1193's `request`. */
export interface RpcCall {
  readonly method: string;
  readonly params?: unknown;
}

/** The untyped endpoint that transports carry. Rejects with `CodedError`. */
export interface RpcEndpoint {
  request(call: RpcCall): Promise<unknown>;
  /** Listens to one event; returns the function that stops listening. */
  on(event: string, listener: (data: unknown) => void): () => void;
}

/** The same endpoint with types, for callers in TypeScript. */
export interface FabulaClient {
  request<M extends MethodName>(
    call: undefined extends ParamsOf<M>
      ? { readonly method: M; readonly params?: ParamsOf<M> }
      : { readonly method: M; readonly params: ParamsOf<M> },
  ): Promise<ResultOf<M>>;
  on<E extends EventName>(event: E, listener: (data: FabulaEvents[E]) => void): () => void;
}

/** True for a method of the table. */
export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(METHOD_SCHEMAS, name);
}
