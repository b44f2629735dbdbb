/**
 * A lighthouse's folder: who it is, which story it keeps, and that no second process uses it.
 *
 * | name            | content                                                        |
 * |-----------------|----------------------------------------------------------------|
 * | `identity-seed` | 32 bytes as hex: the libp2p identity                           |
 * | `creator-seed`  | 32 bytes as hex: the key that signed the first story's genesis |
 * | `rpc-token`     | 32 bytes as base64url: `Authorization: Bearer …` for writes    |
 * | `genesis`       | the encoded genesis of the story this lighthouse keeps         |
 * | `lock`          | process id (and its start time, where the system tells)        |
 * | `slot/`         | settings, wallet, drafts · `stories/<id>/` blocks              |
 *
 * The folder is readable by its owner only (0700, files 0600): the seeds are not encrypted.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { CodedError } from "../kernel/errors.ts";
import { errnoOf, reasonOf } from "./unknowns.ts";

/** An opened data folder, locked until `release`. */
export interface DataFolder {
  readonly path: string;
  readonly identitySeed: Uint8Array;
  readonly creatorSeed: Uint8Array;
  readonly rpcToken: string;
  /** The encoded genesis, or `undefined` in a fresh folder. */
  genesis(): Promise<Uint8Array | undefined>;
  putGenesis(genesis: Uint8Array): Promise<void>;
  /** Folder of the slot database. */
  readonly slotFolder: string;
  /** Folder of one story's blocks. */
  storyFolder(story: string): string;
  release(): Promise<void>;
}

/** Folder of a story's blocks below a data folder. */
export function storyFolderOf(dataFolder: string, story: string): string {
  return join(dataFolder, "stories", story);
}

/** Name of the file with the encoded genesis. */
export const GENESIS_FILE = "genesis";
/** A folder with one of these is ours; the lock comes first. */
const OWN_FILES: readonly string[] = ["lock", "identity-seed"];

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw new CodedError("data-folder-unreadable", { path, reason: reasonOf(error) });
  }
}

/** Writes a file so that after a crash it is there whole or not at all. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.new`;
  const file = await open(temporary, "w", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

async function secret(
  path: string,
  encoding: "hex" | "base64url",
  pattern: RegExp,
): Promise<string> {
  const known = (await readIfThere(path))?.toString("utf8").trim();
  if (known !== undefined) {
    if (!pattern.test(known)) throw new CodedError("data-folder-damaged", { path });
    await chmod(path, 0o600);
    return known;
  }
  const fresh = randomBytes(32).toString(encoding);
  await writeWhole(path, `${fresh}\n`);
  return fresh;
}

/** When a process started, in the system's ticks: tells a reused process id from the original. */
async function startOf(pid: number): Promise<string> {
  try {
    const facts = await readFile(`/proc/${pid}/stat`, "utf8");
    return facts.slice(facts.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

async function isAlive(pid: number, start: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errnoOf(error) === "ESRCH") return false;
  }
  const startNow = await startOf(pid);
  return start === "" || startNow === "" || start === startNow;
}

/** Takes the folder's lock; `data-folder-in-use` {path, pid} when a living process has it. */
async function takeLock(path: string): Promise<() => Promise<void>> {
  const lock = join(path, "lock");
  const mine = `${process.pid} ${await startOf(process.pid)} ${randomBytes(8).toString("hex")}\n`;
  const temporary = join(path, `lock.${process.pid}.${randomBytes(4).toString("hex")}`);
  await writeWhole(temporary, mine);
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        await link(temporary, lock);
        return async () => {
          if ((await readIfThere(lock))?.toString("utf8") === mine) await rm(lock, { force: true });
        };
      } catch (error) {
        if (errnoOf(error) !== "EEXIST") {
          throw new CodedError("data-folder-unwritable", { path, reason: reasonOf(error) });
        }
      }
      const [pid = "", start = ""] = ((await readIfThere(lock)) ?? "").toString("utf8").split(" ");
      if (await isAlive(Number(pid), start.trim())) {
        throw new CodedError("data-folder-in-use", { path, pid: Number(pid) });
      }
      await rm(lock, { force: true });
    }
    throw new CodedError("data-folder-in-use", { path });
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Makes the folder, or closes our own to others; a folder with other things in it is left as it is. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    // The command line's key folder may be there before the first run.
    const names = (await readdir(path)).filter((name) => name !== "keys");
    const ours = names.length === 0 || names.some((name) => OWN_FILES.includes(name));
    if (!ours) throw new CodedError("data-folder-foreign", { path });
    await chmod(path, 0o700);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError("data-folder-unwritable", { path, reason: reasonOf(error) });
  }
}

/**
 * Opens (and makes) a data folder. Rejects with `data-folder-in-use` {path, pid}, `data-folder-foreign`
 * {path} for a folder that holds other things, `data-folder-unwritable` or `data-folder-unreadable`
 * {path, reason}, `data-folder-damaged` {path}.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  await makeFolder(path);
  const release = await takeLock(path);
  try {
    const hex = /^[0-9a-f]{64}$/;
    const identity = await secret(join(path, "identity-seed"), "hex", hex);
    const creator = await secret(join(path, "creator-seed"), "hex", hex);
    const rpcToken = await secret(join(path, "rpc-token"), "base64url", /^[\w-]{43}$/);
    return {
      path,
      identitySeed: new Uint8Array(Buffer.from(identity, "hex")),
      creatorSeed: new Uint8Array(Buffer.from(creator, "hex")),
      rpcToken,
      async genesis() {
        const bytes = await readIfThere(join(path, GENESIS_FILE));
        return bytes && new Uint8Array(bytes);
      },
      putGenesis: (genesis) => writeWhole(join(path, GENESIS_FILE), genesis),
      slotFolder: join(path, "slot"),
      storyFolder: (story) => storyFolderOf(path, story),
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}
