/**
 * The keystore's record: version 1 as older builds wrote it, and what is no keystore at all.
 *
 * @module
 */
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { bytesFromHex } from "../../kernel/bytes.ts";
import { initKernel } from "../../kernel/init.ts";
import { readKeystore } from "./keystore.ts";
import { createTestSlot, device } from "./testing/test-slot.ts";

beforeAll(() => initKernel());

const ZERO_ADDRESS = "b04fc4e723f78e082e22b8ce7b8c23b0f5cad6ea101c197ebbe3cc433d45f66e";
const SECOND_ADDRESS = "9335fe5bdb907ea5819a2269b73244a5b9357bf1ae4c02e68106605d3d22b946";

/** Version 1 over the all-zero entropy, as each protection wrote it (the last by version 1's own code). */
const VERSION_1 = {
  none: {
    version: 1,
    address: ZERO_ADDRESS,
    protection: "none",
    phraseChecked: false,
    sealed: new Uint8Array(32),
  },
  device: {
    version: 1,
    address: ZERO_ADDRESS,
    protection: "device",
    phraseChecked: true,
    sealed: new Uint8Array(33).fill(90),
  },
  passphrase: {
    version: 1,
    address: ZERO_ADDRESS,
    protection: "passphrase",
    phraseChecked: true,
    sealed: bytesFromHex(
      "db6a3c092409af7c12c8eb69b0989f960db19713914431132afda3f922c02ace784c28325e0fe46b72e1aa08aebe73f6",
    ),
    salt: bytesFromHex("0102030405060708090a0b0c0d0e0f10"),
    nonce: bytesFromHex("1112131415161718191a1b1c"),
  },
} as const;

describe("keystore", () => {
  it.each([
    ["none", null],
    ["device", device(90)],
  ] as const)(
    "a version 1 protected by %s opens unchanged, and is written as version 2 at the next save",
    async (protection, cipher) => {
      const slot = createTestSlot();
      slot.values.set("keystore", VERSION_1[protection]);
      const wallet = await slot.open(cipher);
      expect(wallet).toMatchObject({ address: ZERO_ADDRESS, protection, damage: null });
      expect(wallet.phraseChecked).toBe(VERSION_1[protection].phraseChecked);
      expect(wallet.accounts()).toEqual([
        { address: ZERO_ADDRESS, name: "Account 1", origin: "phrase", index: 0 },
      ]);
      expect(slot.values.get("keystore")).toEqual(VERSION_1[protection]);
      expect(await wallet.addAccount(null)).toBe(SECOND_ADDRESS);
      expect(slot.kept().version).toBe(2);
      const next = await slot.open(cipher);
      expect(next.requireSigner().address).toBe(ZERO_ADDRESS);
      expect(next.accounts()).toHaveLength(2);
      expect(next.phraseChecked).toBe(VERSION_1[protection].phraseChecked);
    },
  );

  it("a version 1 with a passphrase opens locked, and by its passphrase", async () => {
    const slot = createTestSlot();
    slot.values.set("keystore", VERSION_1.passphrase);
    const wallet = await slot.open();
    expect(wallet.address).toBe(ZERO_ADDRESS);
    expect(wallet.signer()).toBeNull();
    await wallet.unlock("a lantern at noon");
    expect(wallet.requireSigner().address).toBe(ZERO_ADDRESS);
    expect(await wallet.revealPhrase("a lantern at noon")).toContain("art");
    expect(slot.values.get("keystore")).toEqual(VERSION_1.passphrase);
    await wallet.renameAccount(ZERO_ADDRESS, "Ada");
    expect(slot.kept().version).toBe(2);
    const next = await slot.open();
    expect(next.accounts()[0]?.name).toBe("Ada");
    await next.unlock("a lantern at noon");
    expect(next.requireSigner().address).toBe(ZERO_ADDRESS);
  });

  const account = { address: ZERO_ADDRESS, name: "Account 1", origin: "phrase", index: 0 };
  const version2 = {
    version: 2,
    active: ZERO_ADDRESS,
    accounts: [account],
    protection: "none",
    phraseChecked: false,
    sealed: new Uint8Array(32),
  };

  it("a version 2 is read as it was written", () => {
    expect(readKeystore(version2)).toEqual(version2);
  });

  it.each([
    ["of a newer program", { ...version2, version: 3 }],
    ["without accounts", { ...version2, accounts: [] }],
    ["of too many accounts", { ...version2, accounts: Array.from({ length: 65 }, () => account) }],
    ["with one account twice", { ...version2, accounts: [account, account] }],
    ["whose active account is not there", { ...version2, active: SECOND_ADDRESS }],
    ["with an address that is none", { ...version2, active: "Ada" }],
    [
      "with a phrase's account without index",
      { ...version2, accounts: [{ ...account, index: null }] },
    ],
    [
      "with an imported account with index",
      { ...version2, accounts: [{ ...account, origin: "imported" }] },
    ],
    ["with an index below zero", { ...version2, accounts: [{ ...account, index: -1 }] }],
    ["sealed by something unknown", { ...version2, protection: "wax" }],
    ["whose secrets are no bytes", { ...version2, sealed: "00" }],
  ])("a record %s is no keystore", (_what, record) => {
    expect(readKeystore(record)).toBeNull();
  });

  it("anything else is no keystore, and never throws (property)", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readKeystore(value)).toBeNull();
      }),
    );
  });
});
