import { describe, expect, it } from "vitest";
import { bytesFromHex, hexFromBytes, utf8Encode } from "../../kernel/bytes.ts";
import { noTokens } from "../state.ts";
import { emptyStateMap, stateGet, stateKey } from "../state-map.ts";
import { alice, bob } from "../transactions/testing/sample-transactions.ts";
import { TransactionCode } from "../transactions/transaction-code.ts";
import type { Profile } from "./profile.ts";
import { PROFILE_NAME_MAX_BYTES, profile, profileOf } from "./profile.ts";

const anna: Profile = {
  name: "Anna of the Rocks",
  colour: 0x0a_1b_2c,
  avatar: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
};
const set = (change: Partial<Profile> = {}) =>
  ({ action: "set", profile: { ...anna, ...change } }) as const;
const badOperation = expect.objectContaining({ number: TransactionCode.badOperation });
const name = hexFromBytes(utf8Encode(anna.name));

describe("profiles", () => {
  it("[ENC-1] the memo has one layout, written out by hand", () => {
    const hex = `010011${name}0a1b2c0102030405060708`;
    expect(hexFromBytes(profile.encode(set()))).toBe(hex);
    expect(profile.decode(bytesFromHex(hex))).toEqual(set());
  });

  it("[PRF-1] a name is empty or at most 40 bytes of one line; colour and avatar are any", () => {
    for (const change of [
      { name: "" },
      { name: "é".repeat(PROFILE_NAME_MAX_BYTES / 2) },
      { colour: 0 },
      { colour: 0xff_ff_ff },
    ]) {
      expect(profile.decode(profile.encode(set(change)))).toEqual(set(change));
    }
    const names = [
      "é".repeat(PROFILE_NAME_MAX_BYTES / 2).concat("a"),
      " ",
      "Anna ",
      "An\nna",
      "\u202eannA",
    ];
    for (const bad of names) {
      expect(() => profile.encode(set({ name: bad }))).toThrow(badOperation);
    }
    expect(() => profile.encode(set({ avatar: new Uint8Array(7) }))).toThrow(badOperation);
    expect(() => profile.encode(set({ colour: 0x1_00_00_00 }))).toThrow(badOperation);
  });

  it("[PRF-1] the newest profile of an address stands, and costs nothing beside the fee", () => {
    const first = profile.execute(emptyStateMap, set(), { sender: alice, height: 1 });
    const next = profile.execute(first.state, set({ name: "A." }), { sender: alice, height: 2 });
    expect(profileOf(first.state, alice)).toEqual(anna);
    expect(profileOf(next.state, alice)).toEqual({ ...anna, name: "A." });
    expect(profileOf(next.state, bob)).toBeUndefined();
    expect(profile.price(set(), emptyStateMap)).toEqual(noTokens);
    const key = stateKey("profile", bytesFromHex(alice));
    expect(first.touched).toEqual([key]);
    expect(hexFromBytes(stateGet(first.state, key) ?? new Uint8Array())).toBe(
      `11${name}0a1b2c0102030405060708`,
    );
  });

  it("[TX-6] fields say what is wrong", () => {
    const fields = profile.describe(set());
    expect(fields).toEqual({
      action: "set",
      name: anna.name,
      colour: 0x0a_1b_2c,
      avatar: "0102030405060708",
    });
    const wrong = [
      [{ ...fields, action: "unset" }, "action"],
      [{ ...fields, name: undefined }, "name"],
      [{ ...fields, colour: 0x1_00_00_00 }, "colour"],
      [{ ...fields, colour: -1 }, "colour"],
      [{ ...fields, colour: "#0a1b2c" }, "colour"],
      [{ ...fields, avatar: "0A02030405060708" }, "avatar"],
      [{ ...fields, avatar: "01" }, "avatar"],
      [{ ...fields, picture: "" }, "picture"],
    ] as const;
    for (const [bad, path] of wrong) {
      expect(() => profile.fromFields(bad)).toThrow(
        expect.objectContaining({ code: "bad-params", data: expect.objectContaining({ path }) }),
      );
    }
  });
});
