/**
 * Private keys as text, against RFC 8410's own examples, Node's parser and the dual-token kernel's files.
 *
 * @module
 */
import { createPrivateKey } from "node:crypto";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { bytesFromHex, hexFromBytes } from "./bytes.ts";
import { initKernel } from "./init.ts";
import { decodePkcs8Pem, encodePkcs8Pem } from "./pkcs8.ts";
import { publicKeyFromSeed } from "./signature.ts";

const RFC_SEED = "d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842";
const HEAD = "020100300506032b657004220420";
const HEAD_V2 = "020101300506032b657004220420";

beforeAll(initKernel);

const pem = (body: string, label = "PRIVATE KEY"): string =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
const pemOfHex = (hex: string, label?: string): string =>
  pem(Buffer.from(hex, "hex").toString("base64"), label);
const refused = (reason: string): unknown =>
  expect.objectContaining({ code: "bad-private-key", data: { reason } });
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe("accepted", () => {
  const publicKey = (): string => hexFromBytes(publicKeyFromSeed(bytesFromHex(RFC_SEED)));

  test("RFC 8410's first example, byte for byte both ways", () => {
    const text = pem("MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC");
    expect(hexFromBytes(decodePkcs8Pem(text))).toBe(RFC_SEED);
    expect(encodePkcs8Pem(bytesFromHex(RFC_SEED))).toBe(text);
  });

  test("RFC 8410's second example, with attributes and public key, over two lines", () => {
    const text = pem(
      "MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n" +
        "oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB\n" +
        "Z9w7lshQhqowtrbLDFw4rXAxZuE=",
    );
    expect(hexFromBytes(decodePkcs8Pem(text))).toBe(RFC_SEED);
  });

  test("a public key in an explicit tag, as older libraries wrote it", () => {
    const text = pemOfHex(`3053${HEAD_V2}${RFC_SEED}a123032100${publicKey()}`);
    expect(hexFromBytes(decodePkcs8Pem(text))).toBe(RFC_SEED);
  });

  test("the dual-token kernel's key file: the bare seed under its own label", () => {
    const text = pem("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=", "ED25519 PRIVATE KEY");
    const seed = decodePkcs8Pem(text);
    expect(hexFromBytes(seed)).toBe("01".repeat(32));
    expect(hexFromBytes(publicKeyFromSeed(seed))).toMatch(/^8a88e3dd.*6f5c$/);
  });

  test("other line ends, and empty lines around it", () => {
    const text = encodePkcs8Pem(bytesFromHex(RFC_SEED));
    for (const same of [text.replaceAll("\n", "\r\n"), `\n${text}\n\n`])
      expect(hexFromBytes(decodePkcs8Pem(same))).toBe(RFC_SEED);
  });

  test("what is written is read again, here and by Node (property)", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const text = encodePkcs8Pem(seed);
        expect(decodePkcs8Pem(text)).toEqual(seed);
        const jwk = createPrivateKey(text).export({ format: "jwk" });
        expect(Buffer.from(jwk.d ?? "", "base64url").toString("hex")).toBe(hexFromBytes(seed));
      }),
    );
  });
});

describe("refused", () => {
  test.each([
    ["an empty text", "", "no-pem"],
    ["hex", RFC_SEED, "no-pem"],
    ["a text around it", `key:\n${pemOfHex(`302e${HEAD}${RFC_SEED}`)}`, "no-pem"],
    ["an end of another label", "-----BEGIN PRIVATE KEY-----\n-----END KEY-----", "no-pem"],
    ["ends alone", "-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----", "no-pem"],
    ["an encrypted key", pem("AAAA", "ENCRYPTED PRIVATE KEY"), "encrypted"],
    ["a key of OpenSSH", pem("AAAA", "OPENSSH PRIVATE KEY"), "other-format"],
    ["a public key", pem("AAAA", "PUBLIC KEY"), "other-format"],
    ["two keys", pemOfHex("00") + pemOfHex("00"), "bad-base64"],
    ["no base64", pem("*".repeat(64)), "bad-base64"],
    ["base64 with loose last bits", pem("AB=="), "bad-base64"],
    ["an RSA key's size", pem("A".repeat(1_000)), "not-ed25519"],
    ["X25519", pemOfHex(`302e020100300506032b656e04220420${RFC_SEED}`), "not-ed25519"],
    ["nothing", pem(""), "not-ed25519"],
    ["a wrong length", pemOfHex(`302f${HEAD}${RFC_SEED}`), "bad-structure"],
    ["a long form of the length", pemOfHex(`30812e${HEAD}${RFC_SEED}`), "not-ed25519"],
    ["a cut seed", pemOfHex(`302d${HEAD}${RFC_SEED.slice(2)}`), "bad-structure"],
    ["version 2", pemOfHex(`302e${HEAD.replace("020100", "020102")}${RFC_SEED}`), "bad-structure"],
    ["version 1 without its public key", pemOfHex(`302e${HEAD_V2}${RFC_SEED}`), "bad-structure"],
    ["version 0 with one", pemOfHex(`3051${HEAD}${RFC_SEED}812100${RFC_SEED}`), "bad-structure"],
    [
      "another's public key",
      pemOfHex(`3051${HEAD_V2}${RFC_SEED}812100${RFC_SEED}`),
      "public-key-mismatch",
    ],
    ["attributes beyond the end", pemOfHex(`3030${HEAD}${RFC_SEED}a005`), "bad-structure"],
    ["attributes without a length", pemOfHex(`302f${HEAD}${RFC_SEED}a0`), "bad-structure"],
    [
      "a bare seed of 31 bytes",
      pemOfHex(RFC_SEED.slice(2), "ED25519 PRIVATE KEY"),
      "bad-structure",
    ],
  ])("%s", (_, text, reason) => {
    expect(() => decodePkcs8Pem(text)).toThrow(refused(reason));
  });

  const changed = (seed: Uint8Array, at: number, by: number): string => {
    const der = Buffer.from(`302e${HEAD}${hexFromBytes(seed)}`, "hex");
    der[at] = (der[at] ?? 0) ^ by;
    return pemOfHex(der.toString("hex"));
  };
  const difference = fc.integer({ min: 1, max: 255 });

  test("any other byte before the seed, and the refusal quotes nothing (property)", () => {
    fc.assert(
      fc.property(seeds, fc.nat({ max: 15 }), difference, (seed, at, by) => {
        const message = /^bad-private-key \{"reason":"[a-z0-9-]+"\}$/;
        expect(() => decodePkcs8Pem(changed(seed, at, by))).toThrow(message);
      }),
    );
  });

  test("no byte of the seed is ignored (property)", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 16, max: 47 }), difference, (seed, at, by) => {
        expect(decodePkcs8Pem(changed(seed, at, by))).not.toEqual(seed);
      }),
    );
  });

  test("a seed of another size is not written", () => {
    expect(() => encodePkcs8Pem(new Uint8Array(31))).toThrow(
      expect.objectContaining({ code: "bad-seed" }),
    );
  });
});
