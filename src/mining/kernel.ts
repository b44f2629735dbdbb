/**
 * The proof-of-work search (HDR-1): WebAssembly finds candidates by the digest's first four bytes,
 * JavaScript confirms them with another implementation of BLAKE3. So a fault in the fast code can
 * lose a block, but never announce one that others refuse.
 *
 * @module
 */
import { blake3 } from "@noble/hashes/blake3.js";
import { CodedError } from "../kernel/errors.ts";
import {
  SCALAR_MODULE_BASE64,
  SCALAR_STEP,
  SIMD_MODULE_BASE64,
  SIMD_PROBE_BASE64,
  SIMD_STEP,
} from "./miner-kernel.generated.ts";

/** How many values one 32-bit nonce word has. */
export const WORD_VALUES: number = 2 ** 32;

const CORE_HASH_BYTES = 32;
const TARGET_BYTES = 32;
const INPUT_BYTES = 40;
const OUTER_OFFSET = 32;
const INNER_OFFSET = 36;

/** A stretch of the nonce space of one block candidate. */
export interface SearchRange {
  /** The 32 bytes that the proof of work commits to. */
  readonly coreHash: Uint8Array;
  /** 32 bytes, big-endian; a digest that is not greater is a hit. */
  readonly target: Uint8Array;
  /** The nonce's low 32 bits, fixed in this range. */
  readonly outer: number;
  /** The first value of the nonce's high 32 bits; a multiple of the kernel's `step`. */
  readonly start: number;
  /** Length of the range in groups of `step` nonces; what lies beyond 2^32 is cut off. */
  readonly groups: number;
}

/** What a search came to. */
export interface SearchResult {
  /** The first nonce that satisfies the target, as a u64. */
  readonly found: bigint | undefined;
  /** Nonces that were really hashed: fewer than asked after a hit or at the end of the word. */
  readonly hashes: number;
}

/** A loaded miner; one for each thread, not reentrant. */
export interface MinerKernel {
  readonly simd: boolean;
  /** Nonces per group. */
  readonly step: number;
  /** Searches a range; throws `mining-bad-range` when the range breaks its rules. */
  search(range: SearchRange): SearchResult;
}

/** Options of `createMinerKernel`. */
export interface MinerKernelOptions {
  /** Use the scalar module even where SIMD exists (tests, benches). */
  readonly forceScalar?: boolean;
}

interface MinerExports {
  readonly memory: WebAssembly.Memory;
  readonly mine: (start: number, groups: number, targetTop32: number) => number;
}

function bytesFromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** True when this engine runs WebAssembly SIMD. */
export function isSimdSupported(): boolean {
  return WebAssembly.validate(bytesFromBase64(SIMD_PROBE_BASE64));
}

/** The first four bytes as a big-endian number: what the WebAssembly code compares. */
function top32(target: Uint8Array): number {
  return viewOf(target).getUint32(0, false);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Big-endian comparison of two byte strings of one length. */
function isAtMost(digest: Uint8Array, target: Uint8Array): boolean {
  for (const [index, limit] of target.entries()) {
    const byte = digest[index] ?? 0;
    if (byte !== limit) return byte < limit;
  }
  return true;
}

const isWord = (value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < WORD_VALUES;

function checkRange({ coreHash, target, outer, start, groups }: SearchRange, step: number): void {
  const fault =
    coreHash.length !== CORE_HASH_BYTES
      ? "coreHash must be 32 bytes"
      : target.length !== TARGET_BYTES
        ? "target must be 32 bytes"
        : !isWord(outer)
          ? "outer must be an unsigned 32-bit integer"
          : !isWord(start) || start % step !== 0
            ? "start must be an unsigned 32-bit multiple of step"
            : !Number.isInteger(groups) || groups < 1
              ? "groups must be a positive integer"
              : undefined;
  if (fault !== undefined) throw new CodedError("mining-bad-range", { fault });
}

/** Hashes the `step` nonces of a group one by one and returns the first high half that hits. */
function confirmGroup(
  input: Uint8Array,
  target: Uint8Array,
  start: number,
  step: number,
): number | undefined {
  const view = viewOf(input);
  for (let inner = start; inner < start + step; inner += 1) {
    view.setUint32(INNER_OFFSET, inner, true);
    if (isAtMost(blake3(input), target)) return inner;
  }
  return undefined;
}

function searchWith(exports: MinerExports, step: number, range: SearchRange): SearchResult {
  checkRange(range, step);
  const { coreHash, target, outer, start } = range;
  const input = new Uint8Array(INPUT_BYTES);
  input.set(coreHash);
  viewOf(input).setUint32(OUTER_OFFSET, outer, true);
  new Uint8Array(exports.memory.buffer).set(input.subarray(0, INNER_OFFSET));

  const end = Math.min(WORD_VALUES, start + range.groups * step);
  const limit = top32(target);
  let next = start;
  while (next < end) {
    const candidate = exports.mine(next, (end - next) / step, limit);
    if (candidate === -1) break;
    const group = candidate >>> 0;
    const inner = confirmGroup(input, target, group, step);
    next = group + step;
    if (inner !== undefined) {
      return { found: (BigInt(inner) << 32n) | BigInt(outer), hashes: next - start };
    }
  }
  return { found: undefined, hashes: end - start };
}

function exportsOf(instance: WebAssembly.Instance): MinerExports {
  const { memory, mine } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof mine !== "function") {
    throw new CodedError("mining-bad-module", { exports: Object.keys(instance.exports).join(" ") });
  }
  return { memory, mine: (start, groups, limit) => Number(mine(start, groups, limit)) };
}

/** Compiles the miner that suits this engine: SIMD where it exists, else scalar. */
export async function createMinerKernel(options: MinerKernelOptions = {}): Promise<MinerKernel> {
  const simd = options.forceScalar !== true && isSimdSupported();
  const step = simd ? SIMD_STEP : SCALAR_STEP;
  const bytes = bytesFromBase64(simd ? SIMD_MODULE_BASE64 : SCALAR_MODULE_BASE64);
  const { instance } = await WebAssembly.instantiate(bytes);
  const exports = exportsOf(instance);
  return { simd, step, search: (range) => searchWith(exports, step, range) };
}
