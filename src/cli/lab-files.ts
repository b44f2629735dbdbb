/**
 * Files of the lab: scenarios and reports that are read, reports that are written.
 *
 * @module
 */
import { createReadStream } from "node:fs";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CodedError } from "../kernel/errors.ts";
import { errnoOf, reasonOf } from "../lighthouse/unknowns.ts";

/** Reads the program's standard input. */
export const STDIN = "-";
/** Reports of 64 seeds and 2,000 miners stay below. */
export const INPUT_MAX_BYTES = 67_108_864;

/** The system's reason without the path that it was met at, which may be a draft's. */
export function systemReason(error: unknown): string {
  return reasonOf(error).split(", ")[0] ?? "";
}

/** What problems of a file are told of. */
export function inputName(path: string): string {
  return path === STDIN ? "<stdin>" : path;
}

/**
 * The text of a file, or of standard input for `-`. Rejects with `input-unreadable` {path, reason}, and
 * with `input-too-large` {path, maxBytes} before more than that is kept.
 */
export async function readInput(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    const stream = path === STDIN ? process.stdin : createReadStream(path);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > INPUT_MAX_BYTES) break;
      chunks.push(chunk);
    }
    if (size <= INPUT_MAX_BYTES) {
      return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
    }
  } catch (error) {
    const reason = error instanceof TypeError ? "it is no UTF-8 text" : systemReason(error);
    throw new CodedError("input-unreadable", { path: inputName(path), reason }, { cause: error });
  }
  throw new CodedError("input-too-large", { path: inputName(path), maxBytes: INPUT_MAX_BYTES });
}

/** A file that is written once, whole or not at all. */
export interface OutputFile {
  /** Rejects with `file-unwritable` {path, reason}. */
  write(text: string): Promise<void>;
  /** Leaves what was there before; nothing after `write`. */
  discard(): Promise<void>;
}

/** The file's real place when it exists; `null` for what is no plain file, such as a pipe. */
async function placeOf(path: string): Promise<string | null> {
  try {
    const found = await stat(path);
    if (found.isDirectory())
      throw new CodedError("file-unwritable", { path, reason: "it is a folder" });
    return found.isFile() ? await realpath(path) : null;
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return path;
    throw error;
  }
}

/** Where a file is or would be, links followed; `null` for what is no plain file, which nothing replaces. */
async function realPlaceOf(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isFile() ? await realpath(path) : null;
  } catch {
    const folder = await realpath(dirname(path)).catch(() => resolve(dirname(path)));
    return join(folder, basename(path));
  }
}

/**
 * Makes sure that no report takes the place of what is read, or of another report. Rejects with `output-no-file`,
 * `output-is-input` {path} and `output-twice` {path}.
 */
export async function checkOutputs(input: string, paths: readonly string[]): Promise<void> {
  if (paths.includes(STDIN)) throw new CodedError("output-no-file");
  const read = input === STDIN ? null : await realPlaceOf(input);
  const places = new Set<string>();
  for (const path of paths) {
    const place = await realPlaceOf(path);
    if (place === null) continue;
    if (place === read) throw new CodedError("output-is-input", { path });
    if (places.has(place)) throw new CodedError("output-twice", { path });
    places.add(place);
  }
}

/**
 * Makes sure that a file can be written, before the work that it is for: what is there stays until the
 * new one is whole. Rejects with `file-unwritable` {path, reason}.
 */
export async function openOutput(path: string): Promise<OutputFile> {
  const failed = (error: unknown): CodedError =>
    error instanceof CodedError
      ? error
      : new CodedError("file-unwritable", { path, reason: systemReason(error) }, { cause: error });
  try {
    const place = await placeOf(path);
    const draft =
      place === null ? path : join(dirname(place), `.${basename(place)}.${process.pid}.part`);
    const file = await open(draft, place === null ? "w" : "wx");
    let isOpen = true;
    const discard = async (): Promise<void> => {
      if (!isOpen) return;
      isOpen = false;
      await file.close();
      if (place !== null) await rm(draft, { force: true });
    };
    return {
      async write(text) {
        try {
          await file.writeFile(text);
          if (place !== null) {
            await file.sync();
            await rename(draft, place);
          }
          isOpen = false;
          await file.close();
        } catch (error) {
          await discard();
          throw failed(error);
        }
      },
      discard,
    };
  } catch (error) {
    throw failed(error);
  }
}
