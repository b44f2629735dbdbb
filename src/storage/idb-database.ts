/**
 * Opens, migrates, reads, writes and deletes one IndexedDB database; both IndexedDB stores stand on it.
 *
 * Several tabs may hold connections to one database, so all of its signals are answered: `blocked`
 * waits a while and then says so; `versionchange` (another tab upgrades or erases) closes this
 * connection at once, or that tab would hang; an abnormal `close` (site data cleared, disk lost) turns
 * later work into `store-closed`. Writes are strict: they resolve when the data are on the disk.
 *
 * The factory is injected, which `openDB` of idb cannot do; its `wrap` makes the promises.
 *
 * @module
 */
import { type IDBPDatabase, type IDBPTransaction, unwrap, wrap } from "idb";
import { CodedError } from "../kernel/errors.ts";
import { createGuard, newerSchemaError, storeErrorFrom } from "./guard.ts";
import { abortQuietly, migrateOnUpgrade } from "./idb-upgrade.ts";
import { type Schema, schemaVersion } from "./schema.ts";
import { DEFAULT_TIME_LIMITS, type TimeLimits, withTimeout } from "./timeouts.ts";

/** Where an IndexedDB store lives; by default the platform's factory and generous limits. */
export interface IdbOptions {
  readonly name: string;
  readonly indexedDB?: IDBFactory | undefined;
  readonly limits?: TimeLimits;
}

/** A transaction that only reads. */
export type ReadTransaction = IDBPTransaction<unknown, string[], "readonly">;
/** A transaction that writes. */
export type WriteTransaction = IDBPTransaction<unknown, string[], "readwrite">;

/** One open database. */
export interface IdbDatabase {
  read<T>(
    operation: string,
    tables: string[],
    work: (transaction: ReadTransaction) => Promise<T>,
  ): Promise<T>;
  /**
   * Runs `work` in one strict transaction, committed when this resolves; anything that fails in it
   * takes all of it back. `work` may await nothing but requests of the transaction.
   */
  write<T>(
    operation: string,
    tables: string[],
    work: (transaction: WriteTransaction) => Promise<T>,
  ): Promise<T>;
  /** Runs something beside transactions under the same limits and error codes. */
  run<T>(operation: string, work: () => Promise<T>): Promise<T>;
  close(): void;
  erase(): Promise<void>;
}

/** The given factory or the platform's; throws `store-failed` where there is none. */
export function idbFactory(given: IDBFactory | undefined): IDBFactory {
  if (given) return given;
  if (!("indexedDB" in globalThis)) {
    const reason = "IndexedDB is not available here (a private window, or not a browser)";
    throw new CodedError("store-failed", { operation: "open", reason });
  }
  return globalThis.indexedDB;
}

/** Rejects with `store-blocked` when other connections keep `request` waiting for too long. */
function rejectWhenBlocked(
  request: IDBOpenDBRequest,
  operation: string,
  limits: TimeLimits,
  signal: AbortSignal,
): Promise<never> {
  return new Promise((_resolve, reject) => {
    request.addEventListener("blocked", () => {
      const stop = limits.timer.start(limits.blockedTimeoutMs, () => {
        reject(new CodedError("store-blocked", { operation }));
      });
      const finish = (): void => stop();
      request.addEventListener("success", finish);
      request.addEventListener("error", finish);
      signal.addEventListener("abort", finish);
    });
  });
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}

/** idb's types leave room for a database that was deleted at once; an open request always has one. */
async function openedBy(request: IDBOpenDBRequest): Promise<IDBPDatabase> {
  const database = await wrap(request);
  if (!database) throw new CodedError("store-closed", { operation: "open", reason: "deleted" });
  return database;
}

/** The version of an existing database, without opening it; `null` where the platform does not say. */
async function versionOf(factory: IDBFactory, name: string): Promise<number | null> {
  const databases = await factory.databases();
  return databases.find((database) => database.name === name)?.version ?? null;
}

async function openConnection(
  options: IdbOptions,
  schema: Schema,
  limits: TimeLimits,
): Promise<IDBPDatabase> {
  const factory = idbFactory(options.indexedDB);
  const known = schemaVersion(schema);
  return withTimeout("open", limits.timer, limits.openTimeoutMs, async (signal, extend) => {
    const request = factory.open(options.name, known);
    request.addEventListener("upgradeneeded", ({ oldVersion }) => {
      if (oldVersion > 0) extend(limits.migrationTimeoutMs);
    });
    const migrationFailure = migrateOnUpgrade(request, schema);
    let givenUp = false;
    const opened = openedBy(request).then((database) => {
      // It came after all, too late: an abandoned connection would block the next upgrade.
      if (givenUp || signal.aborted) database.close();
      return database;
    });
    try {
      return await Promise.race([opened, rejectWhenBlocked(request, "open", limits, signal)]);
    } catch (error) {
      givenUp = true;
      if (isNamed(error, "VersionError")) {
        throw newerSchemaError(await versionOf(factory, options.name), known);
      }
      const cause = migrationFailure();
      throw cause === undefined ? error : storeErrorFrom("migrate", cause);
    }
  });
}

/** Deletes a database, whether it exists or not; `store-blocked` when another tab holds on to it. */
export async function deleteIdbDatabase(
  factory: IDBFactory,
  name: string,
  limits: TimeLimits = DEFAULT_TIME_LIMITS,
): Promise<void> {
  try {
    await withTimeout("erase", limits.timer, limits.openTimeoutMs, async (signal) => {
      const request = factory.deleteDatabase(name);
      const blocked = rejectWhenBlocked(request, "erase", limits, signal);
      await Promise.race([wrap(request), blocked]);
    });
  } catch (error) {
    throw storeErrorFrom("erase", error);
  }
}

/**
 * Starts a request for each item and waits for all; none is left without a handler when a later one
 * throws at once.
 */
export async function requestAll<I, T>(
  items: readonly I[],
  start: (item: I) => Promise<T>,
): Promise<T[]> {
  const requests: Promise<T>[] = [];
  for (const item of items) {
    const request = start(item);
    request.catch(() => undefined);
    requests.push(request);
  }
  return Promise.all(requests);
}

/** Runs `work` to the transaction's end; of several errors the one that tells the cause is thrown. */
async function settle<T>(
  transaction: ReadTransaction | WriteTransaction,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const raw = unwrap(transaction);
  // Not awaited on the way out when `work` fails first.
  transaction.done.catch(() => undefined);
  const abort = (): void => abortQuietly(raw);
  signal.addEventListener("abort", abort);
  try {
    const result = await work();
    await transaction.done;
    return result;
  } catch (error) {
    abort();
    // An abort makes every request fail with AbortError; the transaction knows why it aborted.
    throw raw.error ?? error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Opens (and creates or migrates) a database; errors as in `Store`. */
export async function openIdbDatabase(options: IdbOptions, schema: Schema): Promise<IdbDatabase> {
  const limits = options.limits ?? DEFAULT_TIME_LIMITS;
  const guard = createGuard(limits);
  const database = await openConnection(options, schema, limits).catch((error: unknown) => {
    throw storeErrorFrom("open", error);
  });
  const close = (reason: string): void => {
    if (guard.close(reason)) database.close();
  };
  database.addEventListener("versionchange", () => close("version-change"));
  database.addEventListener("close", () => close("terminated"));
  /** Begins a transaction; a connection that the browser ended silently is noticed here at the latest. */
  const begin = <T>(operation: string, start: () => T): T => {
    try {
      return start();
    } catch (error) {
      if (!isNamed(error, "InvalidStateError")) throw error;
      close("terminated");
      throw new CodedError("store-closed", { operation, reason: "terminated" }, { cause: error });
    }
  };
  return {
    read: (operation, tables, work) =>
      guard.run(operation, async (signal) => {
        const transaction = begin(operation, () => database.transaction(tables, "readonly"));
        return settle(transaction, signal, () => work(transaction));
      }),
    write: (operation, tables, work) =>
      guard.run(operation, async (signal) => {
        const transaction = begin(operation, () =>
          database.transaction(tables, "readwrite", { durability: "strict" }),
        );
        return settle(transaction, signal, () => work(transaction));
      }),
    run: (operation, work) => guard.run(operation, work),
    close: () => close("closed"),
    erase: () =>
      guard.run("erase", async () => {
        close("erased");
        await deleteIdbDatabase(idbFactory(options.indexedDB), options.name, limits);
      }),
  };
}
