/**
 * Layouts of what peers send each other (PROTOCOL §6), of a state delta (§7) and of operations' memos
 * (§3), for fuzzing. Test-only.
 *
 * @module
 */
import { compareBytes } from "../../kernel/bytes.ts";
import {
  anyU64,
  cappedTextPart,
  headerLayout,
  someOf,
  transactionLayout,
} from "./fuzz-kernel-layouts.ts";
import {
  bigEndianNumber,
  group,
  list,
  number,
  type Part,
  prefixed,
  raw,
  text,
} from "./fuzz-tree.ts";
import type { Random } from "./random.ts";

const PHRASE = "these-are-not-the-droids-you-are-looking-for";
const SAFE_TIME = 2n ** 53n - 1n;
const PEER_IDS = ["12D3KooWExample", "", "é🜁"];
const WORDS = ["ada", "The lamp", "夜 tide", "grace_h", "a"];
const HANDLES = ["ada", "grace_h", "a_0", "abcdefghijklmnopqrstuvwx"];

const key = (random: Random): Part => raw(random.bytes(32));
const signature = (random: Random): Part => raw(random.bytes(64));
const time = (random: Random): Part =>
  number(random.chance(20) ? SAFE_TIME : random.bigBelow(SAFE_TIME), 8);
const address = (random: Random): Part => cappedTextPart(random, 2, 300);

/** Peer record. */
export function recordLayout(random: Random): Part {
  return group(
    text(2, random.pick(PEER_IDS)),
    key(random),
    list(1, someOf(random, 4, address)),
    time(random),
    signature(random),
  );
}

/** Tracker list. */
export function trackerListLayout(random: Random): Part {
  return group(
    key(random),
    key(random),
    number(random.below(2 ** 32), 4),
    number(random.below(2), 1),
    time(random),
    key(random),
    list(1, someOf(random, 12, recordLayout)),
    signature(random),
  );
}

function statusLayout(random: Random): Part {
  const hasRecord = random.chance(2);
  return group(
    key(random), // tip
    key(random), // head
    number(random.below(2 ** 32), 4), // micro index
    number(random.below(2 ** 32), 4), // height
    bigEndianNumber(random.bigBelow(2n ** 256n), 32),
    number(hasRecord ? 1 : 0, 1),
    ...(hasRecord ? [recordLayout(random)] : []),
  );
}

function addressing(random: Random): Part {
  return group(time(random), text(2, random.pick(PEER_IDS)), text(2, random.pick(PEER_IDS)));
}

/** Which microblocks of a round are wanted. */
function roundLayout(random: Random): Part {
  return group(key(random), number(random.below(2 ** 32), 4));
}

/** A question of any kind. */
export function questionLayout(random: Random): Part {
  const ids = (): Part => list(1, someOf(random, 64, key));
  const kinds = [
    () => group(number(1, 1), statusLayout(random)),
    () => group(number(2, 1), ids(), number(random.below(2 ** 16), 2)),
    () => group(number(3, 1), ids()),
    () => group(number(4, 1)),
    () => group(number(5, 1), addressing(random)),
    () => group(number(6, 1), list(1, someOf(random, 64, roundLayout))),
    () => group(number(7, 1)),
  ];
  return random.pick(kinds)();
}

/** An answer of any kind. */
export function answerLayout(random: Random): Part {
  const items = (max: number, make: (random: Random) => Part): Part =>
    list(
      2,
      someOf(random, max, (chance) => prefixed(4, make(chance))),
    );
  const any = (chance: Random): Part => raw(chance.bytes(chance.below(80)));
  const kinds = [
    () => group(number(1, 1), statusLayout(random)),
    () => group(number(2, 1), items(12, headerLayout)),
    () => group(number(3, 1), items(64, any)),
    () => group(number(4, 1), prefixed(2, raw(random.bytes(random.below(400))))),
    () => group(number(5, 1), addressing(random), trackerListLayout(random)),
    () =>
      group(
        number(6, 1),
        raw(new TextEncoder().encode(PHRASE)),
        addressing(random),
        key(random),
        list(1, someOf(random, 8, recordLayout)),
      ),
    () => group(number(7, 1), items(64, transactionLayout)),
  ];
  return random.pick(kinds)();
}

/** A few transactions for the topic. */
export function batchLayout(random: Random): Part {
  return list(1, someOf(random, 3, transactionLayout));
}

function stateValue(random: Random): Part {
  if (random.chance(3)) return number(0xff_ff, 2);
  return prefixed(2, raw(random.bytes(random.below(random.chance(50) ? 5_000 : 40))));
}

/** State delta: keys ascending, each once. */
export function deltaLayout(random: Random): Part {
  const keys = someOf(random, 20, key).map((part) =>
    "bytes" in part ? part.bytes : new Uint8Array(),
  );
  const changes = keys
    .toSorted(compareBytes)
    .map((bytes) => group(raw(bytes), stateValue(random), stateValue(random)));
  return group(number(1, 1), list(4, changes));
}

/** Account of the state map. */
export function accountLayout(random: Random): Part {
  return group(...[1, 2, 3].map(() => number(anyU64(random), 8)));
}

/** Supply entry of the state map. */
export function supplyLayout(random: Random): Part {
  return group(...[1, 2, 3, 4].map(() => number(anyU64(random), 8)), key(random));
}

/** Memo of an operation on handles. */
export function handlesLayout(random: Random): Part {
  const action = random.below(2);
  const hasOwner = random.chance(2);
  return group(
    number(1, 1),
    number(action, 1),
    text(1, random.pick(HANDLES)),
    ...(action === 0 ? [number(hasOwner ? 1 : 0, 1)] : []),
    ...(action === 1 || hasOwner ? [key(random)] : []),
  );
}

/** Memo of an operation on the codex. */
export function codexLayout(random: Random): Part {
  return group(
    number(1, 1),
    number(random.below(2), 1),
    number(random.below(4), 1),
    text(1, random.pick(WORDS)),
    text(2, random.chance(30) ? "tide ".repeat(120) : random.pick(WORDS)),
  );
}

/** Memo of an operation on a profile. */
export function profileLayout(random: Random): Part {
  return group(
    number(1, 1),
    number(0, 1),
    text(1, random.chance(3) ? "" : random.pick(WORDS)),
    raw(random.bytes(3)),
    raw(random.bytes(8)),
  );
}
