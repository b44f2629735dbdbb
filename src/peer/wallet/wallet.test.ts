/**
 * The wallet's life: made, its phrase proved, locked, damaged, restored.
 *
 * @module
 */
import { beforeAll, describe, expect, it } from "vitest";
import { hexFromBytes } from "../../kernel/bytes.ts";
import { initKernel } from "../../kernel/init.ts";
import { createTestSlot, device } from "./testing/test-slot.ts";

beforeAll(() => initKernel());

const checked = (words: readonly string[]): { position: number; word: string }[] =>
  [2, 11, 24].map((position) => ({ position, word: words[position - 1] ?? "" }));

describe("wallet", () => {
  it("is made on the first visit and is the same on the next", async () => {
    const home = createTestSlot();
    const first = await home.open();
    const again = await home.open();
    expect(again.address).toBe(first.address);
    expect(again.requireSigner().seed).toEqual(first.requireSigner().seed);
    expect(again.protection).toBe("none");
  });

  it("its phrase restores the same address in another place, and counts as checked there", async () => {
    const original = await createTestSlot().open();
    const words = await original.revealPhrase(null);
    expect(words).toHaveLength(24);
    const other = await createTestSlot(200).open();
    expect(other.address).not.toBe(original.address);
    await other.restore(`  ${words.join("  ").toUpperCase()} `);
    expect(other.address).toBe(original.address);
    expect(other.phraseChecked).toBe(true);
  });

  it.each([
    ["too few words", (words: readonly string[]) => words.slice(1), { words: 23 }],
    ["an unknown word", (words: readonly string[]) => words.with(4, "fabula"), { position: 5 }],
    [
      "words in another order",
      (words: readonly string[]) => words.toReversed(),
      { position: null },
    ],
  ])("a phrase with %s is refused and changes nothing", async (_what, damage, data) => {
    const home = createTestSlot();
    const wallet = await home.open();
    const words = await wallet.revealPhrase(null);
    const { address } = wallet;
    await expect(wallet.restore(damage(words).join(" "))).rejects.toMatchObject({
      code: "phrase-invalid",
      data,
    });
    expect(wallet.address).toBe(address);
    expect((await home.open()).address).toBe(address);
  });

  it("shows its phrase until it was checked, with the right words at three different places", async () => {
    const home = createTestSlot();
    const wallet = await home.open();
    const words = await wallet.revealPhrase(null);
    await expect(
      wallet.confirmPhrase(checked(words).with(1, { position: 11, word: "zoo" })),
    ).rejects.toMatchObject({ code: "phrase-wrong", data: { position: 11 } });
    const same = { position: 2, word: words[1] ?? "" };
    await expect(wallet.confirmPhrase([same, same, same])).rejects.toMatchObject({
      code: "bad-params",
    });
    expect(await wallet.revealPhrase(null)).toEqual(words);
    await wallet.confirmPhrase(checked(words));
    await expect(wallet.revealPhrase(null)).rejects.toMatchObject({
      code: "phrase-already-checked",
    });
    const reopened = await home.open();
    expect(reopened.phraseChecked).toBe(true);
    await expect(reopened.revealPhrase(null)).rejects.toMatchObject({
      code: "phrase-already-checked",
    });
  });

  it("with a passphrase it opens locked, signs after the right one, and shows its phrase for it", async () => {
    const home = createTestSlot();
    const before = await home.open();
    const words = await before.revealPhrase(null);
    await expect(before.setPassphrase("short", null)).rejects.toMatchObject({
      code: "passphrase-short",
    });
    expect(before.protection).toBe("none");
    await before.setPassphrase("a lantern at noon", null);
    const wallet = await home.open();
    expect(wallet.address).toBe(before.address);
    expect(wallet.signer()).toBeNull();
    expect(() => wallet.requireSigner()).toThrow(/^wallet-locked/);
    await expect(wallet.unlock("a lantern at dusk")).rejects.toMatchObject({
      code: "passphrase-wrong",
    });
    expect(wallet.signer()).toBeNull();
    await wallet.unlock("a lantern at noon");
    expect(wallet.requireSigner().address).toBe(before.address);
    expect(await wallet.revealPhrase("a lantern at noon")).toEqual(words);
    await expect(wallet.revealPhrase(null)).rejects.toMatchObject({ code: "passphrase-needed" });
    await expect(wallet.setPassphrase("another one", "wrong one")).rejects.toMatchObject({
      code: "passphrase-wrong",
    });
    await wallet.setPassphrase("another one", "a lantern at noon");
    const last = await home.open();
    await last.unlock("another one");
    expect(last.address).toBe(before.address);
  });

  it("what lies on the disk never holds the entropy when the device or a passphrase protects it", async () => {
    const home = createTestSlot();
    const wallet = await home.open(device(90));
    const entropy = Uint8Array.from({ length: 32 }, (_, index) => index + 1);
    const onDisk = (): string => hexFromBytes(home.kept().sealed);
    expect(wallet.protection).toBe("device");
    expect(onDisk()).not.toContain(hexFromBytes(entropy));
    expect((await home.open(device(90))).requireSigner().address).toBe(wallet.address);
    await wallet.setPassphrase("long enough", null);
    expect(onDisk()).not.toContain(hexFromBytes(entropy));
  });

  it("[STO-4] a keystore of another device is told as damaged, kept, and helped by the phrase", async () => {
    const home = createTestSlot();
    const words = await (await home.open(device(90))).revealPhrase(null);
    const kept = home.kept();
    const wallet = await home.open(device(91));
    expect(wallet.damage).toBe("keystore-damaged");
    expect(wallet.signer()).toBeNull();
    expect(() => wallet.requireSigner()).toThrow(/^keystore-damaged/);
    await expect(wallet.revealPhrase(null)).rejects.toMatchObject({ code: "keystore-damaged" });
    expect(home.values.get("keystore")).toBe(kept);
    await wallet.restore(words.join(" "));
    expect(wallet.damage).toBeNull();
    expect(wallet.requireSigner().address).toBe(kept.active);
  });

  it.each([
    ["another key", (sealed: Uint8Array) => sealed.with(0, 99)],
    ["fewer bytes", (sealed: Uint8Array) => sealed.slice(1)],
  ])(
    "[STO-4] a keystore that holds %s than its label says is never signed with",
    async (_what, damage) => {
      const home = createTestSlot();
      await home.open();
      const kept = home.kept();
      home.values.set("keystore", { ...kept, sealed: damage(kept.sealed) });
      const wallet = await home.open();
      expect(wallet.damage).toBe("keystore-damaged");
      expect(wallet.signer()).toBeNull();
    },
  );

  it("[STO-4] a record that is no keystore is put aside, never overwritten", async () => {
    const home = createTestSlot();
    home.values.set("keystore", { version: 9, secret: "of a newer program" });
    const wallet = await home.open();
    expect(wallet.damage).toBe("keystore-damaged");
    expect(wallet.requireSigner().address).toBe(wallet.address);
    expect(home.values.get("keystore-damaged")).toEqual({
      version: 9,
      secret: "of a newer program",
    });
  });
});
