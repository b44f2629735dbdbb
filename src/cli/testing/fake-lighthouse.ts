/**
 * A lighthouse that is a table of answers, in the place of `fetch`, for tests of what the commands ask and
 * believe.
 *
 * @module
 */
import { vi } from "vitest";

type Params = Readonly<Record<string, unknown>>;

/** Answers by method; one with an `error` is sent as the error. Other methods are unknown. */
export type Answers = Readonly<Record<string, (params: Params) => unknown>>;

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: Params;
}

/** A message that was sent, with its headers. */
export interface Asked {
  readonly headers: Headers;
  readonly body: string;
}

/** An answer that refuses, with what stands in the error's `data`. */
export function refusal(data: object): object {
  return { error: { code: -32_000, message: "no", data } };
}

/** Puts the answers in the place of `fetch` and returns the list of what is asked from now on. */
export function answerWith(answers: Answers): readonly Asked[] {
  const asked: Asked[] = [];
  const answerOne = ({ id, method, params }: Call): object => {
    const answer = answers[method]?.(params) ?? refusal({ code: "unknown-method", method });
    const isError = typeof answer === "object" && "error" in answer;
    return { jsonrpc: "2.0", id, ...(isError ? answer : { result: answer }) };
  };
  vi.stubGlobal("fetch", async (url: URL, init: RequestInit) => {
    const request = new Request(url, init);
    const body = await request.text();
    asked.push({ headers: request.headers, body });
    const calls: Call | Call[] = JSON.parse(body);
    // A lighthouse may answer a batch in any order.
    return Response.json(Array.isArray(calls) ? calls.map(answerOne).reverse() : answerOne(calls));
  });
  return asked;
}
