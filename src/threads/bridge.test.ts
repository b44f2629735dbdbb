import { describe, expect, it } from "vitest";
import { CodedError } from "../kernel/errors.ts";
import { type Bridge, type BridgePort, createBridge } from "./bridge.ts";

function portPair(): [BridgePort, BridgePort] {
  const handlers: [((message: unknown) => void)?, ((message: unknown) => void)?] = [];
  const side = (own: 0 | 1): BridgePort => ({
    postMessage: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => handlers[own === 0 ? 1 : 0]?.(copy));
    },
    listen: (handler) => {
      handlers[own] = handler;
    },
  });
  return [side(0), side(1)];
}

type Remote = {
  readonly add: (pair: { a: number; b: number }) => number;
  readonly refuse: (nothing: null) => never;
  readonly break: (nothing: null) => never;
  readonly hang: (nothing: null) => Promise<never>;
};

function connect(): Bridge<Remote> {
  const [here, there] = portPair();
  createBridge(there, {
    add: ({ a, b }: { a: number; b: number }) => a + b,
    refuse: () => {
      throw new CodedError("no-draft", { height: 3 });
    },
    break: () => {
      throw new TypeError("x is undefined");
    },
    hang: () => new Promise(() => {}),
  });
  return createBridge<Remote>(here, {});
}

describe("bridge between threads", () => {
  it("calls and answers", async () => {
    expect(await connect().call("add", { a: 2, b: 3 })).toBe(5);
  });

  it("carries an error as code and payload", async () => {
    await expect(connect().call("refuse", null)).rejects.toMatchObject({
      code: "no-draft",
      data: { height: 3 },
    });
  });

  it("turns an unexpected throw into the code `internal`", async () => {
    await expect(connect().call("break", null)).rejects.toMatchObject({ code: "internal" });
  });

  it("refuses names that the other side does not serve, inherited ones too", async () => {
    const bridge = connect();
    await expect(bridge.call("toString" as "refuse", null)).rejects.toMatchObject({
      code: "unknown-call",
    });
  });

  it("fails every waiting call when the other side is gone", async () => {
    const bridge = connect();
    const waiting = bridge.call("hang", null);
    bridge.fail("crashed");
    await expect(waiting).rejects.toMatchObject({
      code: "thread-gone",
      data: { reason: "crashed" },
    });
    await expect(bridge.call("add", { a: 1, b: 1 })).rejects.toMatchObject({ code: "thread-gone" });
  });
});
