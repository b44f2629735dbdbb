/**
 * Compares an implementation of BLAKE3 with @noble/hashes at every length where something changes: block
 * ends, chunk ends, whole and ragged trees. The same list runs in Node and in Chromium. Test-only.
 *
 * @module
 */
import { type Blake3, nobleBlake3 } from "../blake3.ts";
import { hexFromBytes, utf8Encode } from "../bytes.ts";
import { bytesFromWords, type DigestWords, wordsFromBytes } from "../digest-words.ts";

const EDGES: readonly number[] = [
  0, 1, 31, 32, 63, 64, 65, 92, 108, 127, 128, 129, 184, 294, 366, 960, 1023, 1024, 1025, 1088,
  2047, 2048, 2049, 3072, 3073, 4096, 4097, 5120, 7168, 8192, 8193, 31_744, 100_000,
];

const CONTEXT: Uint8Array = utf8Encode("fabula/1 a test");

const hexOfWords = (words: DigestWords): string => hexFromBytes(bytesFromWords(words));

/** Every difference, in words; none when `blake3` gives what @noble/hashes gives. */
export function differencesFromNoble(blake3: Blake3 | null): readonly string[] {
  if (blake3 === null) return ["there is no implementation to compare"];
  const ours = blake3.deriveKey(CONTEXT);
  const theirs = nobleBlake3.deriveKey(CONTEXT);
  const left = wordsFromBytes(theirs.hash([CONTEXT]));
  const right = wordsFromBytes(theirs.hash([]));
  const pair = [ours, theirs].map((it) => hexOfWords(it.hashPair(left, right)));
  const pairFault = pair[0] === pair[1] ? [] : [`pair: ${pair.join(" is not ")}`];
  const modes = [
    { mode: "plain", ours: blake3.plain, theirs: nobleBlake3.plain },
    { mode: "derive-key", ours: ours.hash, theirs: theirs.hash },
  ];
  const faults = modes.flatMap(({ mode, ours, theirs }) =>
    EDGES.flatMap((length) => {
      const message = Uint8Array.from({ length }, (_, index) => (index * 7 + length) % 256);
      const split = [message.subarray(0, length / 3), message.subarray(length / 3)];
      const got = hexFromBytes(ours(split));
      const expected = hexFromBytes(theirs([message]));
      return got === expected ? [] : [`${mode}, ${length} bytes: ${got} is not ${expected}`];
    }),
  );
  return [...pairFault, ...faults];
}
