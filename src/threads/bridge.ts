/**
 * A typed, symmetric bridge over one message port: each side serves an interface and calls the
 * other's. Own code rather than comlink because errors must cross as code and payload (not as text),
 * and because a thread that dies must fail its callers instead of leaving them waiting.
 *
 * @module
 */
import { CodedError, type ErrorData } from "../kernel/errors.ts";

/** Anything like a Worker or MessagePort. */
export interface BridgePort {
  postMessage(message: unknown): void;
  listen(handler: (message: unknown) => void): void;
}

/** Functions of one argument that the other side can call; values must survive structured clone. */
export type Api = Readonly<Record<string, (argument: never) => unknown>>;

type Argument<F> = F extends (argument: infer A) => unknown ? A : never;
type Answer<F> = F extends (argument: never) => infer R ? Awaited<R> : never;

/** Calls into the other side. */
export interface Bridge<Remote extends Api> {
  /** Calls and waits; rejects with the other side's `CodedError`, or `thread-gone` after `fail`. */
  call<Name extends keyof Remote & string>(
    name: Name,
    argument: Argument<Remote[Name]>,
  ): Promise<Answer<Remote[Name]>>;
  /** Calls without waiting; what it throws is lost. */
  notify<Name extends keyof Remote & string>(name: Name, argument: Argument<Remote[Name]>): void;
  /** The other side is gone: every waiting call fails with `thread-gone` {reason}. */
  fail(reason: string): void;
}

type Message =
  | {
      readonly kind: "call";
      readonly id: number;
      readonly name: string;
      readonly argument: unknown;
    }
  | { readonly kind: "notify"; readonly name: string; readonly argument: unknown }
  | { readonly kind: "result"; readonly id: number; readonly value: unknown }
  | {
      readonly kind: "error";
      readonly id: number;
      readonly code: string;
      readonly data: ErrorData;
    };

function isMessage(value: unknown): value is Message {
  return typeof value === "object" && value !== null && "kind" in value;
}

function errorMessage(id: number, reason: unknown): Message {
  if (reason instanceof CodedError)
    return { kind: "error", id, code: reason.code, data: reason.data };
  const detail = reason instanceof Error ? reason.message : String(reason);
  return { kind: "error", id, code: "internal", data: { detail: detail.slice(0, 300) } };
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: CodedError) => void;
}

/** Connects a port: `local` answers the other side's calls. */
export function createBridge<Remote extends Api>(port: BridgePort, local: Api): Bridge<Remote> {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let gone: string | null = null;

  const run = async (name: string, argument: unknown): Promise<unknown> => {
    const handler = Object.hasOwn(local, name) ? local[name] : undefined;
    if (handler === undefined) throw new CodedError("unknown-call", { name });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the other side was typed by the same contract
    return (handler as (value: unknown) => unknown)(argument);
  };

  const answer = (id: number, name: string, argument: unknown): void => {
    run(name, argument)
      .then((value) => port.postMessage({ kind: "result", id, value } satisfies Message))
      .catch((reason: unknown) => port.postMessage(errorMessage(id, reason)));
  };

  const settle = (id: number): Waiting | undefined => {
    const entry = waiting.get(id);
    waiting.delete(id);
    return entry;
  };

  port.listen((message) => {
    if (!isMessage(message)) return;
    switch (message.kind) {
      case "call":
        answer(message.id, message.name, message.argument);
        break;
      case "notify":
        run(message.name, message.argument).catch(() => {});
        break;
      case "result":
        settle(message.id)?.resolve(message.value);
        break;
      case "error":
        settle(message.id)?.reject(new CodedError(message.code, message.data));
        break;
    }
  });

  return {
    call(name, argument) {
      return new Promise((resolve, reject) => {
        if (gone !== null) {
          reject(new CodedError("thread-gone", { reason: gone }));
          return;
        }
        const id = nextId++;
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each id is answered with the type it was asked for
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        port.postMessage({ kind: "call", id, name, argument } satisfies Message);
      });
    },
    notify(name, argument) {
      if (gone === null) port.postMessage({ kind: "notify", name, argument } satisfies Message);
    },
    fail(reason) {
      gone = reason;
      for (const entry of waiting.values()) entry.reject(new CodedError("thread-gone", { reason }));
      waiting.clear();
    },
  };
}
