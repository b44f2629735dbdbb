/**
 * What a restore replaces, what stays, and what is put aside.
 *
 * @module
 */
import { beforeAll, describe, expect, it } from "vitest";
import { initKernel } from "../../kernel/init.ts";
import { createTestSlot } from "./testing/test-slot.ts";
import type { Wallet } from "./wallet.ts";

beforeAll(() => initKernel());

const PASSPHRASE = "a lantern at noon";
const ZERO_PHRASE = `${"abandon ".repeat(23)}art`;
const ZERO_ADDRESSES = [
  "b04fc4e723f78e082e22b8ce7b8c23b0f5cad6ea101c197ebbe3cc433d45f66e",
  "9335fe5bdb907ea5819a2269b73244a5b9357bf1ae4c02e68106605d3d22b946",
];
const KERNEL_KEY = `-----BEGIN ED25519 PRIVATE KEY-----
AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=
-----END ED25519 PRIVATE KEY-----
`;

const addresses = (wallet: Wallet): string[] => wallet.accounts().map(({ address }) => address);

describe("restoring", () => {
  it("replaces the phrase's accounts, keeps imported ones, and puts the old keystore aside", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open();
    await wallet.addAccount("Savings");
    const imported = await wallet.importAccount(KERNEL_KEY, "Old");
    await wallet.selectAccount(imported);
    const before = slot.kept();
    await wallet.restore(ZERO_PHRASE);
    expect(addresses(wallet)).toEqual([ZERO_ADDRESSES[0], imported]);
    expect(wallet.address).toBe(ZERO_ADDRESSES[0]);
    expect(wallet.phraseChecked).toBe(true);
    expect(slot.values.get("keystore-replaced")).toEqual(before);
    const next = await slot.open();
    expect(next.requireSigner().address).toBe(ZERO_ADDRESSES[0]);
    await next.selectAccount(imported);
    expect(next.requireSigner().address).toBe(imported);
  });

  it("what was put aside opens again as it was, and a second one does not overwrite it", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open();
    const words = await wallet.revealPhrase(null);
    const first = slot.kept();
    await wallet.restore(ZERO_PHRASE);
    await wallet.restore(words.join(" "));
    expect(slot.values.get("keystore-replaced")).toEqual(first);
    expect(slot.values.get("keystore-replaced-2")).toMatchObject({ active: ZERO_ADDRESSES[0] });
    const other = createTestSlot(90);
    other.values.set("keystore", slot.values.get("keystore-replaced"));
    expect((await other.open()).requireSigner().address).toBe(first.active);
  });

  it("the same phrase loses nothing: names, order, the active account; and nothing is put aside", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open();
    const words = await wallet.revealPhrase(null);
    const second = await wallet.addAccount("Savings");
    await wallet.importAccount(KERNEL_KEY, "Old");
    await wallet.selectAccount(second);
    const before = wallet.accounts();
    await wallet.restore(words.join(" "));
    expect(wallet.accounts()).toEqual(before);
    expect(wallet.address).toBe(second);
    expect([...slot.values.keys()]).toEqual(["keystore"]);
  });

  it("elsewhere the phrase gives the first account, and the others in order when they are added", async () => {
    const wallet = await createTestSlot().open();
    await wallet.restore(ZERO_PHRASE);
    expect(addresses(wallet)).toEqual([ZERO_ADDRESSES[0]]);
    expect(await wallet.addAccount(null)).toBe(ZERO_ADDRESSES[1]);
  });

  it("an imported key that is the phrase's own becomes the phrase's account", async () => {
    const source = await createTestSlot().open();
    await source.restore(ZERO_PHRASE);
    const wallet = await createTestSlot(60).open();
    await wallet.importAccount(await source.exportAccount(source.address, null), null);
    await wallet.restore(ZERO_PHRASE);
    expect(wallet.accounts()).toEqual([
      { address: ZERO_ADDRESSES[0], name: "Account 1", origin: "phrase", index: 0 },
    ]);
  });

  it("an open wallet keeps its passphrase", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open();
    await wallet.setPassphrase(PASSPHRASE, null);
    await wallet.restore(ZERO_PHRASE);
    expect(wallet.protection).toBe("passphrase");
    const next = await slot.open();
    expect(next.signer()).toBeNull();
    await next.unlock(PASSPHRASE);
    expect(next.requireSigner().address).toBe(ZERO_ADDRESSES[0]);
  });

  it("a forgotten passphrase: the phrase opens its accounts again, imported keys are only put aside", async () => {
    const slot = createTestSlot();
    const wallet = await slot.open();
    const words = await wallet.revealPhrase(null);
    const second = await wallet.addAccount("Savings");
    await wallet.importAccount(KERNEL_KEY, "Old");
    await wallet.setPassphrase(PASSPHRASE, null);
    const sealed = slot.kept();
    const locked = await slot.open();
    await locked.restore(words.join(" "));
    expect(addresses(locked)).toEqual([wallet.address, second]);
    expect(locked.accounts()[1]?.name).toBe("Savings");
    expect(locked.protection).toBe("none");
    expect(locked.requireSigner().address).toBe(wallet.address);
    expect(slot.values.get("keystore-replaced")).toEqual(sealed);
  });
});
