import { describe, expect, it } from "vitest";
import type { Address } from "../../kernel/brand.ts";
import { bytesFromHex, hexFromBytes, utf8Encode } from "../../kernel/bytes.ts";
import type { StateMap } from "../state-map.ts";
import { emptyStateMap, stateGet, stateKey } from "../state-map.ts";
import { alice, bob, carol } from "../transactions/testing/sample-transactions.ts";
import { TransactionCode, TransactionRefused } from "../transactions/transaction-code.ts";
import { handleHistory, handleOfAddress, handleOwner } from "./handle-state.ts";
import type { HandleOperation } from "./handles.ts";
import { HANDLE_PRICE, handles } from "./handles.ts";

const register = (handle: string, owner: Address | null = null): HandleOperation => ({
  action: "register",
  handle,
  owner,
});
const move = (handle: string, to: Address): HandleOperation => ({ action: "move", handle, to });

function act(state: StateMap, op: HandleOperation, sender: Address, height: number) {
  return handles.execute(state, op, { sender, height });
}

/** The state after operations that must all succeed. */
function after(...steps: readonly (readonly [HandleOperation, Address, number])[]): StateMap {
  return steps.reduce((state, [op, sender, height]) => {
    const result = act(state, op, sender, height);
    expect(result.code).toBe(TransactionCode.ok);
    return result.state;
  }, emptyStateMap);
}

function numberOf(run: () => unknown): number {
  try {
    run();
  } catch (error) {
    if (error instanceof TransactionRefused) return error.number;
    throw error;
  }
  return TransactionCode.ok;
}

describe("the memo of a handle operation", () => {
  it("[ENC-1] has one layout, written out by hand", () => {
    const anna = `04${hexFromBytes(utf8Encode("anna"))}`;
    const layouts: readonly (readonly [HandleOperation, string])[] = [
      [register("anna"), `0100${anna}00`],
      [register("anna", bob), `0100${anna}01${bob}`],
      [move("anna", bob), `0101${anna}${bob}`],
    ];
    for (const [op, hex] of layouts) {
      expect(hexFromBytes(handles.encode(op))).toBe(hex);
      expect(handles.decode(bytesFromHex(hex))).toEqual(op);
    }
  });

  it("[HND-1] names have 3 to 24 of a to z, 0 to 9 and _", () => {
    for (const handle of ["abc", "a_1", "___", "9".repeat(24)]) {
      expect(numberOf(() => handles.encode(register(handle)))).toBe(TransactionCode.ok);
    }
    for (const handle of [
      "",
      "ab",
      "a".repeat(25),
      "Anna",
      "an-na",
      "@anna",
      "an na",
      "änna",
      "anna\n",
    ]) {
      const memo = Uint8Array.of(1, 0, utf8Encode(handle).length, ...utf8Encode(handle), 0);
      expect(numberOf(() => handles.encode(register(handle)))).toBe(TransactionCode.badOperation);
      expect(numberOf(() => handles.decode(memo))).toBe(TransactionCode.badOperation);
    }
  });

  it("[HND-1] reserved words are nobody's, and nothing starts with sys", () => {
    const words =
      "admin root fabula lighthouse tracker sys sysop system null undefined everyone nobody";
    for (const handle of [...words.split(" "), "genesis", "sys_1"]) {
      const memo = Uint8Array.of(1, 0, handle.length, ...utf8Encode(handle), 0);
      expect(numberOf(() => handles.decode(memo))).toBe(TransactionCode.handleReserved);
      expect(numberOf(() => handles.encode(move(handle, bob)))).toBe(
        TransactionCode.handleReserved,
      );
    }
    for (const handle of ["admins", "my_sys", "roots"]) {
      expect(numberOf(() => handles.encode(register(handle)))).toBe(TransactionCode.ok);
    }
  });
});

describe("handles", () => {
  it("[HND-1] the first valid registration wins, a registration costs 10 consumer tokens", () => {
    const state = after([register("anna"), alice, 5]);
    expect(handleOwner(state, "anna")).toBe(alice);
    expect(handles.price(register("anna"), emptyStateMap)).toEqual({
      consumer: 10_000_000n,
      industrial: 0n,
    });
    expect(HANDLE_PRICE).toBe(10_000_000n);
    expect(handles.price(move("anna", bob), emptyStateMap)).toEqual({
      consumer: 0n,
      industrial: 0n,
    });
    for (const sender of [alice, bob]) {
      const late = act(state, register("anna"), sender, 6);
      expect(late).toEqual({ state, touched: [], code: TransactionCode.handleTaken });
    }
    expect(handleOwner(state, "ann")).toBeUndefined();
  });

  it("[HND-1] only the owner may move a handle, and it is then the other's alone", () => {
    const state = after([register("anna"), alice, 5]);
    expect(act(state, move("anna", bob), bob, 6).code).toBe(TransactionCode.notOwner);
    expect(act(state, move("otto", bob), alice, 6).code).toBe(TransactionCode.handleUnknown);
    const moved = after([register("anna"), alice, 5], [move("anna", bob), alice, 6]);
    expect(handleOwner(moved, "anna")).toBe(bob);
    expect(act(moved, move("anna", alice), alice, 7).code).toBe(TransactionCode.notOwner);
    expect(act(moved, register("anna"), alice, 7).code).toBe(TransactionCode.handleTaken);
  });

  it("[HND-1] who had it since when is kept; a move to oneself is no change of owner", () => {
    const state = after(
      [register("anna", bob), alice, 5],
      [move("anna", carol), bob, 9],
      [move("anna", carol), carol, 10],
      [move("anna", bob), carol, 12],
    );
    expect(handleHistory(state, "anna")).toEqual([
      { owner: bob, height: 5 },
      { owner: carol, height: 9 },
      { owner: bob, height: 12 },
    ]);
    expect(handleHistory(state, "otto")).toEqual([]);
  });

  it("[HND-1] an address shows the newest handle that it took itself, and none that it gave away", () => {
    const two = after([register("anna"), alice, 5], [register("nana"), alice, 6]);
    expect(handleOfAddress(two, alice)).toBe("nana");
    const chosen = act(two, move("anna", alice), alice, 7).state;
    expect(handleOfAddress(chosen, alice)).toBe("anna");
    const kept = act(chosen, move("nana", bob), alice, 8).state;
    expect([handleOfAddress(kept, alice), handleOfAddress(kept, bob)]).toEqual(["anna", "nana"]);
    const given = act(kept, move("anna", carol), alice, 9).state;
    expect([handleOfAddress(given, alice), handleOfAddress(given, carol)]).toEqual([
      undefined,
      "anna",
    ]);
  });

  it("[HND-1] a gift is shown where nothing else is, and never in place of what was chosen", () => {
    const gift = after([register("clown", bob), alice, 5]);
    expect(handleOfAddress(gift, bob)).toBe("clown");
    const state = after([register("bob_1"), bob, 5], [register("clown", bob), alice, 6]);
    expect([handleOwner(state, "clown"), handleOfAddress(state, bob)]).toEqual([bob, "bob_1"]);
  });

  it("[HDR-4] the entries of the state, written out by hand", () => {
    const state = after([register("anna"), alice, 5], [move("anna", bob), alice, 6]);
    const at = (module: string, key: Uint8Array): string | undefined => {
      const value = stateGet(state, stateKey(module, key));
      return value === undefined ? undefined : hexFromBytes(value);
    };
    const anna = utf8Encode("anna");
    expect(at("handle", anna)).toBe(`${bob}0600000002000000`);
    expect(at("handle-history", Uint8Array.of(...anna, 0, 0, 0, 0))).toBe(`${alice}05000000`);
    expect(at("handle-history", Uint8Array.of(...anna, 1, 0, 0, 0))).toBe(`${bob}06000000`);
    expect(at("handle-of", bytesFromHex(bob))).toBe(`04${hexFromBytes(anna)}`);
    expect(at("handle-of", bytesFromHex(alice))).toBeUndefined();
  });
});

describe("fields of a handle operation", () => {
  it("[TX-6] may have an @, and say what is wrong", () => {
    expect(handles.fromFields({ action: "register", handle: "@anna" })).toEqual(register("anna"));
    const wrong: readonly (readonly [Record<string, unknown>, string])[] = [
      [{ handle: "anna" }, "action"],
      [{ action: "sell", handle: "anna" }, "action"],
      [{ action: "register", handle: 5 }, "handle"],
      [{ action: "register", handle: "Anna" }, "handle"],
      [{ action: "register", handle: "anna", owner: "bob" }, "owner"],
      [{ action: "register", handle: "anna", to: bob }, "to"],
      [{ action: "move", handle: "anna" }, "to"],
    ];
    for (const [fields, path] of wrong) {
      expect(() => handles.fromFields(fields)).toThrow(
        expect.objectContaining({ code: "bad-params", data: expect.objectContaining({ path }) }),
      );
    }
    expect(numberOf(() => handles.fromFields({ action: "register", handle: "root" }))).toBe(
      TransactionCode.handleReserved,
    );
  });
});
