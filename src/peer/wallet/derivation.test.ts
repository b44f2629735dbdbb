/**
 * What a phrase gives, for ever. Expected keys: SLIP-0010's own vectors, and for our path keys that were
 * computed apart with OpenSSL (PBKDF2, HMAC, Ed25519).
 *
 * @module
 */
import { HDKey } from "micro-key-producer/slip10.js";
import { beforeAll, describe, expect, it } from "vitest";
import { bytesFromHex, hexFromBytes } from "../../kernel/bytes.ts";
import { initKernel } from "../../kernel/init.ts";
import { entropyOfPhrase, openPhrase, wordsOf } from "./derivation.ts";

beforeAll(() => initKernel());

const SEED_1 = "000102030405060708090a0b0c0d0e0f";
const SEED_2 =
  "fffcf9f6f3f0edeae7e4e1dedbd8d5d2cfccc9c6c3c0bdbab7b4b1aeaba8a5a29f9c999693908d8a8784817e7b7875726f6c696663605d5a5754514e4b484542";

/** SLIP-0010, "Test vector 1 for ed25519" and "Test vector 2 for ed25519": seed, path, chain code, private and public key. */
const SLIP_0010 = [
  [
    SEED_1,
    "m",
    "90046a93de5380a72b5e45010748567d5ea02bbf6522f979e05c0d8d8ca9fffb",
    "2b4be7f19ee27bbf30c667b642d5f4aa69fd169872f8fc3059c08ebae2eb19e7",
    "a4b2856bfec510abab89753fac1ac0e1112364e7d250545963f135f2a33188ed",
  ],
  [
    SEED_1,
    "m/0'",
    "8b59aa11380b624e81507a27fedda59fea6d0b779a778918a2fd3590e16e9c69",
    "68e0fe46dfb67e368c75379acec591dad19df3cde26e63b93a8e704f1dade7a3",
    "8c8a13df77a28f3445213a0f432fde644acaa215fc72dcdf300d5efaa85d350c",
  ],
  [
    SEED_1,
    "m/0'/1'",
    "a320425f77d1b5c2505a6b1b27382b37368ee640e3557c315416801243552f14",
    "b1d0bad404bf35da785a64ca1ac54b2617211d2777696fbffaf208f746ae84f2",
    "1932a5270f335bed617d5b935c80aedb1a35bd9fc1e31acafd5372c30f5c1187",
  ],
  [
    SEED_1,
    "m/0'/1'/2'",
    "2e69929e00b5ab250f49c3fb1c12f252de4fed2c1db88387094a0f8c4c9ccd6c",
    "92a5b23c0b8a99e37d07df3fb9966917f5d06e02ddbd909c7e184371463e9fc9",
    "ae98736566d30ed0e9d2f4486a64bc95740d89c7db33f52121f8ea8f76ff0fc1",
  ],
  [
    SEED_1,
    "m/0'/1'/2'/2'/1000000000'",
    "68789923a0cac2cd5a29172a475fe9e0fb14cd6adb5ad98a3fa70333e7afa230",
    "8f94d394a8e8fd6b1bc2f3f49f5c47e385281d5c17e65324b0f62483e37e8793",
    "3c24da049451555d51a7014a37337aa4e12d41e485abccfa46b47dfb2af54b7a",
  ],
  [
    SEED_2,
    "m/0'",
    "0b78a3226f915c082bf118f83618a618ab6dec793752624cbeb622acb562862d",
    "1559eb2bbec5790b0c65d8693e4d0875b1747f4970ae8b650486ed7470845635",
    "86fab68dcb57aa196c77c5f264f215a112c22a912c10d123b0d03c3c28ef1037",
  ],
  [
    SEED_2,
    "m/0'/2147483647'/1'/2147483646'/2'",
    "5d70af781f3a37b829f0d060924d5e960bdc02e85423494afc0b1a41bbe196d4",
    "551d333177df541ad876a60ea71f00447931c0a9da16f227c11ea080d7391b8d",
    "47150c75db263559a70d5778bf36abbab30fb061ad69f69ece61a72b0cfa4fc0",
  ],
] as const;

describe("derivation", () => {
  it.each(SLIP_0010)("SLIP-0010's vector of seed %s at %s", (seed, path, chain, secret, open) => {
    const key = HDKey.fromMasterSeed(bytesFromHex(seed)).derive(path);
    expect(hexFromBytes(key.chainCode)).toBe(chain);
    expect(hexFromBytes(key.privateKey)).toBe(secret);
    expect(hexFromBytes(key.publicKeyRaw)).toBe(open);
  });

  it.each([
    [
      0,
      "6b3a354b57bad2521bafdf5d18d63059602b9264f663ac4840f31494c316483b",
      "b04fc4e723f78e082e22b8ce7b8c23b0f5cad6ea101c197ebbe3cc433d45f66e",
    ],
    [
      1,
      "d460778001086c08686e421b184fae7bdb2188f50aa87c38acf25e5713475813",
      "9335fe5bdb907ea5819a2269b73244a5b9357bf1ae4c02e68106605d3d22b946",
    ],
    [
      2,
      "1271cfa8dd4a0581773f0318f90e09753677689a908a5f922ea3b9da2d79c03a",
      "1e2c72ef443e8cfde70e13036daa7760f9fc35a2cf7844175d405fc718ff02b1",
    ],
  ])(
    "account %i of the all-zero entropy, m/44'/7078'/i', for ever",
    async (index, seed, address) => {
      // All-zero entropy is BIP-39's vector "abandon … art".
      const signer = (await openPhrase(new Uint8Array(32)))(index);
      expect(signer.address).toBe(address);
      expect(hexFromBytes(signer.publicKey)).toBe(address);
      expect(hexFromBytes(signer.seed)).toBe(seed);
    },
  );

  it("words and entropy are each other's, whatever case and white space", () => {
    const words = wordsOf(new Uint8Array(32));
    expect(words.join(" ")).toBe(`${"abandon ".repeat(23)}art`);
    expect(entropyOfPhrase(`\n ${words.join(" \t").toUpperCase()} `)).toEqual(new Uint8Array(32));
  });
});
