/**
 * A peer without a chain, for tests of the public port: answers a few methods and can emit events.
 *
 * @module
 */
import { CodedError } from "../../kernel/errors.ts";
import type { RpcCall, RpcEndpoint } from "../../peer/rpc/schema.ts";

/** The endpoint, what was called on it, and a way to make events. */
export interface FakeEndpoint {
  readonly endpoint: RpcEndpoint;
  readonly calls: RpcCall[];
  emit(event: string, data: unknown): void;
  listenerCount(): number;
  /** While set, every call rejects with it. */
  fault: Error | undefined;
}

/** Creates a fake; its tip has height 7. */
export function createFakeEndpoint(): FakeEndpoint {
  const listeners = new Map<string, Set<(data: unknown) => void>>();
  const answers: Readonly<Record<string, unknown>> = {
    get_tip: { hash: "ab".repeat(32), height: 7 },
    get_genesis: { title: "A story", encoded: "00ff" },
    metrics: { text: "fabula_fake 1\n" },
    stop_mining: { active: false },
    get_status: { version: "9.9.9" },
    get_canon: { paragraphs: [], total: 0 },
  };
  const fake: FakeEndpoint = {
    calls: [],
    fault: undefined,
    endpoint: {
      async request(call) {
        fake.calls.push(call);
        if (fake.fault !== undefined) throw fake.fault;
        const answer = answers[call.method];
        if (answer === undefined) throw new CodedError("bad-params", { method: call.method });
        return answer;
      },
      on(event, listener) {
        const here = listeners.get(event) ?? new Set();
        listeners.set(event, here.add(listener));
        return () => here.delete(listener);
      },
    },
    emit(event, data) {
      for (const listener of listeners.get(event) ?? []) listener(data);
    },
    listenerCount: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
  return fake;
}
