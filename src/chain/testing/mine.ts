/**
 * Stories that a test can mine: targets of a few hashes, so that real proof of work, real signatures
 * and the real door are used everywhere and still cost microseconds. Test-only.
 *
 * @module
 */

import type { Block } from "../../kernel/block.ts";
import type { Address } from "../../kernel/brand.ts";
import { addressFromHex } from "../../kernel/brand.ts";
import { bigintFromBytesBE, hexFromBytes } from "../../kernel/bytes.ts";
import { CodedError } from "../../kernel/errors.ts";
import type { Genesis, GenesisFields } from "../../kernel/genesis.ts";
import { createGenesis } from "../../kernel/genesis.ts";
import type { Header } from "../../kernel/header.ts";
import { coreHashOf, powOf, signHeader } from "../../kernel/header.ts";
import type { Paragraph } from "../../kernel/paragraph.ts";
import { publicKeyFromSeed } from "../../kernel/signature.ts";
import { compactFromTarget, targetFromCompact, targetOfWork } from "../../kernel/target.ts";
import type { SignedTransaction } from "../../kernel/transaction.ts";
import type { Candidate } from "../candidate.ts";
import type { Chain } from "../create-chain.ts";

/** Creation time of test stories: 2026-01-01T00:00:00Z. */
export const TEST_START_MS = 1_767_225_600_000;
/** Pace of test stories unless asked otherwise. */
export const TEST_PACE_MS = 60_000;
/** Expected hashes of a test block at the initial target; the easiest target is 16 times easier. */
const INITIAL_WORK = 64n;

/** An author with its keys. */
export interface TestAuthor {
  readonly seed: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly address: Address;
}

/** The test author number `index` (0…255); needs `initKernel()`. */
export function testAuthor(index: number): TestAuthor {
  const seed = new Uint8Array(32).fill(index + 1);
  const publicKey = publicKeyFromSeed(seed);
  return { seed, publicKey, address: addressFromHex(hexFromBytes(publicKey)) };
}

/** A genesis whose blocks take some 64 hashes, created at `TEST_START_MS`; needs `initKernel()`. */
export function testGenesis(fields: Partial<GenesisFields> = {}): Genesis {
  return createGenesis(
    {
      network: "test",
      title: "The lamp",
      premise: "A lamp was lit in an empty house.",
      language: "en",
      paceMs: TEST_PACE_MS,
      maxWords: 140,
      chapterLength: 0,
      contentRating: "everyone",
      rules: "",
      initialTarget: compactFromTarget(targetOfWork(INITIAL_WORK)),
      maxTarget: compactFromTarget(targetOfWork(INITIAL_WORK / 16n)),
      createdMs: TEST_START_MS,
      ...fields,
    },
    testAuthor(255).seed,
  );
}

/** A paragraph by a person. */
export function testParagraph(text: string): Paragraph {
  return {
    text,
    chapter: null,
    provenance: { writer: "human", model: "", algorithmHash: new Uint8Array(32), seed: 0n },
  };
}

/** The first nonce from `from` on that solves the header's own target. */
export function solve(header: Header, from = 0n): bigint {
  const coreHash = coreHashOf(header);
  const target = targetFromCompact(header.target);
  for (let nonce = from; nonce < from + 10_000_000n; nonce++) {
    if (bigintFromBytesBE(powOf(coreHash, nonce)) <= target) return nonce;
  }
  throw new CodedError("unsolved", { height: header.height });
}

/** A nonce with which the header misses its own target. */
export function unsolved(header: Header): bigint {
  const coreHash = coreHashOf(header);
  const target = targetFromCompact(header.target);
  for (let nonce = header.nonce + 1n; nonce < header.nonce + 1_000n; nonce++) {
    if (bigintFromBytesBE(powOf(coreHash, nonce)) > target) return nonce;
  }
  throw new CodedError("always-solved", { height: header.height });
}

/** The header solved and signed again, after a test changed a field of it. */
export function reseal(header: Header, author: TestAuthor): Header {
  return signHeader({ ...header, nonce: solve(header) }, author.seed);
}

/** A solved, signed block on the chain's tip; not connected. Throws what `candidate` throws. */
export function mineBlock(
  chain: Chain,
  input: {
    readonly author: TestAuthor;
    readonly text: string;
    readonly nowMs: number;
    readonly transactions?: readonly SignedTransaction[];
  },
): Block {
  const { author, text, nowMs, transactions = [] } = input;
  const candidate: Candidate = chain.candidate({
    paragraph: testParagraph(text),
    transactions,
    author: author.publicKey,
    nowMs,
  });
  return chain.sealCandidate(candidate, solve(candidate.header), author.seed);
}
