/**
 * BLAKE3-256 in WebAssembly: 10 to 15 times as fast as @noble/hashes for the short messages of consensus
 * (64 bytes: 0.16 instead of 2.4 µs, Node 20). The module (`scripts/blake3/emit-wat.mjs`) compresses one
 * chunk; the tree over chunks (specification, section 2.1) is here.
 *
 * @module
 */
import { type Blake3, type KeyedHash, nobleBlake3, type PartsHash } from "./blake3.ts";
import { KEYS_AT, MESSAGE_AT, MODULE_HEX } from "./blake3-kernel.generated.ts";
import { bytesFromHex, concatBytes } from "./bytes.ts";
import { type DigestWords, readWords } from "./digest-words.ts";

const CHUNK_BYTES = 1024;
const DIGEST_BYTES = 32;
const DIGEST_WORDS = 8;

const CHUNK_START = 1;
const CHUNK_END = 2;
const PARENT = 4;
const ROOT = 8;
const DERIVE_KEY_CONTEXT = 32;
const DERIVE_KEY_MATERIAL = 64;

interface Kernel {
  /** The module's memory, of a fixed size, so that views stay good. */
  readonly memory: Uint8Array;
  readonly words: Uint32Array;
  readonly absorb: (
    key: number,
    length: number,
    counter: number,
    first: number,
    last: number,
    every: number,
  ) => void;
}

/** How a hash starts and which flag all its blocks have. */
interface Mode {
  readonly key: number;
  readonly every: number;
}

/** BLAKE3 by WebAssembly, or by JavaScript where that is absent or refused. */
export function createBlake3(): Blake3 {
  return createWasmBlake3() ?? nobleBlake3;
}

/** Compiles the module; `null` where WebAssembly is absent or refused. */
export function createWasmBlake3(): Blake3 | null {
  const kernel = instantiate();
  if (kernel === null) return null;
  const plain = hashIn(kernel, { key: KEYS_AT, every: 0 });
  const hashContext = hashIn(kernel, { key: KEYS_AT, every: DERIVE_KEY_CONTEXT });
  let nextKey = KEYS_AT + DIGEST_BYTES;
  return {
    plain,
    deriveKey(context) {
      const key = nextKey;
      nextKey += DIGEST_BYTES;
      kernel.memory.set(hashContext([context]), key);
      const mode: Mode = { key, every: DERIVE_KEY_MATERIAL };
      return { hash: hashIn(kernel, mode), hashPair: hashPairIn(kernel, mode) };
    },
  };
}

function instantiate(): Kernel | null {
  try {
    const module = new WebAssembly.Module(bytesFromHex(MODULE_HEX));
    const { memory, absorb } = new WebAssembly.Instance(module).exports;
    const { buffer } = memory;
    return { memory: new Uint8Array(buffer), words: new Uint32Array(buffer), absorb };
  } catch {
    return null;
  }
}

function hashIn(kernel: Kernel, mode: Mode): PartsHash {
  const { memory, absorb } = kernel;
  const { key, every } = mode;
  return (parts) => {
    let length = 0;
    for (const part of parts) {
      if (length + part.length > CHUNK_BYTES) return hashTree(kernel, mode, concatBytes(...parts));
      memory.set(part, MESSAGE_AT + length);
      length += part.length;
    }
    absorb(key, length, 0, CHUNK_START, CHUNK_END | ROOT, every);
    return memory.slice(0, DIGEST_BYTES);
  };
}

function hashPairIn({ words, absorb }: Kernel, { key, every }: Mode): KeyedHash["hashPair"] {
  const leftAt = MESSAGE_AT / 4;
  const rightAt = leftAt + DIGEST_WORDS;
  return (left: DigestWords, right: DigestWords) => {
    for (let index = 0; index < DIGEST_WORDS; index++) {
      words[leftAt + index] = left[index] ?? 0;
      words[rightAt + index] = right[index] ?? 0;
    }
    absorb(key, 2 * DIGEST_BYTES, 0, CHUNK_START, CHUNK_END | ROOT, every);
    return readWords(words);
  };
}

/** The hash of a message of more than one chunk. */
function hashTree(
  { memory, absorb }: Kernel,
  { key, every }: Mode,
  message: Uint8Array,
): Uint8Array {
  const chunkNode = (chunk: number): Uint8Array => {
    const bytes = message.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES);
    memory.set(bytes, MESSAGE_AT);
    absorb(key, bytes.length, chunk, CHUNK_START, CHUNK_END, every);
    return memory.slice(0, DIGEST_BYTES);
  };
  const parentNode = (left: Uint8Array, right: Uint8Array, root: number): Uint8Array => {
    memory.set(left, MESSAGE_AT);
    memory.set(right, MESSAGE_AT + DIGEST_BYTES);
    absorb(key, 2 * DIGEST_BYTES, 0, PARENT, root, every);
    return memory.slice(0, DIGEST_BYTES);
  };
  const lastChunk = Math.ceil(message.length / CHUNK_BYTES) - 1;
  /** Whole subtrees so far, greatest first: one for each bit that is set in the number of chunks. */
  const subtrees: Uint8Array[] = [];
  for (let chunk = 0; chunk < lastChunk; chunk++) {
    let node = chunkNode(chunk);
    for (let count = chunk + 1; count % 2 === 0; count /= 2) {
      node = parentNode(subtrees.pop() ?? node, node, 0);
    }
    subtrees.push(node);
  }
  return subtrees.reduceRight(
    (right, left, index) => parentNode(left, right, index === 0 ? ROOT : 0),
    chunkNode(lastChunk),
  );
}
