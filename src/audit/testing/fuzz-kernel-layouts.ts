/**
 * Layouts of the kernel's records (PROTOCOL §2–4) for fuzzing, filled by chance within their caps.
 * Test-only.
 *
 * @module
 */
import { compareBytes } from "../../kernel/bytes.ts";
import { blockIdBytes, coreHashOf, decodeHeader } from "../../kernel/header.ts";
import {
  bytesOf,
  group,
  list,
  number,
  type Part,
  prefixed,
  raw,
  text,
  type Width,
} from "./fuzz-tree.ts";
import type { Random } from "./random.ts";

const TIME_MAX = 8_640_000_000_000_000n;
const ZERO_32 = new Uint8Array(32);

/** Pieces of text that are UTF-8, whatever else is the matter with them. */
const PIECES = [
  "a",
  "lamp ",
  "The tide. ",
  "é",
  "夜",
  "🜁",
  "\u3000",
  "\n",
  "\u0301",
  "\u202e",
  "\0",
  "\ufdd0",
];

/** Well-formed text of at most `maxBytes` bytes. */
export function anyText(random: Random, maxBytes: number): string {
  const size = random.chance(30) ? maxBytes : Math.min(maxBytes, random.below(24));
  let written = "";
  for (let left = size; ; ) {
    const piece = random.pick(PIECES);
    left -= new TextEncoder().encode(piece).length;
    if (left < 0) return written;
    written += piece;
  }
}

/** A number below 2^64, small or at an edge more often than not. */
export function anyU64(random: Random): bigint {
  const edges = [
    0n,
    1n,
    2n ** 63n - 1n,
    2n ** 63n,
    2n ** 64n - 1n,
    BigInt(random.below(1_000_000)),
  ];
  return random.chance(2) ? random.pick(edges) : random.bigBelow(2n ** 64n);
}

const u64 = (random: Random): Part => number(anyU64(random), 8);
const u32 = (random: Random): Part => number(random.below(2 ** 32), 4);
const hash32 = (random: Random): Part => raw(random.chance(20) ? ZERO_32 : random.bytes(32));
const signature = (random: Random): Part => raw(random.bytes(64));
/** A time that a `Date` can show. */
export const time = (random: Random): Part =>
  number(random.chance(30) ? TIME_MAX : random.bigBelow(TIME_MAX), 8);

/** A compact target: some usual ones, some at the edges of the form. */
function target(random: Random): Part {
  const usual = [0x20_7f_ff_ff, 0x1d_00_ff_ff, 0x21_00_ff_ff, 0x03_00_00_01, 0x01_80_00_00, 0];
  return random.chance(3) ? u32(random) : number(random.pick(usual), 4);
}

/** Header, 366 bytes. */
export function headerLayout(random: Random): Part {
  return group(
    number(1, 1),
    number(random.below(2), 1),
    hash32(random), // story
    u32(random), // height
    number(random.below(3), 4), // micro index
    hash32(random), // parent
    hash32(random), // key parent
    time(random),
    hash32(random), // author
    hash32(random), // body root
    hash32(random), // state root
    hash32(random), // history root
    u64(random), // coinbase
    u64(random),
    hash32(random), // fee checksum
    target(random),
    u64(random), // nonce
    signature(random),
  );
}

/** Genesis, at most 1,000 bytes. */
export function genesisLayout(random: Random): Part {
  return group(
    number(1, 1),
    number(random.below(2), 1),
    text(1, anyText(random, 120)),
    text(2, anyText(random, 500)),
    text(1, random.chance(4) ? anyText(random, 35) : random.pick(["en", "de-AT", "zh-Hans-CN"])),
    number(random.pick([2_000, 60_000, 86_400_000, random.below(2 ** 32)]), 4),
    number(random.pick([1, 140, 800, random.below(2 ** 16)]), 2),
    number(random.below(2 ** 16), 2),
    number(random.below(3), 1),
    text(1, anyText(random, 100)),
    target(random),
    target(random),
    time(random),
    hash32(random),
    signature(random),
  );
}

/** Paragraph. */
export function paragraphLayout(random: Random): Part {
  const hasChapter = random.chance(3);
  return group(
    number(1, 1),
    text(2, anyText(random, 1_600)),
    number(hasChapter ? 1 : 0, 1),
    ...(hasChapter ? [text(1, anyText(random, 80))] : []),
    number(random.below(3), 1),
    text(1, anyText(random, 64)),
    hash32(random),
    u64(random),
  );
}

const NAMES = [
  "sys/handles",
  "sys/codex",
  "sys/profile",
  "sys/",
  "sys/nothing",
  "alice",
  "",
  "ab".repeat(32),
];

function accountName(random: Random): Part {
  return text(8, random.chance(4) ? anyText(random, 128) : random.pick(NAMES));
}

function memo(random: Random): Part {
  const size = random.chance(200) ? 4_096 : random.below(random.chance(8) ? 600 : 24);
  return prefixed(8, raw(random.bytes(size)));
}

/** Payload of a transaction (TX-0). */
export function payloadLayout(random: Random): Part {
  return group(
    accountName(random),
    accountName(random),
    u64(random),
    u64(random),
    u64(random),
    number(random.below(random.chance(4) ? 256 : 3), 1),
    u64(random),
    memo(random),
  );
}

/** Signed transaction. */
export function transactionLayout(random: Random): Part {
  return group(number(1, 1), payloadLayout(random), hash32(random), signature(random));
}

/** Two headers in the order of their ids. */
function accusation(random: Random): Part {
  const headers = [headerLayout(random), headerLayout(random)].map((part) => {
    const header = decodeHeader(bytesOf(part));
    return { part, id: blockIdBytes(coreHashOf(header), header.nonce) };
  });
  return group(...headers.toSorted((a, b) => compareBytes(a.id, b.id)).map(({ part }) => part));
}

function slot(random: Random): Part {
  const tag = random.below(3);
  const parts = [number(tag, 1)];
  if (tag === 1) parts.push(paragraphLayout(random));
  if (tag === 2) parts.push(raw(random.bytes(32)));
  return group(...parts);
}

/** Body; a few have `most` transactions, which may come near a body's cap. */
export function bodyLayout(random: Random, most = 20): Part {
  const isAccusing = random.chance(8);
  const count = random.chance(400) ? most : random.below(3);
  const transactions = Array.from({ length: count }, () => transactionLayout(random));
  return group(
    number(isAccusing ? 2 : 1, 1),
    slot(random),
    list(2, transactions),
    ...(isAccusing ? [accusation(random)] : []),
  );
}

/** Block: header and body. */
export function blockLayout(random: Random): Part {
  return group(headerLayout(random), bodyLayout(random, 4));
}

/** A list of at most `max` things, most often short. */
export function someOf(random: Random, max: number, make: (random: Random) => Part): Part[] {
  const length = random.chance(40) ? max : random.below(Math.min(max + 1, 4));
  return Array.from({ length }, () => make(random));
}

/** A text behind a length, of a size up to the cap. */
export function cappedTextPart(random: Random, width: Width, maxBytes: number): Part {
  return text(width, anyText(random, maxBytes));
}
