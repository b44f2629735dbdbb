/**
 * The acceptance suites on the stores in memory.
 *
 * @module
 */
import { describeKeyValueStore } from "./key-value-acceptance.ts";
import { createMemoryKeyValueStore } from "./memory-key-value.ts";
import { createMemoryDisk, createMemoryStore, type MemoryDisk } from "./memory-store.ts";
import { describeStore } from "./store-acceptance.ts";

const disks = new Map<string, MemoryDisk>();
const slots = new Map<string, Map<string, unknown>>();

function diskNamed<T>(all: Map<string, T>, name: string, create: () => T): T {
  const found = all.get(name) ?? create();
  all.set(name, found);
  return found;
}

const open = async (name: string) =>
  createMemoryStore(diskNamed(disks, name, () => createMemoryDisk()));

describeStore("memory", open, { openAfterCrash: open, usage: [true, false] });
describeKeyValueStore("memory", async (name) =>
  createMemoryKeyValueStore(diskNamed(slots, name, () => new Map<string, unknown>())),
);
