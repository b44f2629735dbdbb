/**
 * Options and arguments that several commands share, each with its environment variable.
 *
 * @module
 */
import { homedir } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { isHex32 } from "../kernel/brand.ts";

/** Port of a lighthouse unless told otherwise. */
export const DEFAULT_PORT = 4173;

const HOME_FOLDER: string = join(homedir(), ".fabula");

/** Every command that prints a result. */
export interface JsonOptions {
  readonly json: boolean;
}

/** Commands that ask a lighthouse. */
export interface ReadOptions extends JsonOptions {
  readonly url: string;
}

/** Commands that change something: a token, or the data folder that holds one. */
export interface WriteOptions extends ReadOptions {
  readonly token?: string;
  readonly data: string;
}

/** Commands that use a key of the key folder. */
export interface KeyOptions {
  readonly keys: string;
}

/** Reads a whole number within bounds; refuses with a sentence. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
  };
}

/** Reads a decimal number of micro-units. */
export function units(text: string): string {
  if (/^(0|[1-9]\d{0,19})$/.test(text)) return text;
  throw new InvalidArgumentError("Give a whole number of micro-units.");
}

function storyId(text: string): string {
  if (isHex32(text)) return text;
  throw new InvalidArgumentError("Give a story id: 64 lower-case hex digits.");
}

/** `--data`. */
export function dataOption(): Option {
  return new Option("--data <folder>", "data folder: identity, token, story")
    .env("FABULA_DATA")
    .default(HOME_FOLDER);
}

/** `--json`. */
export function jsonOption(): Option {
  return new Option("--json", "print JSON").default(false);
}

/** `--url`. */
export function urlOption(): Option {
  const port = process.env["FABULA_PORT"] ?? DEFAULT_PORT;
  return new Option("--url <url>", "address of a lighthouse").default(`http://127.0.0.1:${port}`);
}

/** `--token`: what proves to a lighthouse that it may be changed. */
export function tokenOption(): Option {
  const what = "token of the lighthouse; for one on this machine the data folder's is taken";
  return new Option("--token <text>", what).env("FABULA_TOKEN");
}

/** `--keys`. */
export function keysOption(): Option {
  return new Option("--keys <folder>", "key folder")
    .env("FABULA_KEYS")
    .default(join(HOME_FOLDER, "keys"));
}

/** `--key`. */
export function keyOption(): Option {
  return new Option("--key <name>", "sign with this key of the key folder");
}

/** `--story`. */
export function storyOption(): Option {
  const what = "story that the signature is for; the lighthouse is asked when it is left out";
  return new Option("--story <id>", what).argParser(storyId);
}
