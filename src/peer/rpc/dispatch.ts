/**
 * Turns a call into a handler's result: known method, checked parameters, coded errors.
 *
 * @module
 */
import * as z from "zod/mini";
import { CodedError } from "../../kernel/errors.ts";
import type { PeerCore } from "../peer-core.ts";
import type { Handlers } from "./handlers.ts";
import { chainMethods } from "./methods/chain-methods.ts";
import { miningMethods } from "./methods/mining-methods.ts";
import { paymentMethods } from "./methods/payment-methods.ts";
import { storyMethods } from "./methods/story-methods.ts";
import { transactionMethods } from "./methods/transaction-methods.ts";
import { walletMethods } from "./methods/wallet-methods.ts";
import { METHOD_SCHEMAS } from "./methods-schema.ts";
import { isMethodName, type RpcCall } from "./schema.ts";

const HANDLERS: Handlers = {
  ...chainMethods,
  ...storyMethods,
  ...miningMethods,
  ...walletMethods,
  ...transactionMethods,
  ...paymentMethods,
};

/** Runs a call; rejects with `unknown-method`, `bad-params` {path, problem} or the method's own codes. */
export async function dispatch(core: PeerCore, call: RpcCall): Promise<unknown> {
  const { method } = call;
  if (!isMethodName(method))
    throw new CodedError("unknown-method", { method: method.slice(0, 60) });
  const parsed = z.safeParse(METHOD_SCHEMAS[method].params, call.params);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new CodedError("bad-params", {
      method,
      path: issue?.path.join(".") ?? "",
      problem: issue?.message ?? "invalid",
    });
  }
  // The table pairs each schema with its handler; TypeScript cannot follow the pair through a union.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table pairs each schema with its handler
  const handler = HANDLERS[method] as (core: PeerCore, params: unknown) => unknown;
  return handler(core, parsed.data);
}
