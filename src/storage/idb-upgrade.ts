/**
 * Migrates an IndexedDB database (STO-2) inside the transaction that the engine opens for an upgrade: a
 * step that fails, or a tab that dies in the middle, leaves the old version as it was.
 *
 * @module
 */
import { type IndexShape, migrationsAfter, type Schema, type SchemaStep } from "./schema.ts";

/** Aborts a transaction that may have ended already. */
export function abortQuietly(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}

/** Rewrites or removes each row, where it stands. */
async function mapRows(store: IDBObjectStore, map: (row: unknown) => unknown): Promise<void> {
  const request = store.openCursor();
  // One promise for the whole walk: each `continue` fires the same request again.
  await new Promise<void>((resolve, reject) => {
    request.addEventListener("error", () => reject(request.error ?? new DOMException("cursor")));
    request.addEventListener("success", () => {
      const cursor = request.result;
      if (!cursor) return resolve();
      try {
        const row = map(cursor.value);
        if (row === undefined) cursor.delete();
        else cursor.update(row);
        cursor.continue();
      } catch (error) {
        reject(error);
      }
    });
  });
}

function createIndex(store: IDBObjectStore, { name, keyPath }: IndexShape): void {
  store.createIndex(name, [...keyPath]);
}

/** Applies one step with the engine's own objects: idb's types know no upgrade outside of `openDB`. */
async function applyStep(
  database: IDBDatabase,
  transaction: IDBTransaction,
  step: SchemaStep,
): Promise<void> {
  if (step.kind === "create-table") {
    const { name, keyPath, indexes = [] } = step.table;
    const store = database.createObjectStore(name, keyPath === undefined ? {} : { keyPath });
    for (const index of indexes) createIndex(store, index);
  } else if (step.kind === "delete-table") {
    database.deleteObjectStore(step.table);
  } else {
    const store = transaction.objectStore(step.table);
    // Without its index the walk does not maintain it row by row; it is built once, from the new rows.
    if (step.kind === "replace-index") store.deleteIndex(step.index.name);
    await mapRows(store, step.map);
    if (step.kind === "replace-index") createIndex(store, step.index);
  }
}

/** Migrates when `request` upgrades, inside the upgrade's own transaction: all of it or nothing. Returns what went wrong, if so. */
export function migrateOnUpgrade(request: IDBOpenDBRequest, schema: Schema): () => unknown {
  let failure: unknown;
  request.addEventListener("upgradeneeded", ({ oldVersion }) => {
    const { result: database, transaction } = request;
    if (!transaction) return;
    const migrate = async (): Promise<void> => {
      for (const { steps } of migrationsAfter(schema, oldVersion)) {
        for (const step of steps) await applyStep(database, transaction, step);
      }
    };
    migrate().catch((error: unknown) => {
      failure = error;
      abortQuietly(transaction);
    });
  });
  return () => failure;
}
