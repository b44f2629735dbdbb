/**
 * The migration on a real IndexedDB.
 *
 * @module
 */
import { describeIdbMigration } from "./idb-migration-acceptance.ts";

describeIdbMigration("IndexedDB");
