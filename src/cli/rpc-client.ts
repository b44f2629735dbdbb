/**
 * JSON-RPC calls to a running lighthouse, with parameters, results and failures of the method table.
 *
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod/mini";
import { CodedError, type ErrorData, isCoded } from "../kernel/errors.ts";
import { METHOD_SCHEMAS } from "../peer/rpc/methods-schema.ts";
import type { MethodName, ParamsOf, ResultOf } from "../peer/rpc/schema.ts";

/** Whom to call. */
export interface Lighthouse {
  readonly url: string;
  /** Needed for methods that write. */
  readonly token?: string | undefined;
}

const TIMEOUT_MS = 10_000;
/** A lighthouse that is asked too much at once says so; a long export waits for its turn. */
const BUSY_WAIT_MS = 1_000;
const BUSY_ATTEMPTS = 30;

type Message = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Message {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function notFabula(url: string): CodedError {
  return new CodedError("no-answer", { url, reason: "something else than Fabula is there" });
}

const plainValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What may stand in the data of our errors; a lighthouse may send anything. */
function plainData(data: Message): ErrorData {
  const facts: Record<string, z.output<typeof plainValue>> = {};
  for (const [name, value] of Object.entries(data)) {
    const plain = plainValue.safeParse(value);
    if (plain.success) facts[name] = plain.data;
  }
  return facts;
}

/** The error that an answer tells: its stable code where it has one, else `rpc-refused`. */
function failureOf(url: string, error: Message): CodedError {
  const { code, ...data } = isObject(error["data"]) ? error["data"] : {};
  if (typeof code === "string" && /^[a-z0-9-]{1,80}$/.test(code)) {
    return new CodedError(code, { url, ...plainData(data) });
  }
  return new CodedError("rpc-refused", { url, message: String(error["message"]) });
}

async function post({ url, token }: Lighthouse, message: unknown): Promise<unknown> {
  try {
    const response = await fetch(new URL("rpc", url.endsWith("/") ? url : `${url}/`), {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await response.json();
  } catch (cause) {
    throw new CodedError("no-answer", { url, reason: reasonOf(cause) }, { cause });
  }
}

/** The result in one answer of the lighthouse; throws what the answer says. */
function resultOf<M extends MethodName>(url: string, method: M, answer: unknown): ResultOf<M> {
  if (!isObject(answer) || answer["jsonrpc"] !== "2.0") throw notFabula(url);
  if (isObject(answer["error"])) throw failureOf(url, answer["error"]);
  const parsed = z.safeParse(METHOD_SCHEMAS[method].result, answer["result"]);
  if (!parsed.success) throw new CodedError("bad-answer", { url, method });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema of this very method took it
  return parsed.data as ResultOf<M>;
}

async function whenNotBusy<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isCoded(error, "too-many-requests") || attempt === BUSY_ATTEMPTS) throw error;
      await sleep(BUSY_WAIT_MS);
    }
  }
}

/**
 * Calls one method. Rejects with `no-answer` {url, reason} when nobody (or no lighthouse) is there,
 * `bad-answer` {url, method} when the result has another shape, with the lighthouse's own code when it
 * refused the call, or with `rpc-refused` {url, message} when it gave none.
 */
export function callLighthouse<M extends MethodName>(
  lighthouse: Lighthouse,
  method: M,
  params?: ParamsOf<M>,
): Promise<ResultOf<M>> {
  return whenNotBusy(async () => {
    const answer = await post(lighthouse, { jsonrpc: "2.0", id: 1, method, params });
    return resultOf(lighthouse.url, method, answer);
  });
}

/** Calls one method with each of `paramsList` in one batch; results in that order. Rejects as above. */
export function callBatch<M extends MethodName>(
  lighthouse: Lighthouse,
  method: M,
  paramsList: readonly ParamsOf<M>[],
): Promise<readonly ResultOf<M>[]> {
  return whenNotBusy(async () => {
    const calls = paramsList.map((params, id) => ({ jsonrpc: "2.0", id, method, params }));
    const answers = await post(lighthouse, calls);
    // A batch that was refused as a whole has one answer.
    if (!Array.isArray(answers)) return [resultOf(lighthouse.url, method, answers)];
    return calls.map(({ id }) => {
      const answer: unknown = answers.find((one) => isObject(one) && one["id"] === id);
      return resultOf(lighthouse.url, method, answer);
    });
  });
}
