import { describe, expect, it } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import { answerJsonRpc, type Call, RPC_CODE } from "./json-rpc.ts";

const call: Call = async (method, params) => {
  if (method === "echo") return params;
  if (method === "nothing") return undefined;
  if (method === "refuse") throw new CodedError("resting", { untilMs: 5 });
  if (method === "params") throw new CodedError("bad-params", { path: "text" });
  if (method === "token") throw new CodedError("token-needed");
  if (method === "fault") throw new TypeError("secret detail");
  throw new CodedError("unknown-method", { method });
};

async function ask(
  message: unknown,
  admit: (calls: number) => boolean = () => true,
): Promise<unknown> {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  const answer = await answerJsonRpc(text, { call, maxBatch: 3, admit });
  return answer === undefined ? undefined : JSON.parse(answer);
}

const request = (method: string, id: unknown = 1, params?: unknown) => ({
  jsonrpc: "2.0",
  id,
  method,
  ...(params === undefined ? {} : { params }),
});

describe("answerJsonRpc", () => {
  it("answers a call under its own id", async () => {
    expect(await ask(request("echo", "a", { x: [1] }))).toEqual({
      jsonrpc: "2.0",
      result: { x: [1] },
      id: "a",
    });
    expect(await ask(request("nothing", null))).toEqual({ jsonrpc: "2.0", result: null, id: null });
  });

  it.each([
    ["{", RPC_CODE.parse],
    ["", RPC_CODE.parse],
    ["1", RPC_CODE.request],
    ['"x"', RPC_CODE.request],
    ["null", RPC_CODE.request],
    ["[]", RPC_CODE.request],
    ['{"jsonrpc":"1.0","method":"echo","id":1}', RPC_CODE.request],
    ['{"method":"echo","id":1}', RPC_CODE.request],
    ['{"jsonrpc":"2.0","method":1,"id":1}', RPC_CODE.request],
    ['{"jsonrpc":"2.0","method":"echo","params":"x","id":1}', RPC_CODE.request],
    ['{"jsonrpc":"2.0","method":"echo","id":{}}', RPC_CODE.request],
    [JSON.stringify(request("echo", 1, [1])), RPC_CODE.params],
    [JSON.stringify(request("params")), RPC_CODE.params],
    [JSON.stringify(request("absent")), RPC_CODE.method],
    [JSON.stringify(request("refuse")), RPC_CODE.refused],
    [JSON.stringify(request("token")), RPC_CODE.token],
    [JSON.stringify(request("fault")), RPC_CODE.internal],
  ])("refuses %s with %i", async (text, code) => {
    expect(await ask(text)).toMatchObject({ jsonrpc: "2.0", error: { code } });
  });

  it("carries our code and its data, and tells nothing of a fault inside", async () => {
    expect(await ask(request("refuse", 7))).toEqual({
      jsonrpc: "2.0",
      error: {
        code: RPC_CODE.refused,
        message: "resting",
        data: { code: "resting", untilMs: 5 },
      },
      id: 7,
    });
    expect(JSON.stringify(await ask(request("fault")))).not.toContain("secret");
  });

  it("stays silent about notifications, also about their failures", async () => {
    const { id: _, ...notification } = request("echo");
    expect(await ask(notification)).toBeUndefined();
    expect(await ask({ ...notification, method: "absent" })).toBeUndefined();
    expect(await ask([notification, notification])).toBeUndefined();
    expect(await ask([notification, request("echo", 2, {})])).toEqual([
      { jsonrpc: "2.0", result: {}, id: 2 },
    ]);
  });

  it("answers a batch in order, with one error for each bad member", async () => {
    const answers = await ask([1, request("echo", 1, { a: 1 }), request("absent", 2)]);
    expect(answers).toMatchObject([
      { error: { code: RPC_CODE.request }, id: null },
      { result: { a: 1 }, id: 1 },
      { error: { code: RPC_CODE.method }, id: 2 },
    ]);
  });

  it("refuses a batch above the cap, and one that the rate does not admit, without calling", async () => {
    const many = [1, 2, 3, 4].map((id) => request("echo", id));
    expect(await ask(many)).toMatchObject({ error: { code: RPC_CODE.request }, id: null });
    const seen: number[] = [];
    const refuse = (calls: number): boolean => {
      seen.push(calls);
      return false;
    };
    expect(await ask(many.slice(0, 3), refuse)).toMatchObject({ error: { code: RPC_CODE.rate } });
    expect(seen).toEqual([3]);
  });
});
