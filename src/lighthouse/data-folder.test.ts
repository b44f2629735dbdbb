import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDataFolder } from "./data-folder.ts";

let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), "fabula-data-")), "data");
});
afterEach(async () => {
  await rm(join(path, ".."), { recursive: true, force: true });
});

const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

describe("openDataFolder", () => {
  it("makes a folder that only its owner reads, and keeps what it made", async () => {
    const first = await openDataFolder(path);
    expect(await modeOf(path)).toBe(0o700);
    for (const name of ["identity-seed", "creator-seed", "rpc-token", "lock"]) {
      expect(await modeOf(join(path, name))).toBe(0o600);
    }
    expect(first.identitySeed).toHaveLength(32);
    expect(first.identitySeed).not.toEqual(first.creatorSeed);
    expect(first.rpcToken).toMatch(/^[\w-]{43}$/);
    expect(await first.genesis()).toBeUndefined();
    await first.putGenesis(Uint8Array.of(1, 2, 3));
    await first.release();

    const second = await openDataFolder(path);
    expect(second.identitySeed).toEqual(first.identitySeed);
    expect(second.rpcToken).toBe(first.rpcToken);
    expect(await second.genesis()).toEqual(Uint8Array.of(1, 2, 3));
    await second.release();
    expect((await readdir(path)).toSorted()).toEqual([
      "creator-seed",
      "genesis",
      "identity-seed",
      "rpc-token",
    ]);
  });

  it("closes a folder that was open to others", async () => {
    await (await openDataFolder(path)).release();
    await chmod(path, 0o755);
    await chmod(join(path, "rpc-token"), 0o644);
    await (await openDataFolder(path)).release();
    expect(await modeOf(path)).toBe(0o700);
    expect(await modeOf(join(path, "rpc-token"))).toBe(0o600);
  });

  it("refuses a folder in use, and leaves its lock alone", async () => {
    const held = await openDataFolder(path);
    await expect(openDataFolder(path)).rejects.toMatchObject({
      code: "data-folder-in-use",
      data: { pid: process.pid },
    });
    await expect(openDataFolder(path)).rejects.toMatchObject({ code: "data-folder-in-use" });
    await held.release();
    await (await openDataFolder(path)).release();
  });

  it("takes over from a process that died, also when its id lives on in another process", async () => {
    await (await openDataFolder(path)).release();
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    await writeFile(join(path, "lock"), `${child.pid} 1 x\n`);
    const folder = await openDataFolder(path);
    expect(await readFile(join(path, "lock"), "utf8")).toMatch(new RegExp(`^${process.pid} `));
    await folder.release();
    if (process.platform === "linux") {
      await writeFile(join(path, "lock"), `${process.pid} 1 x\n`);
      await (await openDataFolder(path)).release();
    }
  });

  it("refuses damaged secrets instead of replacing them, and lets go of the folder", async () => {
    await (await openDataFolder(path)).release();
    await writeFile(join(path, "identity-seed"), "not hex\n");
    await expect(openDataFolder(path)).rejects.toMatchObject({ code: "data-folder-damaged" });
    expect(await readdir(path)).not.toContain("lock");
  });

  it("leaves a folder alone that holds other things", async () => {
    const other = join(path, "..");
    await writeFile(join(other, "letter.txt"), "");
    await chmod(other, 0o755);
    await expect(openDataFolder(other)).rejects.toMatchObject({ code: "data-folder-foreign" });
    expect(await modeOf(other)).toBe(0o755);
    expect(await readdir(other)).toEqual(["letter.txt"]);
  });

  it("says so when the folder cannot be made", async () => {
    const file = join(path, "..", "file");
    await writeFile(file, "");
    await expect(openDataFolder(join(file, "data"))).rejects.toMatchObject({
      code: "data-folder-unwritable",
    });
  });
});
