import { blake3 } from "@noble/hashes/blake3.js";
import { beforeAll, expect, test } from "vitest";
import { bigintFromBytesBE, hexFromBytes, utf8Encode } from "./bytes.ts";
import type { Header } from "./header.ts";
import {
  blockIdBytes,
  blockIdOf,
  coreHashOf,
  encodeHeader,
  HEADER_BYTES,
  HEADER_CORE_BYTES,
  meetsTarget,
  powOf,
  signHeader,
  verifyHeaderSignature,
} from "./header.ts";
import { initKernel } from "./init.ts";
import { publicKeyFromSeed } from "./signature.ts";

beforeAll(initKernel);

const seed = new Uint8Array(32).fill(9);
const filled = (byte: number, size = 32) => new Uint8Array(size).fill(byte);

function sampleHeader(): Header {
  return {
    version: 1,
    kind: "key",
    storyId: filled(0x11),
    height: 0x01_02_03_04,
    microIndex: 0x05_06_07_08,
    parent: filled(0x22),
    keyParent: filled(0x33),
    timestampMs: 0x01_02_03_04_05_06,
    author: publicKeyFromSeed(seed),
    bodyRoot: filled(0x44),
    stateRoot: filled(0x55),
    historyRoot: filled(0x66),
    coinbase: { consumer: 0x0102030405060708n, industrial: 0x1112131415161718n },
    feeChecksum: filled(0x77),
    target: 0x20_7f_ff_ff,
    nonce: 0x2122232425262728n,
    signature: filled(0x88, 64),
  };
}

test("[ENC-1] the layout of a header, written out by hand", () => {
  const header = sampleHeader();
  const hex = [
    "01",
    "00",
    "11".repeat(32),
    "04030201",
    "08070605",
    "22".repeat(32),
    "33".repeat(32),
    "0605040302010000",
    hexFromBytes(header.author),
    "44".repeat(32),
    "55".repeat(32),
    "66".repeat(32),
    "0807060504030201",
    "1817161514131211",
    "77".repeat(32),
    "ffff7f20",
  ].join("");
  expect(hex.length / 2).toBe(HEADER_CORE_BYTES);
  expect(hexFromBytes(encodeHeader(header))).toBe(`${hex}2827262524232221${"88".repeat(64)}`);
  expect(encodeHeader(header).length).toBe(HEADER_BYTES);
});

test("[HDR-1] core hash, proof of work and block id, recomputed by hand", () => {
  const header = sampleHeader();
  const derive = (use: string, ...parts: number[][]) =>
    blake3(Uint8Array.from(parts.flat()), { context: utf8Encode(`fabula/1 ${use}`) });
  const coreHash = derive("header", [...encodeHeader(header).subarray(0, HEADER_CORE_BYTES)]);
  const nonce = [0x28, 0x27, 0x26, 0x25, 0x24, 0x23, 0x22, 0x21];
  expect(coreHashOf(header)).toEqual(coreHash);
  expect(powOf(coreHash, header.nonce)).toEqual(blake3(Uint8Array.from([...coreHash, ...nonce])));
  expect(blockIdBytes(coreHash, header.nonce)).toEqual(derive("block id", [...coreHash], nonce));
  expect(blockIdOf(header)).toBe(hexFromBytes(derive("block id", [...coreHash], nonce)));
});

test("[HDR-1] every field but nonce and signature changes the core hash", () => {
  const header = sampleHeader();
  const before = coreHashOf(header);
  const changes: Partial<Header>[] = [
    { kind: "micro" },
    { storyId: filled(0) },
    { height: 1 },
    { microIndex: 0 },
    { parent: filled(0) },
    { keyParent: filled(0) },
    { timestampMs: 1 },
    { author: filled(0) },
    { bodyRoot: filled(0) },
    { stateRoot: filled(0) },
    { historyRoot: filled(0) },
    { coinbase: { ...header.coinbase, consumer: 0n } },
    { coinbase: { ...header.coinbase, industrial: 0n } },
    { feeChecksum: filled(0) },
    { target: 1 },
  ];
  for (const change of changes) expect(coreHashOf({ ...header, ...change })).not.toEqual(before);
  expect(coreHashOf({ ...header, nonce: 0n, signature: filled(0, 64) })).toEqual(before);
});

test("[SIG-2] the block id does not depend on the signature, but on the nonce", () => {
  const header = sampleHeader();
  expect(blockIdOf({ ...header, signature: filled(0, 64) })).toBe(blockIdOf(header));
  expect(blockIdOf({ ...header, nonce: 0n })).not.toBe(blockIdOf(header));
});

test("[HDR-1] [SIG-1] only the author's signature over this block id holds", () => {
  const header = signHeader(sampleHeader(), seed);
  expect(verifyHeaderSignature(header)).toBe(true);
  expect(verifyHeaderSignature({ ...header, nonce: 0n })).toBe(false);
  expect(verifyHeaderSignature({ ...header, height: 1 })).toBe(false);
  expect(verifyHeaderSignature(signHeader(sampleHeader(), filled(1)))).toBe(false);
});

test("[HDR-2] proof of work is compared as a big-endian number; equal is enough", () => {
  const header = { ...sampleHeader(), target: 0x20_7f_ff_ff };
  const half = { hits: 0, tries: 400 };
  for (let nonce = 0; nonce < half.tries; nonce++) {
    const tried = { ...header, nonce: BigInt(nonce) };
    // The target is 7fffff00…00: the first bytes alone decide, but for 1 in 2^24.
    const pow = powOf(coreHashOf(tried), tried.nonce);
    const isMet = bigintFromBytesBE(pow.subarray(0, 3)) < 0x7f_ff_ffn;
    expect(meetsTarget(tried)).toBe(isMet);
    if (isMet) half.hits += 1;
  }
  // About one in two: 2^256 / (0x7fffff · 2^232). Deterministic, since header and nonces are fixed.
  expect(half.hits / half.tries).toBeGreaterThan(0.4);
  expect(half.hits / half.tries).toBeLessThan(0.6);
});

test("[HDR-2] a target that is none is met by nothing", () => {
  for (const target of [0, 0x1d_80_00_00, 0xff_ff_ff_ff]) {
    expect(meetsTarget({ ...sampleHeader(), target })).toBe(false);
  }
});

test("a field out of range is told with a code", () => {
  for (const change of [{ height: -1 }, { nonce: 1n << 64n }, { author: filled(1, 31) }]) {
    expect(() => encodeHeader({ ...sampleHeader(), ...change })).toThrow(
      expect.objectContaining({ code: "bad-value" }),
    );
  }
});
