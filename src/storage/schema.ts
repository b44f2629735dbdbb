/**
 * What is stored, in words that both engines understand (STO-2). A schema is a list of migrations, each
 * plain data: a new version is one more entry here, and a fresh database runs the whole list. Rows are
 * structured-clone values in IndexedDB and in LevelDB alike, so that one migration serves both.
 *
 * Key table; story version 2, slot version 1:
 *
 * | database | table   | key                                       | row                                               |
 * |----------|---------|-------------------------------------------|---------------------------------------------------|
 * | story    | meta    | `genesis`                                 | bytes of the encoded genesis                      |
 * |          |         | `tip`                                     | block id, hex                                     |
 * |          | records | block id, hex                             | {id, height, microIndex, header, delta, receivedMs}|
 * |          |         | index `height`: [height, microIndex, id]  |                                                   |
 * |          | bodies  | block id, hex                             | bytes of the encoded body                         |
 * |          | index   | text of [0-9a-z/]                         | bytes of the line                                 |
 * | slot     | values  | name of the value                         | the value                                         |
 *
 * Version 1 of a story had no `index` and no microIndex; its index `height` was [height, id].
 *
 * LevelDB's own layout of the same tables is described in `level-database.ts`.
 *
 * @module
 */
import { newerSchemaError } from "./guard.ts";

/** An index of a table: the fields that order its rows. */
export interface IndexShape {
  readonly name: string;
  readonly keyPath: readonly string[];
}

/** A table as IndexedDB needs to know it; without `keyPath`, keys stand outside of the rows. */
export interface TableShape {
  readonly name: string;
  readonly keyPath?: string;
  readonly indexes?: readonly IndexShape[];
}

/** One change of a schema. */
export type SchemaStep =
  | { readonly kind: "create-table"; readonly table: TableShape }
  | { readonly kind: "delete-table"; readonly table: string }
  /** Rewrites each row; `undefined` removes it. The row's key stays. */
  | {
      readonly kind: "map-rows";
      readonly table: string;
      readonly map: (row: unknown) => unknown;
    }
  /**
   * Rewrites each row as `map-rows` does, and puts `index` in the place of the index of that name: one
   * step, because the new index may need what the rewriting adds. Where an engine's keys follow the
   * index (LevelDB), they move.
   */
  | {
      readonly kind: "replace-index";
      readonly table: string;
      readonly index: IndexShape;
      readonly map: (row: unknown) => unknown;
    };

/** From version `to − 1` to `to`, in one transaction; the steps of one migration touch different tables. */
export interface Migration {
  readonly to: number;
  /** Why the change was needed. */
  readonly why: string;
  readonly steps: readonly SchemaStep[];
}

/** All migrations of one kind of database, from an empty one to today's. */
export interface Schema {
  readonly migrations: readonly Migration[];
}

/** Index over `records` in the order in which `Store.records` gives them. */
export const HEIGHT_INDEX = "height";

/** Schema of a story's database (`Store`). */
export const STORY_SCHEMA: Schema = {
  migrations: [
    {
      to: 1,
      why: "first version",
      steps: [
        { kind: "create-table", table: { name: "meta" } },
        {
          kind: "create-table",
          table: {
            name: "records",
            keyPath: "id",
            // The id settles the order of one height, so that reading can go on exactly where it stopped.
            indexes: [{ name: HEIGHT_INDEX, keyPath: ["height", "id"] }],
          },
        },
        { kind: "create-table", table: { name: "bodies" } },
      ],
    },
    {
      to: 2,
      why: "microblocks stand between the key blocks of two heights; histories need an ordered index",
      steps: [
        {
          kind: "replace-index",
          table: "records",
          index: { name: HEIGHT_INDEX, keyPath: ["height", "microIndex", "id"] },
          // Version 1 knew key blocks only.
          map: (row) => ({ ...Object(row), microIndex: 0 }),
        },
        { kind: "create-table", table: { name: "index" } },
      ],
    },
  ],
};

/** Schema of an identity slot's database (`KeyValueStore`). */
export const SLOT_SCHEMA: Schema = {
  migrations: [
    {
      to: 1,
      why: "first version",
      steps: [{ kind: "create-table", table: { name: "values" } }],
    },
  ],
};

/** Version that this program writes; 0 is an empty database. */
export function schemaVersion(schema: Schema): number {
  return schema.migrations.at(-1)?.to ?? 0;
}

/** Migrations still to run on a database of version `found`; throws `store-newer-schema` {found, known}. */
export function migrationsAfter(schema: Schema, found: number): readonly Migration[] {
  const known = schemaVersion(schema);
  if (found > known) throw newerSchemaError(found, known);
  return schema.migrations.filter(({ to }) => to > found);
}
