/**
 * Opens, migrates, reads, writes and deletes one LevelDB database (Node only); both LevelDB stores stand
 * on it. Layout of a folder:
 *
 * - `schema.json` {version}: read before LevelDB is touched, because opening alone rewrites its files,
 *   and a database of a newer schema must never change (STO-2).
 * - `level/`: LevelDB. Keys are text, values are structured clones (`node:v8`), as IndexedDB's rows are:
 *
 * | key                                                         | value                                           |
 * |-------------------------------------------------------------|-------------------------------------------------|
 * | `schema`                                                    | version; written with the migration's own batch |
 * | `meta!genesis`, `meta!tip`                                  | as in `schema.ts`                               |
 * | `records!<height, 12 hex digits>!<micro index, 8>!<id>`     | row of the record: keys sort as records do      |
 * | `places!<id>`                                               | key in `records`, to find a record by its id    |
 * | `bodies!<id>`                                               | bytes                                           |
 * | `index!<key>`                                               | bytes of a line of the ordered index            |
 * | `values!<name>`                                             | the value (slot databases)                      |
 *
 * In version 1 a record's key had no micro index, and `heights!<id>` held its height.
 *
 * Writes are batches with `sync: true`: when one resolves, it is on the disk, whole. They run one after
 * another, since some read before they write.
 *
 * @module
 */
import { mkdir, open, readFile, rename, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { ClassicLevel } from "classic-level";
import { createGuard, newerSchemaError, storeErrorFrom } from "./guard.ts";
import { type Migration, migrationsAfter, type Schema, schemaVersion } from "./schema.ts";
import { DEFAULT_TIME_LIMITS, type TimeLimits, withTimeout } from "./timeouts.ts";

/** Where a LevelDB store lives; one process at a time may open a folder. */
export interface LevelOptions {
  readonly folder: string;
  readonly limits?: TimeLimits;
}

/** The engine, with text keys and bytes as values. */
export type Level = ClassicLevel<string, Uint8Array>;

/** One line of a batch; a value of `undefined` deletes the key. */
export type LevelChange = readonly [key: string, row: unknown];

/** Decides, when its turn comes, what to write. */
export type LevelPlan = (level: Level) => Promise<readonly LevelChange[]>;

/**
 * What `replace-index` means for the keys of a table, by the version of the migration: the changes that
 * put a rewritten row at its new key. The old key is removed before.
 */
export type LevelMoves = Readonly<
  Record<number, (oldKey: string, row: unknown) => readonly LevelChange[]>
>;

/** One open database. */
export interface LevelDatabase {
  read<T>(operation: string, work: (level: Level) => Promise<T>): Promise<T>;
  /**
   * Writes one durable batch after all earlier writes. `prepare` runs at once, so that it can copy what
   * the caller may change later; the plan that it returns runs in its turn and may read.
   */
  write(operation: string, prepare: () => LevelPlan): Promise<void>;
  close(): Promise<void>;
  erase(): Promise<void>;
}

const VERSION_KEY = "schema";
const VERSION_FILE = "schema.json";
const LEVEL_FOLDER = "level";

/** The row behind bytes; `undefined` when there are none, or when they are damaged. */
export function rowFromBytes(bytes: Uint8Array | undefined): unknown {
  if (!bytes) return undefined;
  try {
    return deserialize(bytes) as unknown;
  } catch {
    return undefined;
  }
}

/** All keys of a table; `"` is the character after `!`. */
export function tableRange(table: string): { gte: string; lt: string } {
  return { gte: `${table}!`, lt: `${table}"` };
}

async function writeBatch(level: Level, changes: readonly LevelChange[]): Promise<void> {
  const operations = changes.map(([key, row]) =>
    row === undefined
      ? { type: "del" as const, key }
      : { type: "put" as const, key, value: serialize(row) },
  );
  await level.batch(operations, { sync: true });
}

/** Version in `schema.json`; 0 when it is missing or damaged (then the database's own record counts). */
async function versionOnFile(folder: string): Promise<number> {
  try {
    const facts: unknown = JSON.parse(await readFile(join(folder, VERSION_FILE), "utf8"));
    const version: unknown = Reflect.get(Object(facts), "version");
    return typeof version === "number" ? version : 0;
  } catch {
    return 0;
  }
}

async function writeVersionFile(folder: string, version: number): Promise<void> {
  const draft = join(folder, `${VERSION_FILE}.new`);
  const file = await open(draft, "w");
  try {
    await file.writeFile(`${JSON.stringify({ version })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(folder, VERSION_FILE));
}

async function changesOfMigration(
  level: Level,
  { to, steps }: Migration,
  moves: LevelMoves,
): Promise<LevelChange[]> {
  const changes: LevelChange[] = [[VERSION_KEY, to]];
  for (const step of steps) {
    // Tables are prefixes here: there is nothing to create.
    if (step.kind === "create-table") continue;
    for await (const [key, value] of level.iterator(tableRange(step.table))) {
      const row = step.kind === "delete-table" ? undefined : step.map(rowFromBytes(value));
      const move = step.kind === "replace-index" && row !== undefined ? moves[to] : undefined;
      if (move) changes.push([key, undefined], ...move(key, row));
      else changes.push([key, row]);
    }
  }
  return changes;
}

async function migrate(
  folder: string,
  schema: Schema,
  moves: LevelMoves,
  level: Level,
): Promise<void> {
  const known = schemaVersion(schema);
  const recorded = rowFromBytes(await level.get(VERSION_KEY));
  const pending = migrationsAfter(schema, typeof recorded === "number" ? recorded : 0);
  // Before the migration: after a crash in between, older programs keep off, and this one goes on.
  if ((await versionOnFile(folder)) !== known) await writeVersionFile(folder, known);
  for (const migration of pending) {
    await writeBatch(level, await changesOfMigration(level, migration, moves));
  }
}

async function openLevel(
  folder: string,
  schema: Schema,
  moves: LevelMoves,
  signal: AbortSignal,
): Promise<Level> {
  const found = await versionOnFile(folder);
  if (found > schemaVersion(schema)) throw newerSchemaError(found, schemaVersion(schema));
  await mkdir(folder, { recursive: true });
  // The constructor begins to open, so it stands behind the check.
  const level: Level = new ClassicLevel(join(folder, LEVEL_FOLDER), {
    keyEncoding: "utf8",
    valueEncoding: "view",
  });
  try {
    await level.open();
    await migrate(folder, schema, moves, level);
    signal.throwIfAborted();
    return level;
  } catch (error) {
    await level.close();
    throw error;
  }
}

/** Runs work one after another, in the order of the calls; a failed one does not stop the next. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

async function destroy(folder: string): Promise<void> {
  const location = join(folder, LEVEL_FOLDER);
  await ClassicLevel.destroy(location);
  await rm(location, { recursive: true, force: true });
  await rm(join(folder, VERSION_FILE), { force: true });
  // A folder that someone else put files into stays.
  await rmdir(folder).catch(() => undefined);
}

/** Opens (and creates or migrates) a database; without `moves` every row keeps its key. Errors as in `Store`. */
export async function openLevelDatabase(
  { folder, limits = DEFAULT_TIME_LIMITS }: LevelOptions,
  schema: Schema,
  moves: LevelMoves = {},
): Promise<LevelDatabase> {
  const guard = createGuard(limits);
  const queue = createQueue();
  const level = await withTimeout("open", limits.timer, limits.openTimeoutMs, (signal) =>
    openLevel(folder, schema, moves, signal),
  ).catch((error: unknown) => {
    throw storeErrorFrom("open", error);
  });
  return {
    read: (operation, work) => guard.run(operation, () => work(level)),
    write: (operation, prepare) =>
      guard.run(operation, async () => {
        const plan = prepare();
        await queue(async () => writeBatch(level, await plan(level)));
      }),
    async close() {
      if (!guard.close("closed")) return;
      try {
        await queue(() => level.close());
      } catch (error) {
        throw storeErrorFrom("close", error);
      }
    },
    erase: () =>
      guard.run("erase", async () => {
        guard.close("erased");
        await queue(async () => {
          await level.close();
          await destroy(folder);
        });
      }),
  };
}
