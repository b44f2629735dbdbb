/**
 * From a record's layout to one input of a fuzz run: sometimes as it is (the decoder must take it),
 * mostly changed in its tree, its bytes, or both. Test-only.
 *
 * @module
 */
import { concatBytes, equalBytes, hexFromBytes } from "../../kernel/bytes.ts";
import { CodedError, isCoded } from "../../kernel/errors.ts";
import { bytesOf, mutatePart, type Part } from "./fuzz-tree.ts";
import type { Random } from "./random.ts";

/** One input and what is asked of it. */
export interface FuzzCase {
  /** True when nothing was changed: a refusal is then a finding. */
  readonly isValid: boolean;
  /** The input, for a report. */
  readonly shown: () => string;
  /** True when the input was accepted; throws (or rejects with) what is a finding. */
  readonly check: () => boolean | Promise<boolean>;
}

/** Something that reads what a stranger sends, or what lay on a disk. */
export interface FuzzTarget {
  readonly name: string;
  /** How often it is chosen, relative to the others. */
  readonly weight: number;
  readonly make: (random: Random) => FuzzCase;
}

/** A decoder and its encoder; `inspect` is what the program does with a decoded value and may refuse. */
export interface BinaryCodec<T> {
  readonly decode: (bytes: Uint8Array) => T;
  readonly encode: (value: T) => Uint8Array;
  readonly inspect?: (value: T) => void;
}

/** Runs what may refuse with a `CodedError`; `undefined` when it did. Everything else is a finding. */
export function unlessRefused<T>(run: () => T): { readonly value: T } | undefined {
  try {
    return { value: run() };
  } catch (error) {
    if (isCoded(error)) return undefined;
    throw error;
  }
}

/** Throws a finding. */
export function finding(what: string): never {
  throw new CodedError("fuzz-finding", { what });
}

/** A decoder accepts exactly what its encoder makes (ENC-2), and refuses with codes only. */
export function checkCodec<T>(
  { decode, encode, inspect }: BinaryCodec<T>,
  bytes: Uint8Array,
): boolean {
  const before = bytes.slice();
  const decoded = unlessRefused(() => decode(bytes));
  if (!equalBytes(bytes, before)) finding("the decoder changed its input");
  if (decoded === undefined) return false;
  if (!equalBytes(encode(decoded.value), bytes)) finding("accepted, and encoded otherwise");
  if (inspect !== undefined) unlessRefused(() => inspect(decoded.value));
  return true;
}

function mutateBytes(random: Random, bytes: Uint8Array): Uint8Array {
  const at = random.below(bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (random.below(6)) {
    case 0:
      return before.slice();
    case 1:
      return concatBytes(bytes, random.bytes(1 + random.below(4)));
    case 2:
      return concatBytes(before, after.subarray(1 + random.below(4)));
    case 3:
      return concatBytes(before, random.bytes(1 + random.below(8)), after);
    case 4:
      return concatBytes(before, after.subarray(0, random.below(64)), after);
    default: {
      const changed = bytes.slice();
      if (at < bytes.length) changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8));
      return changed;
    }
  }
}

/** Bytes of a layout, changed as chance has it. */
export function inputFrom(random: Random, root: Part): { isValid: boolean; bytes: Uint8Array } {
  const plan = random.below(10);
  if (plan === 0) return { isValid: true, bytes: bytesOf(root) };
  if (plan === 1 && random.chance(4))
    return { isValid: false, bytes: random.bytes(random.below(600)) };
  if (plan < 8) for (let left = 1 + random.below(3); left > 0; left--) mutatePart(random, root);
  let bytes = bytesOf(root);
  if (plan > 6) {
    for (let left = 1 + random.below(4); left > 0; left--) bytes = mutateBytes(random, bytes);
  }
  return { isValid: false, bytes };
}

/** A target for a codec whose valid records are made by `layout`. */
export function codecTarget<T>(
  name: string,
  weight: number,
  layout: (random: Random) => Part,
  codec: BinaryCodec<T>,
): FuzzTarget {
  return {
    name,
    weight,
    make: (random) => {
      const { isValid, bytes } = inputFrom(random, layout(random));
      return { isValid, shown: () => hexFromBytes(bytes), check: () => checkCodec(codec, bytes) };
    },
  };
}
