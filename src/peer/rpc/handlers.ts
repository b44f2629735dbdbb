/**
 * The shape of a handler: one for each method of the table, with parameters after checking.
 *
 * @module
 */
import type * as z from "zod/mini";
import type { PeerCore } from "../peer-core.ts";
import type { METHOD_SCHEMAS } from "./methods-schema.ts";
import type { MethodName, ResultOf } from "./schema.ts";

/** Parameters after checking. */
export type CheckedParams<M extends MethodName> = z.output<(typeof METHOD_SCHEMAS)[M]["params"]>;

/** One handler for each method named. */
export type Handlers<M extends MethodName = MethodName> = {
  readonly [Name in M]: (
    core: PeerCore,
    params: CheckedParams<Name>,
  ) => ResultOf<Name> | Promise<ResultOf<Name>>;
};
