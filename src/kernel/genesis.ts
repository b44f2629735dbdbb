/**
 * The genesis: the parameters of a story, signed by whoever started it (GEN-1). It is small enough to
 * travel inside an invite link, and its hash is the story's name.
 *
 * @module
 */
import * as P from "micro-packed";
import type { StoryId } from "./brand.ts";
import { storyIdFromHex } from "./brand.ts";
import { concatBytes, hexFromBytes, utf8Encode } from "./bytes.ts";
import type { Coder } from "./codec.ts";
import {
  constantByte,
  fixedBytes,
  namedByte,
  prefixedText,
  strictDecode,
  strictEncode,
  timestamp,
  u16,
  u32,
} from "./codec.ts";
import { CodedError } from "./errors.ts";
import { hash } from "./hash.ts";
import {
  CHAPTER_LENGTH_MAX,
  DEFAULT_MAX_WORDS,
  DEFAULT_TARGET_SLACK,
  GENESIS_MAX_BYTES,
  INITIAL_HASHES_PER_SECOND,
  LANGUAGE_MAX_BYTES,
  MAX_WORDS_LIMIT,
  PACE_MAX_MS,
  PACE_MIN_MS,
  PREMISE_MAX_BYTES,
  RULES_MAX_BYTES,
  TITLE_MAX_BYTES,
} from "./limits.ts";
import { publicKeyFromSeed, signWithSeed, verifySignature } from "./signature.ts";
import {
  compactFromTarget,
  TARGET_LIMIT,
  targetFromCompact,
  targetOfWork,
  workOfTarget,
} from "./target.ts";
import { checkText, countWords } from "./text.ts";

/** A story's parameters (GEN-1). */
export interface Genesis {
  readonly version: 1;
  readonly network: "live" | "test";
  readonly title: string;
  readonly premise: string;
  /** A BCP-47 language tag. */
  readonly language: string;
  /** The intended time between two paragraphs, in milliseconds. */
  readonly paceMs: number;
  /** Words a paragraph may have. */
  readonly maxWords: number;
  /** Paragraphs a chapter; 0 = no fixed length. */
  readonly chapterLength: number;
  readonly contentRating: "everyone" | "teen" | "mature";
  /** Rules for writers, free text. */
  readonly rules: string;
  /** Compact target of the first block. */
  readonly initialTarget: number;
  /** Compact target that relief never exceeds (DIF-2): the easiest. */
  readonly maxTarget: number;
  readonly createdMs: number;
  /** The creator's public key, 32 bytes. */
  readonly creator: Uint8Array;
  /** The creator's signature over `genesisSigningBytes`, 64 bytes. */
  readonly signature: Uint8Array;
}

/** What a creator chooses; 140 words by default, targets default to GEN-2 and 16 times easier. */
export type GenesisFields = Omit<
  Genesis,
  "version" | "creator" | "signature" | "maxWords" | "initialTarget" | "maxTarget"
> &
  Partial<Pick<Genesis, "maxWords" | "initialTarget" | "maxTarget">>;

const unsignedFields = {
  version: constantByte(1, "genesis version"),
  network: namedByte(["live", "test"]),
  title: prefixedText("u8", TITLE_MAX_BYTES),
  premise: prefixedText("u16", PREMISE_MAX_BYTES),
  language: prefixedText("u8", LANGUAGE_MAX_BYTES),
  paceMs: u32,
  maxWords: u16,
  chapterLength: u16,
  contentRating: namedByte(["everyone", "teen", "mature"]),
  rules: prefixedText("u8", RULES_MAX_BYTES),
  initialTarget: u32,
  maxTarget: u32,
  createdMs: timestamp,
  creator: fixedBytes(32),
};

const genesisCoder: Coder<Genesis> = P.struct({ ...unsignedFields, signature: fixedBytes(64) });

const SIGNATURE_BYTES = 64;
const SIGNING_TAG = utf8Encode("FABULA-GENESIS/1|");
/** RFC 5646 in outline: a language of 2–8 letters and subtags of 1–8 letters or digits. */
const LANGUAGE_TAG = /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/;

/** The genesis' bytes (ENC-1); throws `bad-value`, or `too-large` above 1,000 bytes. */
export function encodeGenesis(genesis: Genesis): Uint8Array {
  return strictEncode(genesisCoder, genesis, GENESIS_MAX_BYTES, "genesis");
}

/** The genesis that has these bytes (ENC-2); throws `too-large` or `bad-encoding`. */
export function decodeGenesis(bytes: Uint8Array): Genesis {
  return strictDecode(genesisCoder, bytes, GENESIS_MAX_BYTES, "genesis");
}

/** What the creator signs: a tag and every byte before the signature (GEN-1); throws `bad-value`. */
export function genesisSigningBytes(genesis: Genesis): Uint8Array {
  return concatBytes(SIGNING_TAG, encodeGenesis(genesis).subarray(0, -SIGNATURE_BYTES));
}

/** The hash of the genesis, signature included: the story's name (GEN-1); throws `bad-value`. */
export function storyIdOf(genesis: Genesis): StoryId {
  return storyIdFromHex(hexFromBytes(hash("genesis", encodeGenesis(genesis))));
}

function checkRange(field: keyof Genesis, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new CodedError("bad-genesis", { field, reason: "out-of-range", value, min, max });
  }
}

function targetIn(genesis: Genesis, field: "initialTarget" | "maxTarget"): bigint {
  try {
    return targetFromCompact(genesis[field]);
  } catch (cause) {
    const data = { field, reason: "bad-target", value: genesis[field] };
    throw new CodedError("bad-genesis", data, { cause });
  }
}

/**
 * Checks all of GEN-1, the signature included; throws `bad-text`, `bad-genesis {field, reason, …}`,
 * `bad-value`, `too-large` or `bad-signature`.
 */
export function checkGenesis(genesis: Genesis): void {
  checkText(genesis.title, { what: "title", maxBytes: TITLE_MAX_BYTES });
  if (countWords(genesis.title) === 0) {
    throw new CodedError("bad-genesis", { field: "title", reason: "no-words" });
  }
  checkText(genesis.premise, { what: "premise", maxBytes: PREMISE_MAX_BYTES });
  checkText(genesis.rules, { what: "rules", maxBytes: RULES_MAX_BYTES });
  checkText(genesis.language, { what: "language", maxBytes: LANGUAGE_MAX_BYTES });
  if (!LANGUAGE_TAG.test(genesis.language)) {
    throw new CodedError("bad-genesis", { field: "language", reason: "not-a-language-tag" });
  }
  checkRange("paceMs", genesis.paceMs, PACE_MIN_MS, PACE_MAX_MS);
  checkRange("maxWords", genesis.maxWords, 1, MAX_WORDS_LIMIT);
  checkRange("chapterLength", genesis.chapterLength, 0, CHAPTER_LENGTH_MAX);
  if (targetIn(genesis, "maxTarget") < targetIn(genesis, "initialTarget")) {
    throw new CodedError("bad-genesis", { field: "maxTarget", reason: "harder-than-initial" });
  }
  if (!verifySignature(genesis.creator, genesisSigningBytes(genesis), genesis.signature)) {
    throw new CodedError("bad-signature", { what: "genesis" });
  }
}

/** The least work of a story's first block, in hashes: its pace at 1 MH/s (GEN-2). */
export function initialWorkOf(paceMs: number): bigint {
  return (BigInt(paceMs) * INITIAL_HASHES_PER_SECOND) / 1000n;
}

function easierBy(compact: number, factor: bigint): number {
  const target = targetFromCompact(compact) * factor;
  return compactFromTarget(target < TARGET_LIMIT ? target : TARGET_LIMIT);
}

/**
 * Makes, signs and checks a genesis; throws what `checkGenesis` throws, and for a live story
 * `bad-genesis {field: "initialTarget", reason: "too-easy"}` when its first block costs less than GEN-2.
 */
export function createGenesis(fields: GenesisFields, seed: Uint8Array): Genesis {
  checkRange("paceMs", fields.paceMs, PACE_MIN_MS, PACE_MAX_MS);
  const leastWork = initialWorkOf(fields.paceMs);
  const initialTarget = fields.initialTarget ?? compactFromTarget(targetOfWork(leastWork));
  const maxTarget = fields.maxTarget ?? easierBy(initialTarget, DEFAULT_TARGET_SLACK);
  const draft: Genesis = {
    ...fields,
    version: 1,
    maxWords: fields.maxWords ?? DEFAULT_MAX_WORDS,
    initialTarget,
    maxTarget,
    creator: publicKeyFromSeed(seed),
    signature: new Uint8Array(SIGNATURE_BYTES),
  };
  const genesis = { ...draft, signature: signWithSeed(seed, genesisSigningBytes(draft)) };
  checkGenesis(genesis);
  const work = workOfTarget(targetFromCompact(initialTarget));
  if (genesis.network === "live" && work < leastWork) {
    const data = { work: String(work), leastWork: String(leastWork) };
    throw new CodedError("bad-genesis", { field: "initialTarget", reason: "too-easy", ...data });
  }
  return genesis;
}
