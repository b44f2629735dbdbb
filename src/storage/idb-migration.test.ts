/**
 * The migration on fake-indexeddb.
 *
 * @module
 */
import "fake-indexeddb/auto";
import { describeIdbMigration } from "./idb-migration-acceptance.ts";

describeIdbMigration("IndexedDB (fake)");
