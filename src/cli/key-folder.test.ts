/**
 * The key folder on a real disk: permissions, names, and that no key is ever replaced.
 *
 * @module
 */
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { encodePkcs8Pem } from "../kernel/pkcs8.ts";
import { readKey, readKeyFile, writeKey } from "./key-folder.ts";

const SEED = new Uint8Array(32).fill(1);
const coded = (code: string): unknown => expect.objectContaining({ code });
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
let root: string;
let keys: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "fabula-keys-"));
  keys = join(root, "home", "keys");
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe("key folder", () => {
  test("is made for its owner only, the files too, whatever the umask", async () => {
    const umask = process.umask(0);
    try {
      const path = await writeKey(keys, "alice", SEED);
      expect(path).toBe(join(keys, "alice.pem"));
      expect(await Promise.all([modeOf(keys), modeOf(path)])).toEqual([0o700, 0o600]);
      expect(await modeOf(join(root, "home"))).toBe(0o700);
    } finally {
      process.umask(umask);
    }
    expect(await readKey(keys, "alice")).toEqual(SEED);
  });

  test("never replaces a key", async () => {
    const path = await writeKey(keys, "alice", SEED);
    await expect(writeKey(keys, "alice", new Uint8Array(32))).rejects.toThrow(coded("key-exists"));
    expect(await readFile(path, "utf8")).toBe(encodePkcs8Pem(SEED));
  });

  test("that others can look into is not used, and not changed either", async () => {
    await mkdir(keys, { recursive: true });
    await writeFile(join(keys, "alice.pem"), encodePkcs8Pem(SEED));
    await chmod(keys, 0o755);
    await expect(writeKey(keys, "bob", SEED)).rejects.toThrow(coded("key-folder-open"));
    await expect(readKey(keys, "alice")).rejects.toThrow(coded("key-folder-open"));
    expect(await modeOf(keys)).toBe(0o755);
  });

  test.each([
    "",
    ".",
    "..",
    "../alice",
    "a/b",
    "a\\b",
    ".hidden",
    "-x",
    "a\nb",
    "é",
    "a".repeat(65),
  ])("%j is no name", async (name) => {
    await expect(writeKey(keys, name, SEED)).rejects.toThrow(coded("bad-key-name"));
    await expect(readKey(keys, name)).rejects.toThrow(coded("bad-key-name"));
  });

  test("an address is no name, so that it can stand where a name can", async () => {
    await expect(readKey(keys, "a".repeat(64))).rejects.toThrow(coded("bad-key-name"));
  });

  test("a file that is not there, is a folder, or holds no key is told with its path", async () => {
    const path = join(root, "nobody.pem");
    await expect(readKeyFile(path)).rejects.toThrow(
      expect.objectContaining({ code: "key-file-not-found", data: { path } }),
    );
    await expect(readKeyFile(root)).rejects.toThrow(coded("key-file-unreadable"));
    await writeFile(path, "secret words");
    await expect(readKeyFile(path)).rejects.toThrow(
      expect.objectContaining({ code: "bad-private-key", data: { path, reason: "no-pem" } }),
    );
  });

  test("a folder that cannot be made is told", async () => {
    await writeFile(join(root, "home"), "");
    await expect(writeKey(keys, "alice", SEED)).rejects.toThrow(coded("key-file-unwritable"));
  });
});
