/**
 * JSON-RPC 2.0 over text, as strict as its specification: one message or batch in, at most one out.
 * Knows nothing of methods; a failure of a call becomes an error whose `data.code` is our stable code.
 *
 * | code   | meaning                                                             |
 * |--------|---------------------------------------------------------------------|
 * | −32700 | not JSON                                                            |
 * | −32600 | not a request, an empty or too large batch                          |
 * | −32601 | no such method here                                                 |
 * | −32602 | parameters that the method's schema refuses                         |
 * | −32603 | a fault of ours                                                     |
 * | −32000 | the method refused: `message` and `data.code` are its code          |
 * | −32001 | a write without the token                                           |
 * | −32005 | too many calls                                                      |
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";
import { isRecord } from "./unknowns.ts";

/** Error codes of JSON-RPC 2.0 and ours. */
export const RPC_CODE = {
  parse: -32_700,
  request: -32_600,
  method: -32_601,
  params: -32_602,
  internal: -32_603,
  refused: -32_000,
  token: -32_001,
  rate: -32_005,
} as const;

/** Runs one call; rejects with a `CodedError`. */
export type Call = (method: string, params: unknown) => Promise<unknown>;

/** What a transport needs for each message. */
export interface RpcContext {
  readonly call: Call;
  readonly maxBatch: number;
  /** Asked once with the number of calls of a message; false refuses all of it. */
  readonly admit: (calls: number) => boolean;
}

type Id = string | number | null;

interface Request {
  readonly method: string;
  readonly params: unknown;
  /** `undefined` marks a notification. */
  readonly id: Id | undefined;
}

const CODES: Readonly<Record<string, number>> = {
  "unknown-method": RPC_CODE.method,
  "bad-params": RPC_CODE.params,
  "token-needed": RPC_CODE.token,
  "too-many-requests": RPC_CODE.rate,
};

function failure(id: Id, code: number, message: string, data?: object): object {
  return { jsonrpc: "2.0", error: { code, message, ...(data && { data }) }, id };
}

function failureFrom(id: Id, reason: unknown): object {
  if (!(reason instanceof CodedError)) return failure(id, RPC_CODE.internal, "internal error");
  const data = { code: reason.code, ...reason.data };
  return failure(id, CODES[reason.code] ?? RPC_CODE.refused, reason.code, data);
}

function isId(value: unknown): value is Id {
  return value === null || typeof value === "string" || Number.isFinite(value);
}

/** A request from a parsed message; `undefined` when it is none. */
function requestFrom(message: unknown): Request | undefined {
  if (!isRecord(message) || message["jsonrpc"] !== "2.0") return undefined;
  const { method, params, id } = message;
  if (typeof method !== "string" || method.length > 100) return undefined;
  if (params !== undefined && (typeof params !== "object" || params === null)) return undefined;
  if (id !== undefined && !isId(id)) return undefined;
  return { method, params, id };
}

async function answerOne(message: unknown, call: Call): Promise<object | undefined> {
  const request = requestFrom(message);
  if (!request) return failure(null, RPC_CODE.request, "not a JSON-RPC 2.0 request");
  const { method, params, id } = request;
  try {
    if (Array.isArray(params)) {
      throw new CodedError("bad-params", {
        method,
        path: "",
        problem: "name the parameters in an object",
      });
    }
    const result = await call(method, params);
    return id === undefined ? undefined : { jsonrpc: "2.0", result: result ?? null, id };
  } catch (error) {
    return id === undefined ? undefined : failureFrom(id, error);
  }
}

/** Answers one message or batch; `undefined` when it holds only notifications. Never rejects. */
export async function answerJsonRpc(
  text: string,
  context: RpcContext,
): Promise<string | undefined> {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return JSON.stringify(failure(null, RPC_CODE.parse, "not JSON"));
  }
  const batch: readonly unknown[] = Array.isArray(message) ? message : [message];
  if (batch.length === 0 || batch.length > context.maxBatch) {
    const reason = batch.length === 0 ? "an empty batch" : `more than ${context.maxBatch} calls`;
    return JSON.stringify(failure(null, RPC_CODE.request, reason));
  }
  if (!context.admit(batch.length)) {
    return JSON.stringify(failureFrom(null, new CodedError("too-many-requests")));
  }
  const answers: object[] = [];
  // One after another: a batch is a script, and its writes mean their order.
  for (const one of batch) {
    const answer = await answerOne(one, context.call);
    if (answer) answers.push(answer);
  }
  if (answers.length === 0) return undefined;
  return JSON.stringify(Array.isArray(message) ? answers : answers[0]);
}

/** A notification to a subscriber. */
export function notification(method: string, params: object): string {
  return JSON.stringify({ jsonrpc: "2.0", method, params });
}
