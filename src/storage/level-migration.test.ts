/**
 * The worked migration on LevelDB (STO-2): a folder of version 1 opens as version 2 with everything in it,
 * at whatever byte the process died before.
 *
 * @module
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { ClassicLevel } from "classic-level";
import { afterAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Store } from "../chain/ports/store.ts";
import { STORY_MOVES } from "./level-keys.ts";
import { openLevelStore } from "./level-store.ts";
import { STORY_SCHEMA } from "./schema.ts";
import { changeOf, madeUpBlock, madeUpBytes, madeUpId, readAll } from "./testing/made-up.ts";
import { madeUpStoryVersion1, migratedRecords, type StoryVersion1 } from "./testing/version-1.ts";

const root = await mkdtemp(join(tmpdir(), "fabula-migration-"));
afterAll(() => rm(root, { recursive: true, force: true }));

let counter = 0;
const freshFolder = (): string => join(root, `folder-${counter++}`);

const levelOf = (folder: string) =>
  new ClassicLevel<string, Uint8Array>(join(folder, "level"), { valueEncoding: "view" });

function keyVersion1({ height, id }: { height: number; id: string }): string {
  return `records!${height.toString(16).padStart(12, "0")}!${id}`;
}

/** A folder as version 1 left it. */
async function freshVersion1({ genesis, tip, blocks }: StoryVersion1): Promise<string> {
  const folder = freshFolder();
  await mkdir(folder);
  await writeFile(join(folder, "schema.json"), `${JSON.stringify({ version: 1 })}\n`);
  const level = levelOf(folder);
  const rows: [string, unknown][] = [
    ["schema", 1],
    ["meta!genesis", genesis],
    ["meta!tip", tip],
    ...blocks.flatMap(({ record, body }): [string, unknown][] => [
      [keyVersion1(record), record],
      [`heights!${record.id}`, record.height],
      [`bodies!${record.id}`, body],
    ]),
  ];
  await level.batch(
    rows.map(([key, row]) => ({ type: "put", key, value: serialize(row) })),
    { sync: true },
  );
  await level.close();
  return folder;
}

/** Everything in a folder's LevelDB, seen with the engine alone; values in hex, which is compared fast. */
async function contentsOf(folder: string): Promise<Map<string, string>> {
  const level = levelOf(folder);
  const entries = await level.iterator().all();
  await level.close();
  return new Map(entries.map(([key, value]) => [key, Buffer.from(value).toString("hex")]));
}

function rowAt(contents: ReadonlyMap<string, string>, key: string): unknown {
  return deserialize(Buffer.from(contents.get(key) ?? "", "hex"));
}

async function expectMigrated(folder: string, story: StoryVersion1): Promise<Store> {
  const store = await openLevelStore({ folder });
  onTestFinished(() => store.close());
  expect(await store.genesis()).toEqual(story.genesis);
  expect(await store.tip()).toBe(story.tip);
  expect((await readAll(store)).records).toEqual(migratedRecords(story));
  const ids = story.blocks.map(({ record }) => record.id);
  expect(await store.bodies(ids)).toEqual(story.blocks.map(({ body }) => body));
  expect(await store.index({ prefix: "", limit: 9 })).toEqual([]);
  return store;
}

describe("LevelDB: from version 1 to 2", () => {
  it("[STO-2] [STO-1] a folder of version 1 opens as version 2 with everything in it", async () => {
    const story = madeUpStoryVersion1(30);
    const folder = await freshVersion1(story);
    const before = await contentsOf(folder);
    await (await expectMigrated(folder, story)).close();
    const after = await contentsOf(folder);
    expect(await readFile(join(folder, "schema.json"), "utf8")).toBe('{"version":2}\n');
    expect(rowAt(after, "schema")).toBe(2);
    const { height, id } = madeUpBlock(29).record;
    const key = `records!${height.toString(16).padStart(12, "0")}!00000000!${id}`;
    expect(rowAt(after, key)).toEqual(madeUpBlock(29).record);
    expect(rowAt(after, `places!${id}`)).toBe(key);
    expect([...after.keys()].filter((each) => each.startsWith("heights!"))).toEqual([]);
    expect(after.size).toBe(before.size);
    await expectMigrated(folder, story);
  });

  it("[STO-2] [STO-1] what was migrated is used as what is new: microblocks, index, discard", async () => {
    const story = madeUpStoryVersion1(4);
    const store = await expectMigrated(await freshVersion1(story), story);
    const micro = madeUpBlock(100, 2, 1);
    const line = { key: "acct/1", value: madeUpBytes(5, 30) };
    await store.commit(changeOf([micro], micro.record.id, [line]));
    await store.discard([madeUpId(3)], madeUpId(2));
    const { records } = await readAll(store);
    const places = records.map(({ height, microIndex }) => `${height}.${microIndex}`);
    expect(places).toEqual(["1.0", "1.0", "2.0", "2.1", "4.0", "4.0"]);
    expect(await store.index({ prefix: "acct/", limit: 9 })).toEqual([line]);
  });

  it("[STO-2] a migration torn at any byte is version 1 or 2 as a whole, and is repeated", async () => {
    const story = madeUpStoryVersion1(120);
    const folder = await freshVersion1(story);
    const before = await contentsOf(folder);
    await (await expectMigrated(folder, story)).close();
    const after = await contentsOf(folder);
    const untouched = await freshVersion1(story);
    const migrating = await openLevelStore({ folder: untouched });
    const crashed = freshFolder();
    await cp(untouched, crashed, { recursive: true });
    await migrating.close();
    const files = await readdir(join(crashed, "level"));
    const log = join("level", files.find((name) => name.endsWith(".log")) ?? "");
    const { length: size } = await readFile(join(crashed, log));
    // Two and more of the log's 32 KiB blocks, so that the batch is torn between its parts, too.
    expect(size).toBeGreaterThan(65_536);
    const cuts = Array.from({ length: 16 }, (_, index) => Math.floor((size * index) / 16));
    for (const cut of [...cuts, 32_768, size - 1, size]) {
      const torn = freshFolder();
      await cp(crashed, torn, { recursive: true });
      await truncate(join(torn, log), cut);
      expect(await contentsOf(torn)).toEqual(cut === size ? after : before);
      await (await openLevelStore({ folder: torn })).close();
      expect(await contentsOf(torn)).toEqual(after);
    }
  });

  it("[STO-2] a migration whose batch fails leaves version 1, which older programs do not open again", async () => {
    const story = madeUpStoryVersion1(9);
    const folder = await freshVersion1(story);
    const before = await contentsOf(folder);
    const batch = vi.spyOn(ClassicLevel.prototype, "batch");
    batch.mockRejectedValueOnce(new RangeError("broken on purpose"));
    await expect(openLevelStore({ folder })).rejects.toMatchObject({ code: "store-failed" });
    expect(batch).toHaveBeenCalledTimes(1);
    batch.mockRestore();
    expect(await contentsOf(folder)).toEqual(before);
    expect(await readFile(join(folder, "schema.json"), "utf8")).toBe('{"version":2}\n');
    await expectMigrated(folder, story);
  });

  it("[STO-4] damaged rows of version 1 come through, to be found out by the chain", async () => {
    const story = madeUpStoryVersion1(3);
    const folder = await freshVersion1(story);
    const level = levelOf(folder);
    const { record } = madeUpBlock(2);
    await level.put(keyVersion1(record), Uint8Array.of(0x5a, 0xff, 3));
    await level.close();
    const store = await openLevelStore({ folder });
    onTestFinished(() => store.close());
    const empty = { header: new Uint8Array(), delta: new Uint8Array(), receivedMs: 0 };
    const found = migratedRecords(story).map((each) =>
      each.id === record.id ? { ...each, ...empty } : each,
    );
    expect((await readAll(store)).records).toEqual(found);
  });

  it("[STO-2] a folder of version 3 is refused, and nothing in it is touched", async () => {
    const folder = await freshVersion1(madeUpStoryVersion1(6));
    const level = levelOf(folder);
    await level.put("schema", serialize(3));
    await level.put("later!1", serialize("row"));
    await level.close();
    const before = await contentsOf(folder);
    const refused = { code: "store-newer-schema", data: { found: 3, known: 2 } };
    await writeFile(join(folder, "schema.json"), '{"version":3}\n');
    await expect(openLevelStore({ folder })).rejects.toMatchObject(refused);
    await rm(join(folder, "schema.json"));
    await expect(openLevelStore({ folder })).rejects.toMatchObject(refused);
    expect(await contentsOf(folder)).toEqual(before);
  });

  it("[STO-2] every index that is replaced says where its rows go", () => {
    const replacing = STORY_SCHEMA.migrations.filter(({ steps }) =>
      steps.some(({ kind }) => kind === "replace-index"),
    );
    expect(Object.keys(STORY_MOVES)).toEqual(replacing.map(({ to }) => String(to)));
  });
});
