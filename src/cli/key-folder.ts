/**
 * Private keys of the command line: `<name>.pem` (PKCS#8) in a folder that only its owner can open. The
 * keys are not encrypted, so the folder's permissions are all that guards them: they are made right, and
 * looked at before a key is written or read.
 *
 * @module
 */
import { mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isHex32 } from "../kernel/brand.ts";
import { CodedError } from "../kernel/errors.ts";
import { initKernel } from "../kernel/init.ts";
import { decodePkcs8Pem, encodePkcs8Pem } from "../kernel/pkcs8.ts";
import { errnoOf, reasonOf } from "../lighthouse/unknowns.ts";

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const OTHERS = 0o077;
/** No path, nothing hidden, no option; an address is not a name, so that both can stand in one place. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

function pathOf(folder: string, name: string): string {
  if (!NAME.test(name) || isHex32(name)) throw new CodedError("bad-key-name", { name });
  return join(folder, `${name}.pem`);
}

/** Windows has no such bits: there the profile's own access list guards the folder. */
async function checkPrivate(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if (process.platform === "win32" || (mode & OTHERS) === 0) return;
  throw new CodedError("key-folder-open", { path: folder, mode: (mode & 0o777).toString(8) });
}

/** The text of a key file; rejects with `key-file-not-found` {path} or `key-file-unreadable` {path, reason}. */
async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errnoOf(error) === "ENOENT") throw new CodedError("key-file-not-found", { path });
    throw new CodedError("key-file-unreadable", { path, reason: reasonOf(error) });
  }
}

/**
 * The seed in a file anywhere: PKCS#8 PEM or a key file of the dual-token kernel. Rejects as `readText`,
 * and with `bad-private-key` {reason, path}.
 */
export async function readKeyFile(path: string): Promise<Uint8Array> {
  await initKernel();
  const text = await readText(path);
  try {
    return decodePkcs8Pem(text);
  } catch (cause) {
    if (!(cause instanceof CodedError)) throw cause;
    throw new CodedError(cause.code, { ...cause.data, path }, { cause });
  }
}

/**
 * The seed of a key in the folder. Rejects with `bad-key-name` {name}, `key-folder-open` {path, mode} when
 * others can look into the folder, and as `readKeyFile`.
 */
export async function readKey(folder: string, name: string): Promise<Uint8Array> {
  const path = pathOf(folder, name);
  const seed = await readKeyFile(path);
  await checkPrivate(folder);
  return seed;
}

/**
 * Keeps a seed under a new name and resolves to the file's path; the folder is made when it is missing.
 * Rejects with `bad-key-name` {name}, `key-exists` {name, path}, `key-folder-open` {path, mode} or
 * `key-file-unwritable` {path, reason}.
 */
export async function writeKey(folder: string, name: string, seed: Uint8Array): Promise<string> {
  const path = pathOf(folder, name);
  const failed = (error: unknown): CodedError =>
    new CodedError("key-file-unwritable", { path, reason: reasonOf(error) });
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE }).catch((error: unknown) => {
    throw failed(error);
  });
  await checkPrivate(folder);
  const file = await open(path, "wx", FILE_MODE).catch((error: unknown) => {
    throw errnoOf(error) === "EEXIST"
      ? new CodedError("key-exists", { name, path })
      : failed(error);
  });
  try {
    await file.writeFile(encodePkcs8Pem(seed));
    await file.sync();
  } catch (error) {
    // Half a key would keep the name from the next attempt.
    await rm(path, { force: true });
    throw failed(error);
  } finally {
    await file.close();
  }
  return path;
}
