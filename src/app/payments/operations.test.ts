import { expect, test } from "vitest";
import { encodeSignedTransaction } from "../../kernel/transaction.ts";
import { CODEX_NAME_MAX_BYTES, CODEX_TEXT_MAX_BYTES } from "../../ledger/modules/codex.ts";
import { PROFILE_NAME_MAX_BYTES } from "../../ledger/modules/profile.ts";
import { moduleOf } from "../../ledger/modules/registry.ts";
import { emptyStateMap } from "../../ledger/state-map.ts";
import {
  CODEX_NAME_MAX_BYTES as APP_CODEX_NAME,
  CODEX_TEXT_MAX_BYTES as APP_CODEX_TEXT,
  PROFILE_NAME_MAX_BYTES as APP_PROFILE_NAME,
  cleanHandle,
  isHandle,
  moveHandle,
  type OperationDraft,
  registerHandle,
  setProfile,
  writeCodex,
} from "./operations.ts";

const ADDRESS = "ab".repeat(32);
const DRAFTS: readonly OperationDraft[] = [
  registerHandle("pell"),
  moveHandle("pell_of_the_bay", "cd".repeat(32)),
  setProfile({ name: "Pëll", colour: 0x1f8a4c, avatar: "0011223344556677" }),
  writeCodex(
    { action: "add", kind: "character", name: "Ilse Dray", text: "Clerk of the tide." },
    1_000_000n,
  ),
  writeCodex(
    { action: "amend", kind: "rule", name: "Sums", text: "They agree by midwinter." },
    1_000_000n,
  ),
];

test.each(DRAFTS)("the ledger takes $module $operation.action at this size and price", (draft) => {
  const account = `sys/${draft.module}`;
  const module = moduleOf(account);
  if (module === undefined) throw new TypeError("no such module");
  const op = module.fromFields(draft.operation);
  const signed = encodeSignedTransaction({
    payload: {
      from_: ADDRESS,
      to: account,
      amountConsumer: 0n,
      amountIndustrial: 0n,
      fee: 0n,
      feeSelector: 0,
      nonce: 1n,
      memo: module.encode(op),
    },
    publicKey: new Uint8Array(32),
    signature: new Uint8Array(64),
  });
  expect(draft.sizeBytes).toBe(signed.length);
  expect(draft.price).toEqual(module.price(op, emptyStateMap));
  expect(module.describe(op)).toEqual(draft.operation);
});

test("the page's caps are the ledger's", () => {
  expect([APP_CODEX_NAME, APP_CODEX_TEXT, APP_PROFILE_NAME]).toEqual([
    CODEX_NAME_MAX_BYTES,
    CODEX_TEXT_MAX_BYTES,
    PROFILE_NAME_MAX_BYTES,
  ]);
});

test("a handle as people type it", () => {
  expect(cleanHandle(" @Pell_9 ")).toBe("pell_9");
  expect(isHandle("pell_9")).toBe(true);
  for (const text of ["ab", "x".repeat(25), "pèll", "a b", "@pell"]) {
    expect(isHandle(text), text).toBe(false);
  }
});
