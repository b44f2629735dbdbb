/**
 * Several accounts in one wallet: adding, selecting, naming, keys in and out, lock and unlock.
 *
 * @module
 */
import { beforeAll, describe, expect, it } from "vitest";
import { hexFromBytes } from "../../kernel/bytes.ts";
import { isCoded } from "../../kernel/errors.ts";
import { initKernel } from "../../kernel/init.ts";
import { decodePkcs8Pem, encodePkcs8Pem } from "../../kernel/pkcs8.ts";
import { signWithSeed, verifySignature } from "../../kernel/signature.ts";
import { MAX_ACCOUNTS } from "./accounts.ts";
import { createTestSlot, device } from "./testing/test-slot.ts";
import type { Wallet } from "./wallet.ts";

beforeAll(() => initKernel());

const PASSPHRASE = "a lantern at noon";
const KERNEL_ADDRESS = "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c";
/** The dual-token kernel's key of its examples: 32 bytes of 01. */
const KERNEL_KEY = encodePkcs8Pem(new Uint8Array(32).fill(1));
const NOBODY = "f".repeat(64);

/** What must not change when something is refused. */
const look = (wallet: Wallet): unknown => ({
  address: wallet.address,
  accounts: wallet.accounts(),
  protection: wallet.protection,
  phraseChecked: wallet.phraseChecked,
  seed: wallet.signer()?.seed,
});

describe("accounts", () => {
  it("are the phrase's, in order, and the active one stays until another is selected", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open();
    const first = wallet.address;
    const second = await wallet.addAccount(null);
    const third = await wallet.addAccount("  Tips ");
    expect(wallet.accounts()).toEqual([
      { address: first, name: "Account 1", origin: "phrase", index: 0 },
      { address: second, name: "Account 2", origin: "phrase", index: 1 },
      { address: third, name: "Tips", origin: "phrase", index: 2 },
    ]);
    expect(wallet.address).toBe(first);
    await wallet.selectAccount(third);
    expect(wallet.address).toBe(third);
    const { publicKey, seed } = wallet.requireSigner();
    expect(hexFromBytes(publicKey)).toBe(third);
    const message = Uint8Array.of(1, 2, 3);
    expect(verifySignature(publicKey, message, signWithSeed(seed, message))).toBe(true);
    const next = await slot.open();
    expect(look(next)).toEqual(look(wallet));
  });

  it("added at once get different keys: changes wait for each other", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open();
    await Promise.all([
      wallet.addAccount("a"),
      wallet.importAccount(KERNEL_KEY, "b"),
      wallet.renameAccount(wallet.address, "c"),
      wallet.setPassphrase(PASSPHRASE, null),
      wallet.addAccount("d"),
    ]);
    const next = await slot.open();
    expect(next.accounts().map(({ name, index }) => [name, index])).toEqual([
      ["c", 0],
      ["a", 1],
      ["b", null],
      ["d", 2],
    ]);
    await next.unlock(PASSPHRASE);
  });

  it.each([
    ["an empty name", "", "too-short"],
    ["a name of spaces", "  ", "too-short"],
    ["a name of two lines", "a\u0000b", "forbidden"],
    ["a name that turns the line around", "a\u202eb", "forbidden"],
    ["a name of 65 bytes", "é".repeat(33), "too-long"],
  ])("%s is refused and changes nothing", async (_what, name, reason) => {
    const wallet = await createTestSlot().open();
    const before = look(wallet);
    const refused = { code: "bad-text", data: { reason } };
    await expect(wallet.renameAccount(wallet.address, name)).rejects.toMatchObject(refused);
    await expect(wallet.addAccount(name)).rejects.toMatchObject(refused);
    await expect(wallet.importAccount(KERNEL_KEY, name)).rejects.toMatchObject(refused);
    expect(look(wallet)).toEqual(before);
  });

  it("an unknown account is refused, and so is one too many", async () => {
    const wallet = await createTestSlot().open();
    const unknown = { code: "unknown-account", data: { address: NOBODY } };
    await expect(wallet.selectAccount(NOBODY)).rejects.toMatchObject(unknown);
    await expect(wallet.renameAccount(NOBODY, "Ada")).rejects.toMatchObject(unknown);
    await expect(wallet.exportAccount(NOBODY, null)).rejects.toMatchObject(unknown);
    for (let count = 1; count < MAX_ACCOUNTS; count++) await wallet.addAccount(null);
    const full = { code: "too-many-accounts", data: { max: 64 } };
    await expect(wallet.addAccount(null)).rejects.toMatchObject(full);
    await expect(wallet.importAccount(KERNEL_KEY, null)).rejects.toMatchObject(full);
    expect(wallet.accounts()).toHaveLength(MAX_ACCOUNTS);
  });

  it("a full disk changes nothing, and afterwards the same works", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open();
    const second = await wallet.addAccount(null);
    const words = await wallet.revealPhrase(null);
    const before = look(wallet);
    slot.setFull(true);
    for (const change of [
      () => wallet.addAccount(null),
      () => wallet.selectAccount(second),
      () => wallet.renameAccount(second, "Ada"),
      () => wallet.importAccount(KERNEL_KEY, null),
      () => wallet.setPassphrase(PASSPHRASE, null),
      () => wallet.restore(`${"abandon ".repeat(23)}art`),
      () => wallet.restore(words.join(" ")),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: "store-full" });
      expect(look(wallet)).toEqual(before);
    }
    slot.setFull(false);
    await wallet.selectAccount(second);
    expect((await slot.open()).address).toBe(second);
  });
});

describe("keys in and out", () => {
  it("an imported key signs, is sealed like the others, and says that no phrase covers it", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open(device(90));
    const address = await wallet.importAccount(KERNEL_KEY, null);
    expect(address).toBe(KERNEL_ADDRESS);
    expect(wallet.accounts()[1]).toEqual({
      address,
      name: "Imported 1",
      origin: "imported",
      index: null,
    });
    expect(hexFromBytes(slot.kept().sealed)).not.toContain("01".repeat(32));
    const next = await slot.open(device(90));
    await next.selectAccount(address);
    expect(next.requireSigner().seed).toEqual(new Uint8Array(32).fill(1));
  });

  it("what is exported can be imported elsewhere, and is the same account", async () => {
    const source = await createTestSlot().open();
    const second = await source.addAccount(null);
    const pem = await source.exportAccount(second, null);
    const target = await createTestSlot(100).open();
    expect(await target.importAccount(pem, "From the other tab")).toBe(second);
    expect(await target.exportAccount(second, null)).toBe(pem);
  });

  it("a key that is here already, or no key, changes nothing and is not quoted", async () => {
    const wallet = await createTestSlot().open();
    const own = await wallet.exportAccount(wallet.address, null);
    await wallet.importAccount(KERNEL_KEY, null);
    const before = look(wallet);
    await expect(wallet.importAccount(own, null)).rejects.toMatchObject({
      code: "account-exists",
      data: { address: wallet.address },
    });
    await expect(wallet.importAccount(KERNEL_KEY, null)).rejects.toMatchObject({
      code: "account-exists",
      data: { address: KERNEL_ADDRESS },
    });
    const cut = KERNEL_KEY.replace("AQEB", "");
    const reason: unknown = await wallet.importAccount(cut, null).catch((error: unknown) => error);
    expect(isCoded(reason, "bad-private-key")).toBe(true);
    expect(String(reason)).not.toContain("AQEB");
    expect(look(wallet)).toEqual(before);
  });

  it("a key of the phrase that was imported before is passed over when accounts are added", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open();
    const second = await wallet.addAccount(null);
    const third = await wallet.addAccount(null);
    const words = await wallet.revealPhrase(null);
    const pem = await wallet.exportAccount(second, null);
    const other = await createTestSlot(70).open();
    await other.restore(words.join(" "));
    await other.importAccount(pem, null);
    expect(await other.addAccount(null)).toBe(third);
    expect(other.accounts().map(({ index }) => index)).toEqual([0, null, 2]);
  });

  it("with a passphrase no key leaves without it, from an open wallet either", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open();
    await wallet.importAccount(KERNEL_KEY, null);
    await wallet.setPassphrase(PASSPHRASE, null);
    await expect(wallet.exportAccount(KERNEL_ADDRESS, null)).rejects.toMatchObject({
      code: "passphrase-needed",
    });
    await expect(wallet.exportAccount(KERNEL_ADDRESS, "not this one")).rejects.toMatchObject({
      code: "passphrase-wrong",
    });
    expect(await wallet.exportAccount(KERNEL_ADDRESS, PASSPHRASE)).toBe(KERNEL_KEY);
    const locked = await slot.open();
    const pem = await locked.exportAccount(KERNEL_ADDRESS, PASSPHRASE);
    expect(decodePkcs8Pem(pem)).toEqual(new Uint8Array(32).fill(1));
    expect(locked.signer()).toBeNull();
  });
});

describe("lock", () => {
  it("forgets the keys and keeps the labels; unlocking brings the same account back", async () => {
    const wallet = await createTestSlot().open();
    const second = await wallet.addAccount(null);
    await wallet.selectAccount(second);
    await wallet.setPassphrase(PASSPHRASE, null);
    await wallet.lock();
    expect(wallet.signer()).toBeNull();
    expect(wallet.address).toBe(second);
    expect(wallet.accounts()).toHaveLength(2);
    for (const change of [
      () => wallet.addAccount(null),
      () => wallet.selectAccount(second),
      () => wallet.renameAccount(second, "Ada"),
      () => wallet.importAccount(KERNEL_KEY, null),
      () => wallet.confirmPhrase([]),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: "wallet-locked" });
    }
    await expect(wallet.setPassphrase("another one", null)).rejects.toMatchObject({
      code: "passphrase-needed",
    });
    await expect(wallet.unlock("a lantern at dusk")).rejects.toMatchObject({
      code: "passphrase-wrong",
    });
    expect(wallet.signer()).toBeNull();
    await wallet.unlock(PASSPHRASE);
    expect(wallet.requireSigner().address).toBe(second);
  });

  it("what is imported after unlocking is sealed with the same passphrase", async () => {
    const slot = createTestSlot();
    await (await slot.open()).setPassphrase(PASSPHRASE, null);
    const wallet = await slot.open();
    await wallet.unlock(PASSPHRASE);
    await wallet.importAccount(KERNEL_KEY, null);
    expect(hexFromBytes(slot.kept().sealed)).not.toContain("01".repeat(32));
    const next = await slot.open();
    expect(next.signer()).toBeNull();
    await next.unlock(PASSPHRASE);
    await next.selectAccount(KERNEL_ADDRESS);
    expect(next.requireSigner().address).toBe(KERNEL_ADDRESS);
  });

  it("where nothing would ask for a passphrase, nothing is locked", async () => {
    const wallet = await createTestSlot().open();
    await expect(wallet.lock()).rejects.toMatchObject({ code: "no-passphrase" });
    expect(wallet.requireSigner().address).toBe(wallet.address);
  });

  it("[STO-4] labels that are not those of the sealed keys are damage, whoever knows the passphrase", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open();
    await wallet.setPassphrase(PASSPHRASE, null);
    const accounts = wallet.accounts().map((account) => ({ ...account, address: KERNEL_ADDRESS }));
    slot.values.set("keystore", { ...slot.kept(), active: KERNEL_ADDRESS, accounts });
    const next = await slot.open();
    await expect(next.unlock(PASSPHRASE)).rejects.toMatchObject({ code: "keystore-damaged" });
    expect(next.signer()).toBeNull();
  });
});

describe("listeners", () => {
  it("hear each change when it is true, nothing that was refused, and nothing after they left", async () => {
    const wallet = await createTestSlot().open();
    const heard: [string, boolean][] = [];
    const leave = wallet.onChange(() => heard.push([wallet.address, wallet.signer() === null]));
    const first = wallet.address;
    const second = await wallet.addAccount(null);
    await wallet.selectAccount(second);
    await wallet.setPassphrase(PASSPHRASE, null);
    await wallet.lock();
    await expect(wallet.unlock("not this one")).rejects.toMatchObject({ code: "passphrase-wrong" });
    await wallet.unlock(PASSPHRASE);
    expect(heard).toEqual([
      [first, false],
      [second, false],
      [second, false],
      [second, true],
      [second, false],
    ]);
    leave();
    await wallet.selectAccount(first);
    expect(heard).toHaveLength(5);
  });
});
