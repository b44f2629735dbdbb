/**
 * One place that turns what engines throw into the store's coded errors (STO-4), refuses work on a
 * closed store, and puts a time limit on everything. The three implementations differ in their
 * engines only, never in how they fail.
 *
 * After `store-timeout` of a write its outcome is unknown: IndexedDB's transaction is aborted, LevelDB
 * may still finish; opening the store again tells.
 *
 * @module
 */
import { CodedError } from "../kernel/errors.ts";
import { type TimeLimits, withTimeout } from "./timeouts.ts";

/** Runs a store's operations while it is open. */
export interface Guard {
  /** Runs `work` under a time limit; rejects with a `store-…` code only, `store-closed` after `close`. */
  run<T>(operation: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Refuses everything from now on; false when it was closed already. */
  close(reason: string): boolean;
}

/** A `store-newer-schema` {found, known}: the data belong to a newer version of the program (STO-2). */
export function newerSchemaError(found: number | null, known: number): CodedError {
  return new CodedError("store-newer-schema", { found, known });
}

interface ErrorFacts {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly cause: unknown;
}

function factsFromError(error: unknown): ErrorFacts {
  if (typeof error !== "object" || error === null) {
    return { name: "", code: "", message: String(error), cause: undefined };
  }
  const text = (field: "name" | "code" | "message"): string => {
    const value: unknown = Reflect.get(error, field);
    return typeof value === "string" ? value : "";
  };
  return {
    name: text("name"),
    code: text("code"),
    message: text("message"),
    cause: Reflect.get(error, "cause"),
  };
}

/** LevelDB reports a full disk only as text inside an I/O error. */
const DISK_FULL = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i;

function codeFromFacts({ name, code, message }: ErrorFacts): string | undefined {
  if (name === "QuotaExceededError" || DISK_FULL.test(`${code} ${message}`)) return "store-full";
  if (code === "LEVEL_LOCKED") return "store-blocked";
  return undefined;
}

/** The coded error for anything an engine threw; errors that have a `store-…` code stay as they are. */
export function storeErrorFrom(operation: string, error: unknown): CodedError {
  if (error instanceof CodedError && error.code.startsWith("store-")) return error;
  const reasons: string[] = [];
  // classic-level hides why a database did not open in a chain of causes.
  for (let current = error; current !== undefined && reasons.length < 5; ) {
    const facts = factsFromError(current);
    const code = codeFromFacts(facts);
    if (code !== undefined) return new CodedError(code, { operation }, { cause: error });
    reasons.push(`${facts.code || facts.name}: ${facts.message}`.slice(0, 300));
    current = facts.cause;
  }
  return new CodedError(
    "store-failed",
    { operation, reason: reasons.join("; ") },
    { cause: error },
  );
}

/** A guard for one open store; without limits (memory) nothing is timed. */
export function createGuard(limits?: TimeLimits): Guard {
  let closed: string | undefined;
  return {
    async run(operation, work) {
      if (closed !== undefined) throw new CodedError("store-closed", { operation, reason: closed });
      try {
        if (!limits) return await work(new AbortController().signal);
        return await withTimeout(operation, limits.timer, limits.operationTimeoutMs, work);
      } catch (error) {
        throw storeErrorFrom(operation, error);
      }
    },
    close(reason) {
      if (closed !== undefined) return false;
      closed = reason;
      return true;
    },
  };
}
