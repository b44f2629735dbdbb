/**
 * The authenticated state map (HDR-4): a persistent binary trie over 256-bit keys. Versions share
 * structure, so a reorganisation is a change of root and an old version costs only what differs.
 * Hashes are computed when a root is asked for and cached in the node: a run of changes without a
 * root between them (redoing stored deltas at start) hashes nothing.
 *
 * Shape, by number of entries below: none → 32 zero bytes; one → leaf H(key ‖ H(value)), at whatever
 * depth it stands alone; more → H(left ‖ right) by the next bit, most significant first. The shape
 * depends on the entries only, never on the order of changes, so equal contents give equal roots.
 *
 * @module
 */
import { concatBytes, equalBytes, utf8Encode } from "../kernel/bytes.ts";
import { bytesFromWords, type DigestWords, wordsFromBytes } from "../kernel/digest-words.ts";
import { CodedError } from "../kernel/errors.ts";
import { hash, hashPair } from "../kernel/hash.ts";

const KEY_BYTES = 32;
const KEY_BITS = 256;
const EMPTY_HASH = new Uint8Array(32);
const EMPTY_WORDS = wordsFromBytes(EMPTY_HASH);

interface Leaf {
  readonly kind: "leaf";
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  cachedHash: DigestWords | undefined;
}
interface Branch {
  readonly kind: "branch";
  readonly left: TrieNode;
  readonly right: TrieNode;
  cachedHash: DigestWords | undefined;
}
type TrieNode = Leaf | Branch | null;

/** One version of the state; immutable to its holders. */
export interface StateMap {
  readonly root: TrieNode;
}

/** Siblings from the root down, and the leaf (or nothing) that stands where the key would be. */
export interface StateProof {
  readonly siblings: readonly Uint8Array[];
  readonly terminal: { readonly key: Uint8Array; readonly valueHash: Uint8Array } | null;
}

/** The map without entries; its root is 32 zero bytes. */
export const emptyStateMap: StateMap = { root: null };

const moduleNames = new Map<string, Uint8Array>();

/** Length and name of a module, kept: the same few names again and again (1.0 → 0.25 µs a key). */
function moduleName(module: string): Uint8Array {
  let bytes = moduleNames.get(module);
  if (bytes === undefined) {
    const name = utf8Encode(module);
    bytes = concatBytes(Uint8Array.of(name.length), name);
    moduleNames.set(module, bytes);
  }
  return bytes;
}

/** Map key of a module's entry: H(length of module ‖ module ‖ key), 32 bytes; the length byte keeps two pairs from meeting in one key. */
export function stateKey(module: string, key: Uint8Array): Uint8Array {
  return hash("state-key", moduleName(module), key);
}

function checkKey(key: Uint8Array): void {
  if (key.length !== KEY_BYTES) {
    throw new CodedError("bad-state-key", { sizeBytes: key.length, expectedBytes: KEY_BYTES });
  }
}

function bitAt(key: Uint8Array, depth: number): number {
  return ((key[depth >> 3] ?? 0) >> (7 - (depth & 7))) & 1;
}

function leafOf(key: Uint8Array, value: Uint8Array): Leaf {
  return { kind: "leaf", key, value, cachedHash: undefined };
}

function branchOf(left: TrieNode, right: TrieNode): Branch {
  return { kind: "branch", left, right, cachedHash: undefined };
}

/** Value at `key`, or `undefined`; callers must not change the bytes. */
export function stateGet(map: StateMap, key: Uint8Array): Uint8Array | undefined {
  checkKey(key);
  let node = map.root;
  for (let depth = 0; node !== null && node.kind === "branch"; depth++) {
    node = bitAt(key, depth) === 0 ? node.left : node.right;
  }
  return node !== null && equalBytes(node.key, key) ? node.value : undefined;
}

/** A map with `key` set to `value`; the same map when nothing changes. */
export function stateSet(map: StateMap, key: Uint8Array, value: Uint8Array): StateMap {
  checkKey(key);
  const root = insert(map.root, key, value, 0);
  return root === map.root ? map : { root };
}

function insert(node: TrieNode, key: Uint8Array, value: Uint8Array, depth: number): TrieNode {
  if (node === null) return leafOf(key.slice(), value.slice());
  if (node.kind === "leaf") {
    if (!equalBytes(node.key, key)) return split(node, leafOf(key.slice(), value.slice()), depth);
    return equalBytes(node.value, value) ? node : leafOf(node.key, value.slice());
  }
  if (bitAt(key, depth) === 0) {
    const left = insert(node.left, key, value, depth + 1);
    return left === node.left ? node : branchOf(left, node.right);
  }
  const right = insert(node.right, key, value, depth + 1);
  return right === node.right ? node : branchOf(node.left, right);
}

function split(a: Leaf, b: Leaf, depth: number): Branch {
  const bitA = bitAt(a.key, depth);
  const bitB = bitAt(b.key, depth);
  if (bitA !== bitB) return bitA === 0 ? branchOf(a, b) : branchOf(b, a);
  const below = split(a, b, depth + 1);
  return bitA === 0 ? branchOf(below, null) : branchOf(null, below);
}

/** A map without `key` (a lone leaf is hoisted); the same map when it was not there. */
export function stateDelete(map: StateMap, key: Uint8Array): StateMap {
  checkKey(key);
  const root = remove(map.root, key, 0);
  return root === map.root ? map : { root };
}

function remove(node: TrieNode, key: Uint8Array, depth: number): TrieNode {
  if (node === null) return null;
  if (node.kind === "leaf") return equalBytes(node.key, key) ? null : node;
  const goesLeft = bitAt(key, depth) === 0;
  const child = goesLeft ? node.left : node.right;
  const changed = remove(child, key, depth + 1);
  if (changed === child) return node;
  const left = goesLeft ? changed : node.left;
  const right = goesLeft ? node.right : changed;
  if (left === null && (right === null || right.kind === "leaf")) return right;
  if (right === null && left?.kind === "leaf") return left;
  return branchOf(left, right);
}

function hashOf(node: TrieNode): DigestWords {
  if (node === null) return EMPTY_WORDS;
  node.cachedHash ??=
    node.kind === "leaf"
      ? wordsFromBytes(leafHash(node.key, hash("state-value", node.value)))
      : hashPair("state-node", hashOf(node.left), hashOf(node.right));
  return node.cachedHash;
}

function leafHash(key: Uint8Array, valueHash: Uint8Array): Uint8Array {
  return hash("state-leaf", key, valueHash);
}

/** The 32-byte root (HDR-4); hashes only what changed since a root was last taken of a shared part. */
export function stateRoot(map: StateMap): Uint8Array {
  return bytesFromWords(hashOf(map.root));
}

/** Proof of the value at `key`, or of its absence. */
export function proveState(map: StateMap, key: Uint8Array): StateProof {
  checkKey(key);
  const siblings: Uint8Array[] = [];
  let node = map.root;
  for (let depth = 0; node !== null && node.kind === "branch"; depth++) {
    const goesLeft = bitAt(key, depth) === 0;
    siblings.push(bytesFromWords(hashOf(goesLeft ? node.right : node.left)));
    node = goesLeft ? node.left : node.right;
  }
  if (node === null) return { siblings, terminal: null };
  return {
    siblings,
    terminal: { key: node.key.slice(), valueHash: hash("state-value", node.value) },
  };
}

/** True when `proof` shows that the map with `root` holds `value` at `key` (`undefined`: holds nothing there). */
export function verifyStateProof(
  root: Uint8Array,
  key: Uint8Array,
  value: Uint8Array | undefined,
  proof: StateProof,
): boolean {
  const { siblings, terminal } = proof;
  if (key.length !== KEY_BYTES || siblings.length > KEY_BITS) return false;
  if (siblings.some((sibling) => sibling.length !== KEY_BYTES)) return false;
  if (terminal !== null && !isTerminalFor(terminal, key, value, siblings.length)) return false;
  if (terminal === null && value !== undefined) return false;
  let node = terminal === null ? EMPTY_HASH : leafHash(terminal.key, terminal.valueHash);
  for (let depth = siblings.length - 1; depth >= 0; depth--) {
    const sibling = siblings[depth] ?? EMPTY_HASH;
    node =
      bitAt(key, depth) === 0
        ? hash("state-node", node, sibling)
        : hash("state-node", sibling, node);
  }
  return equalBytes(node, root);
}

function isTerminalFor(
  terminal: NonNullable<StateProof["terminal"]>,
  key: Uint8Array,
  value: Uint8Array | undefined,
  depth: number,
): boolean {
  if (terminal.key.length !== KEY_BYTES || terminal.valueHash.length !== KEY_BYTES) return false;
  if (equalBytes(terminal.key, key)) {
    return value !== undefined && equalBytes(hash("state-value", value), terminal.valueHash);
  }
  if (value !== undefined) return false;
  for (let at = 0; at < depth; at++) if (bitAt(terminal.key, at) !== bitAt(key, at)) return false;
  return true;
}

/** All entries in ascending key order. */
export function* stateEntries(
  map: StateMap,
): Generator<readonly [key: Uint8Array, value: Uint8Array]> {
  const open: TrieNode[] = [map.root];
  while (open.length > 0) {
    const node = open.pop() ?? null;
    if (node === null) continue;
    if (node.kind === "leaf") yield [node.key, node.value];
    else open.push(node.right, node.left);
  }
}
