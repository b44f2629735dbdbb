import { describe, expect, it } from "vitest";
import type { Address } from "../../kernel/brand.ts";
import { bytesFromHex, hexFromBytes, utf8Encode } from "../../kernel/bytes.ts";
import { noTokens } from "../state.ts";
import type { StateMap } from "../state-map.ts";
import { emptyStateMap, stateGet, stateKey } from "../state-map.ts";
import { alice, bob } from "../transactions/testing/sample-transactions.ts";
import { TransactionCode } from "../transactions/transaction-code.ts";
import type { CodexOperation } from "./codex.ts";
import {
  CODEX_MAX_ENTRIES,
  CODEX_NAME_MAX_BYTES,
  CODEX_TEXT_MAX_BYTES,
  codex,
  codexEntries,
} from "./codex.ts";

const anna: CodexOperation = {
  action: "add",
  kind: "character",
  name: "Anna",
  text: "Keeps the light.",
};
const amended: CodexOperation = { ...anna, action: "amend", text: "Kept the light." };
const act = (state: StateMap, op: CodexOperation, sender: Address = alice, height = 3) =>
  codex.execute(state, op, { sender, height });
const badOperation = expect.objectContaining({ number: TransactionCode.badOperation });

describe("the memo of a codex operation", () => {
  it("[ENC-1] has one layout, written out by hand", () => {
    const head = `0004${hexFromBytes(utf8Encode("Anna"))}`;
    const hex = `0100${head}1000${hexFromBytes(utf8Encode("Keeps the light."))}`;
    expect(hexFromBytes(codex.encode(anna))).toBe(hex);
    expect(codex.decode(bytesFromHex(hex))).toEqual(anna);
    const kinds = (["character", "place", "rule", "thing"] as const).map((kind) =>
      codex.encode({ ...amended, kind }).slice(0, 3),
    );
    expect(kinds.map(hexFromBytes)).toEqual(["010100", "010101", "010102", "010103"]);
  });

  it("[CDX-1] names and texts have at least one word, at most 60 and 600 bytes, and ENC-5's characters", () => {
    const longest = {
      ...anna,
      name: "é".repeat(CODEX_NAME_MAX_BYTES / 2),
      text: "字".repeat(CODEX_TEXT_MAX_BYTES / 3),
    };
    expect(codex.decode(codex.encode(longest))).toEqual(longest);
    const refused: readonly Partial<CodexOperation>[] = [
      { name: `${longest.name}a` },
      { text: `${longest.text}a` },
      ...["", " ", "\u3000", " Anna", "Anna ", "Anna\u3000", "An\nna", "An\u200bna", "\ud800"].map(
        (name) => ({ name }),
      ),
      ...["", " \n ", "\u0000", "a\u202eb", "\udfff"].map((text) => ({ text })),
    ];
    for (const change of refused) {
      expect(() => codex.encode({ ...anna, ...change })).toThrow(badOperation);
    }
  });

  it("[ENC-5] a decoder asks the same of what it reads", () => {
    const memo = (name: string): Uint8Array =>
      Uint8Array.of(1, 0, 0, name.length, ...utf8Encode(name), 1, 0, 0x61);
    expect(codex.decode(memo("Anna")).name).toBe("Anna");
    for (const name of ["", " Anna", "An\nna", "\u0007"]) {
      expect(() => codex.decode(memo(name))).toThrow(badOperation);
    }
    const invalidUtf8 = Uint8Array.of(1, 0, 0, 1, 0xff, 1, 0, 0x61);
    expect(() => codex.decode(invalidUtf8)).toThrow(badOperation);
  });
});

describe("the codex", () => {
  it("[CDX-1] entries come in the order in which they were added, one of each kind and name", () => {
    const place: CodexOperation = { ...anna, kind: "place", text: "A boat." };
    const one = act(emptyStateMap, anna);
    const two = act(one.state, place, bob, 4);
    expect([one.code, two.code]).toEqual([TransactionCode.ok, TransactionCode.ok]);
    expect(codexEntries(two.state)).toEqual([
      {
        kind: "character",
        name: "Anna",
        text: "Keeps the light.",
        author: alice,
        height: 3,
        revision: 1,
      },
      { kind: "place", name: "Anna", text: "A boat.", author: bob, height: 4, revision: 1 },
    ]);
    const again = act(two.state, { ...anna, text: "Another." }, bob, 5);
    expect(again).toEqual({
      state: two.state,
      touched: [],
      code: TransactionCode.codexEntryExists,
    });
    expect(codexEntries(emptyStateMap)).toEqual([]);
    const prices = [emptyStateMap, one.state].map((state) => codex.price(anna, state).consumer);
    expect(prices).toEqual([1_000_000n, 1_000_000n]);
    expect(codex.price(amended, two.state)).toEqual(noTokens);
  });

  it("[CDX-1] only who added an entry amends it", () => {
    const { state } = act(emptyStateMap, anna);
    expect(act(state, amended, bob).code).toBe(TransactionCode.notOwner);
    expect(act(state, { ...amended, kind: "rule" }).code).toBe(TransactionCode.codexEntryUnknown);
    const after = act(act(state, amended, alice, 8).state, { ...amended, text: "Gone." }, alice, 9);
    expect(codexEntries(after.state)).toEqual([
      { kind: "character", name: "Anna", text: "Gone.", author: alice, height: 9, revision: 3 },
    ]);
  });

  it("[CDX-1] has at most 256 entries; a full one can still be amended", () => {
    let state = emptyStateMap;
    for (let index = 0; index < CODEX_MAX_ENTRIES; index++) {
      const added = act(state, { ...anna, name: index === 0 ? "Anna" : `Anna ${index}` });
      expect(added.code).toBe(TransactionCode.ok);
      // One token, twice as much after each sixteen entries.
      const price = codex.price(anna, state);
      expect(price).toEqual({ consumer: 1_000_000n * 2n ** BigInt(index >> 4), industrial: 0n });
      state = added.state;
    }
    expect(act(state, { ...anna, name: "Otto" }).code).toBe(TransactionCode.codexFull);
    expect(act(state, anna).code).toBe(TransactionCode.codexEntryExists);
    expect(act(state, amended).code).toBe(TransactionCode.ok);
    const entries = codexEntries(state);
    expect([entries.length, entries.at(-1)?.name]).toEqual([256, "Anna 255"]);
  });

  it("[HDR-4] the entries of the state, written out by hand", () => {
    const { state } = act(act(emptyStateMap, anna).state, { ...anna, kind: "thing" }, bob, 4);
    const at = (module: string, key: readonly number[]): string =>
      hexFromBytes(stateGet(state, stateKey(module, Uint8Array.from(key))) ?? new Uint8Array());
    const name = utf8Encode("Anna");
    const text = `1000${hexFromBytes(utf8Encode("Keeps the light."))}`;
    expect(at("codex-count", [])).toBe("02000000");
    expect(at("codex-at", [1, 0, 0, 0])).toBe(`0304${hexFromBytes(name)}`);
    expect(at("codex", [0, ...name])).toBe(`${alice}0300000001000000${text}`);
    expect(at("codex", [3, ...name])).toBe(`${bob}0400000001000000${text}`);
  });
});

describe("fields of a codex operation", () => {
  it("[TX-6] say what is wrong", () => {
    const fields = codex.describe(anna);
    const wrong = [
      [{ ...fields, action: "remove" }, "action"],
      [{ ...fields, kind: "hero" }, "kind"],
      [{ ...fields, name: 1 }, "name"],
      [{ ...fields, text: null }, "text"],
      [{ ...fields, note: "x" }, "note"],
    ] as const;
    for (const [bad, path] of wrong) {
      expect(() => codex.fromFields(bad)).toThrow(
        expect.objectContaining({ code: "bad-params", data: expect.objectContaining({ path }) }),
      );
    }
    expect(() => codex.fromFields({ ...fields, name: " " })).toThrow(badOperation);
  });
});
