/**
 * The state root of the second implementation (HDR-4): all entries as the table in `docs/PROTOCOL.md`
 * lists them, hashed by halving the list bit by bit. Slow, and obviously what the rule says. Test-only.
 *
 * @module
 */
import { bigEndian, fromHex, hashFor, join, littleEndian, toHex, utf8 } from "./simple-bytes.ts";
import type { SimpleLedger } from "./simple-ledger.ts";

type Entry = readonly [key: string, value: Uint8Array];

const u32 = (value: number): Uint8Array => littleEndian(value, 4);
const u64 = (value: bigint): Uint8Array => littleEndian(value, 8);
const text8 = (text: string): Uint8Array => join(Uint8Array.of(utf8(text).length), utf8(text));
const text16 = (text: string): Uint8Array => join(littleEndian(utf8(text).length, 2), utf8(text));

function entry(module: string, key: Uint8Array, value: Uint8Array): Entry {
  return [toHex(hashFor("state-key", text8(module), key)), value];
}

function entriesOf(ledger: SimpleLedger): Entry[] {
  const { accounts, emitted, pot, referenceWork, paragraphs } = ledger;
  const { handles, shown, codex, profiles } = ledger;
  const amounts = [emitted.consumer, emitted.industrial, pot.consumer, pot.industrial].map(u64);
  const supply = join(...amounts, bigEndian(referenceWork, 32));
  return [
    entry("supply", join(), supply),
    ...[...accounts].map(([address, { consumer, industrial, nonce }]) =>
      entry("account", fromHex(address), join(u64(consumer), u64(industrial), u64(nonce))),
    ),
    ...paragraphs.map((leaf, index) => entry("paragraph", u32(index + 1), fromHex(leaf))),
    ...[...handles].flatMap(([handle, tenures]) => [
      ...tenures
        .slice(-1)
        .map(({ owner, height }) =>
          entry("handle", utf8(handle), join(fromHex(owner), u32(height), u32(tenures.length))),
        ),
      ...tenures.map(({ owner, height }, index) =>
        entry("handle-history", join(utf8(handle), u32(index)), join(fromHex(owner), u32(height))),
      ),
    ]),
    ...[...shown].map(([address, handle]) => entry("handle-of", fromHex(address), text8(handle))),
    ...(codex.length === 0 ? [] : [entry("codex-count", join(), u32(codex.length))]),
    ...codex.flatMap(({ kind, name, author, height, revision, text }, index) => [
      entry("codex-at", u32(index), join(Uint8Array.of(kind), text8(name))),
      entry(
        "codex",
        join(Uint8Array.of(kind), utf8(name)),
        join(fromHex(author), u32(height), u32(revision), text16(text)),
      ),
    ]),
    ...[...profiles].map(([address, { name, colour, avatar }]) =>
      entry("profile", fromHex(address), join(text8(name), fromHex(colour), fromHex(avatar))),
    ),
  ];
}

function isOne(key: string, bit: number): boolean {
  return ((Number.parseInt(key.charAt(bit >> 2), 16) >> (3 - (bit & 3))) & 1) === 1;
}

function rootOf(entries: readonly Entry[], bit: number): Uint8Array {
  const [first] = entries;
  if (first === undefined) return new Uint8Array(32);
  if (entries.length === 1) {
    const [key, value] = first;
    return hashFor("state-leaf", fromHex(key), hashFor("state-value", value));
  }
  const left = entries.filter(([key]) => !isOne(key, bit));
  const right = entries.filter(([key]) => isOne(key, bit));
  return hashFor("state-node", rootOf(left, bit + 1), rootOf(right, bit + 1));
}

/** Root of everything that the ledger holds, hex. */
export function simpleStateRoot(ledger: SimpleLedger): string {
  return toHex(rootOf(entriesOf(ledger), 0));
}
