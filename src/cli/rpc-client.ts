/**
 * One JSON-RPC call to a running lighthouse.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";

const TIMEOUT_MS = 5_000;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/**
 * Calls `method` at `url`. Rejects with `no-answer` {url, reason} when nobody (or no lighthouse) is
 * there, `rpc-refused` {url, message} when the call was refused.
 */
export async function callLighthouse(url: string, method: string): Promise<unknown> {
  let answer: unknown;
  try {
    const response = await fetch(new URL("rpc", url.endsWith("/") ? url : `${url}/`), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    answer = await response.json();
  } catch (cause) {
    throw new CodedError("no-answer", { url, reason: reasonOf(cause) }, { cause });
  }
  if (!isObject(answer) || answer["jsonrpc"] !== "2.0") {
    throw new CodedError("no-answer", { url, reason: "something else than Fabula is there" });
  }
  if (isObject(answer["error"])) {
    throw new CodedError("rpc-refused", { url, message: String(answer["error"]["message"]) });
  }
  return answer["result"];
}
