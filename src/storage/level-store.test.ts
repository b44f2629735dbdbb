/**
 * The acceptance suite on LevelDB, and what only a file system shows: torn logs, locked folders, newer
 * databases that must not change by a byte.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { chmod, cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClassicLevel } from "classic-level";
import { afterAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Store } from "../chain/ports/store.ts";
import { describeKeyValueStore } from "./key-value-acceptance.ts";
import { openLevelDatabase } from "./level-database.ts";
import { openLevelKeyValueStore } from "./level-key-value.ts";
import { openLevelStore } from "./level-store.ts";
import { type Schema, SLOT_SCHEMA, STORY_SCHEMA } from "./schema.ts";
import { describeStore } from "./store-acceptance.ts";
import { commitOf, madeUpBlock, madeUpBytes, madeUpId, readAll } from "./testing/made-up.ts";

const root = await mkdtemp(join(tmpdir(), "fabula-level-"));
afterAll(() => rm(root, { recursive: true, force: true }));

let counter = 0;
const freshFolder = (): string => join(root, `folder-${counter++}`);

/** What a killed process leaves: the files as they are now, without a close. LOCK dies with its owner. */
async function copyAsCrashed(folder: string): Promise<string> {
  const copy = freshFolder();
  await cp(folder, copy, { recursive: true });
  return copy;
}

describeStore("level", (disk) => openLevelStore({ folder: join(root, disk) }), {
  openAfterCrash: async (disk) => openLevelStore({ folder: await copyAsCrashed(join(root, disk)) }),
  usage: [true, true],
});
describeKeyValueStore("level", (disk) => openLevelKeyValueStore({ folder: join(root, disk) }));

async function openTracked(folder: string): Promise<Store> {
  const store = await openLevelStore({ folder });
  onTestFinished(() => store.close());
  return store;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const bytes = await readFile(join(parentPath, name));
      return `${join(parentPath, name)} ${createHash("sha256").update(bytes).digest("hex")}`;
    }),
  );
}

/** The schema of a later version of the program, with everything a migration can do. */
const laterSchema: Schema = {
  migrations: [
    ...STORY_SCHEMA.migrations,
    {
      to: 3,
      why: "a test",
      steps: [
        { kind: "create-table", table: { name: "notes" } },
        { kind: "delete-table", table: "places" },
        {
          kind: "map-rows",
          table: "records",
          map: (row) => (Object(row).height === 2 ? undefined : { ...Object(row), seen: true }),
        },
      ],
    },
  ],
};

describe("LevelDB", () => {
  it("[STO-1] a commit torn at any byte of the log is there as a whole or not at all", async () => {
    const folder = freshFolder();
    const store = await openTracked(folder);
    const logSize = async (): Promise<{ path: string; size: number }> => {
      const level = join(folder, "level");
      const log = (await readdir(level)).find((name) => name.endsWith(".log")) ?? "";
      return { path: join("level", log), size: (await readFile(join(level, log))).length };
    };
    await store.commit(commitOf(1));
    const { size: before } = await logSize();
    const index = [{ key: "a/1", value: madeUpBytes(1, 40) }];
    await store.commit({ ...commitOf(2, 3, 4), index });
    const { path, size: after } = await logSize();
    expect(after - before).toBeGreaterThan(3_000);
    const cuts = Array.from({ length: 12 }, (_, index) =>
      Math.floor(before + ((after - before) * index) / 12),
    );
    for (const cut of [...cuts, after - 1, after]) {
      const copy = await copyAsCrashed(folder);
      await truncate(join(copy, path), cut);
      const torn = await openLevelStore({ folder: copy });
      const heights = (await readAll(torn)).records.map(({ height }) => height);
      const tip = await torn.tip();
      const bodies = await torn.bodies([2, 3, 4].map(madeUpId));
      const lines = await torn.index({ prefix: "a/", limit: 9 });
      await torn.close();
      const whole = cut === after;
      expect({ cut, heights, tip, lines, bodies: bodies.filter(Boolean).length }).toEqual({
        cut,
        heights: whole ? [1, 2, 3, 4] : [1],
        tip: madeUpId(whole ? 4 : 1),
        lines: whole ? index : [],
        bodies: whole ? 3 : 0,
      });
    }
  });

  it("[STO-1] every write is synced to the disk", async () => {
    const batch = vi.spyOn(ClassicLevel.prototype, "batch");
    onTestFinished(() => batch.mockRestore());
    const store = await openTracked(freshFolder());
    await store.putGenesis(madeUpBytes(1, 10));
    await store.commit(commitOf(1));
    await store.discard([madeUpId(1)], undefined);
    expect(batch.mock.calls.length).toBeGreaterThanOrEqual(4);
    // The overload that mocks take their types from has no options.
    const calls: readonly (readonly unknown[])[] = batch.mock.calls;
    for (const [, options] of calls) expect(options).toEqual({ sync: true });
  });

  it("[STO-2] refuses a newer database and changes no byte of it", async () => {
    const folder = freshFolder();
    const old = await openTracked(folder);
    await old.commit(commitOf(1, 2));
    await old.close();
    const later = await openLevelDatabase({ folder }, laterSchema);
    await later.close();
    const before = await filesOf(folder);
    await expect(openLevelStore({ folder })).rejects.toMatchObject({
      code: "store-newer-schema",
      data: { found: 3, known: 2 },
    });
    expect(await filesOf(folder)).toEqual(before);
  });

  it("[STO-2] refuses a newer database by its own record when schema.json is lost", async () => {
    const folder = freshFolder();
    const later = await openLevelDatabase({ folder }, laterSchema);
    await later.close();
    await rm(join(folder, "schema.json"));
    await expect(openLevelStore({ folder })).rejects.toMatchObject({
      code: "store-newer-schema",
      data: { found: 3, known: 2 },
    });
    await writeFile(join(folder, "schema.json"), "not json");
    await expect(openLevelStore({ folder })).rejects.toMatchObject({ code: "store-newer-schema" });
    const again = await openLevelDatabase({ folder }, laterSchema);
    await again.close();
  });

  it("[STO-2] refuses a newer database of named values", async () => {
    const folder = freshFolder();
    const later = await openLevelDatabase(
      { folder },
      { migrations: [...SLOT_SCHEMA.migrations, { to: 7, why: "a test", steps: [] }] },
    );
    await later.close();
    await expect(openLevelKeyValueStore({ folder })).rejects.toMatchObject({
      code: "store-newer-schema",
      data: { found: 7, known: 1 },
    });
  });

  it("[STO-2] migrates rows in one batch, and only once", async () => {
    const folder = freshFolder();
    const old = await openTracked(folder);
    await old.commit(commitOf(1, 2, 3));
    await old.close();
    for (let round = 0; round < 2; round++) {
      const later = await openLevelDatabase({ folder }, laterSchema);
      const keys = await later.read("keys", (level) => level.keys().all());
      await later.close();
      expect(keys.filter((key) => key.startsWith("records!"))).toHaveLength(2);
      expect(keys.filter((key) => key.startsWith("places!"))).toEqual([]);
      expect(keys.filter((key) => key.startsWith("bodies!"))).toHaveLength(3);
    }
  });

  it("[STO-2] a migration that fails leaves the old database, and goes on at the next start", async () => {
    const folder = freshFolder();
    const old = await openTracked(folder);
    await old.commit(commitOf(1, 2, 3));
    await old.close();
    const batch = vi.spyOn(ClassicLevel.prototype, "batch");
    batch.mockRejectedValueOnce(new RangeError("broken on purpose"));
    await expect(openLevelDatabase({ folder }, laterSchema)).rejects.toMatchObject({
      code: "store-failed",
      data: { operation: "open" },
    });
    batch.mockRestore();
    const later = await openLevelDatabase({ folder }, laterSchema);
    const records = await later.read("keys", (level) =>
      level.keys({ gte: "records!", lt: 'records"' }).all(),
    );
    await later.close();
    expect(records).toHaveLength(2);
  });

  it("[STO-4] says store-blocked while another owner has the folder", async () => {
    const folder = freshFolder();
    const first = await openTracked(folder);
    await expect(openLevelStore({ folder })).rejects.toMatchObject({ code: "store-blocked" });
    await first.commit(commitOf(1));
    await first.close();
    const second = await openTracked(folder);
    expect(await second.tip()).toBe(madeUpId(1));
  });

  it("[STO-4] tells a full disk from other failures", async () => {
    const store = await openTracked(freshFolder());
    const batch = vi.spyOn(ClassicLevel.prototype, "batch");
    onTestFinished(() => batch.mockRestore());
    const ioError = (message: string) =>
      Object.assign(new RangeError(message), { code: "LEVEL_IO_ERROR" }) as never;
    const full = "IO error: /data/level/000003.log: No space left on device";
    batch.mockRejectedValueOnce(ioError(full));
    const change = commitOf(1);
    await expect(store.commit(change)).rejects.toMatchObject({
      code: "store-full",
      data: { operation: "commit" },
    });
    batch.mockRejectedValueOnce(ioError("IO error: input/output error"));
    await expect(store.commit(change)).rejects.toMatchObject({
      code: "store-failed",
      data: { operation: "commit", reason: "LEVEL_IO_ERROR: IO error: input/output error" },
    });
    await store.commit(change);
    expect(await store.tip()).toBe(madeUpId(1));
  });

  it("[STO-4] a batch that never settles is told, and the store is not waited for", async () => {
    const due: (() => void)[] = [];
    const timer = {
      start: (_delayMs: number, onDue: () => void) => {
        due.push(onDue);
        return () => undefined;
      },
    };
    const limits = {
      timer,
      openTimeoutMs: 1,
      migrationTimeoutMs: 1,
      operationTimeoutMs: 250,
      blockedTimeoutMs: 1,
    };
    const store = await openLevelStore({ folder: freshFolder(), limits });
    const batch = vi.spyOn(ClassicLevel.prototype, "batch");
    let settle = (): void => undefined;
    const never = new Promise<void>((resolve) => {
      settle = resolve;
    });
    batch.mockReturnValueOnce(never as never);
    due.length = 0;
    const commit = store.commit(commitOf(1));
    expect(due).toHaveLength(1);
    due[0]?.();
    expect(due).toHaveLength(2);
    due[1]?.();
    await expect(commit).rejects.toMatchObject({
      code: "store-timeout",
      data: { operation: "commit", timeoutMs: 250 },
    });
    expect(await store.tip()).toBeUndefined();
    settle();
    batch.mockRestore();
    await store.close();
  });

  it("[STO-4] a damaged record still comes, empty, so that the chain can find it out", async () => {
    const folder = freshFolder();
    const store = await openTracked(folder);
    const index = ["a", "b"].map((key) => ({ key, value: madeUpBytes(1, 9) }));
    await store.commit({ ...commitOf(1, 2), index });
    await store.close();
    const raw = await openLevelDatabase({ folder }, STORY_SCHEMA);
    await raw.read("damage", async (level) => {
      for (const key of await level.keys().all()) {
        const ofBlock = key.includes(madeUpId(1)) && !key.startsWith("places!");
        if (ofBlock || key === "index!a") {
          await level.put(key, Uint8Array.of(0x5a, 0xff, 3));
        }
      }
    });
    await raw.close();
    const damaged = await openTracked(folder);
    const { records } = await readAll(damaged);
    expect(records.map(({ id }) => id)).toEqual([madeUpId(1), madeUpId(2)]);
    expect(records[0]?.header).toEqual(new Uint8Array());
    expect(records[1]).toEqual(madeUpBlock(2).record);
    expect(await damaged.bodies([madeUpId(1)])).toEqual([undefined]);
    expect(await damaged.index({ prefix: "", limit: 9 })).toEqual([
      { key: "a", value: new Uint8Array() },
      index[1],
    ]);
    await damaged.discard([madeUpId(1)], madeUpId(2));
    expect((await readAll(damaged)).records).toEqual([madeUpBlock(2).record]);
  });

  it("[STO-4] a folder that cannot be used is told with its reason", async () => {
    const folder = freshFolder();
    await writeFile(folder, "a file where the folder should be");
    await expect(openLevelStore({ folder })).rejects.toMatchObject({
      code: "store-failed",
      data: { operation: "open" },
    });
  });

  it("[STO-4] erase leaves files alone that are not the store's", async () => {
    const folder = freshFolder();
    const store = await openTracked(folder);
    await writeFile(join(folder, "notes.txt"), "mine");
    await chmod(join(folder, "notes.txt"), 0o600);
    await store.erase();
    expect(await readdir(folder)).toEqual(["notes.txt"]);
  });
});
