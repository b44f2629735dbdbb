import { expect, test } from "vitest";
import type { TransactionView } from "../../peer/rpc/shapes.ts";
import {
  betweenOthers,
  counterparty,
  moves,
  stateWords,
  titleBefore,
  transactionTitle,
} from "./words.ts";

const ME = "ab".repeat(32);
const OTHER = "cd".repeat(32);
const view = (change: Partial<TransactionView>): TransactionView => ({
  txid: "ef".repeat(32),
  state: "pending",
  code: null,
  label: null,
  from: ME,
  to: OTHER,
  consumer: "12500000",
  industrial: "0",
  fee: "282",
  feeSplit: { consumer: "282", industrial: "0" },
  feeSelector: 0,
  price: null,
  nonce: "1",
  memo: "",
  memoText: null,
  operation: null,
  paragraph: null,
  sizeBytes: 282,
  feePerByte: "1",
  block: null,
  height: null,
  microIndex: null,
  index: null,
  timestampMs: null,
  confirmations: 0,
  publicKey: ME,
  signature: "",
  encoded: "",
  ...change,
});
const operation = (module: string, fields: Record<string, string | number>): TransactionView =>
  view({ to: `sys/${module}`, consumer: "0", operation: { module, fields } });

test("a transfer is told from where one stands", () => {
  expect(transactionTitle(view({}), ME)).toBe("Sent to");
  expect(transactionTitle(view({}), OTHER)).toBe("Received from");
  expect(transactionTitle(view({}), null)).toBe("Transfer");
  expect(transactionTitle(view({ paragraph: OTHER }), ME)).toBe("Tip to");
  expect(transactionTitle(view({ paragraph: OTHER }), OTHER)).toBe("Tip from");
  expect(transactionTitle(view({ to: ME }), ME)).toBe("Sent to yourself");
  expect(counterparty(view({}), ME)).toBe(OTHER);
  expect(counterparty(view({}), OTHER)).toBe(ME);
  expect(counterparty(view({ to: ME }), ME)).toBeNull();
  expect(titleBefore(view({}), null)).toBe("Transfer by");
  expect(titleBefore(view({}), ME)).toBe("Sent to");
  expect(betweenOthers(view({}), null)).toBe(true);
  expect(betweenOthers(view({}), OTHER)).toBe(false);
  expect(betweenOthers(operation("handles", {}), null)).toBe(false);
  expect(titleBefore(operation("handles", { handle: "pell" }), null)).toBe("Registered @pell");
});

test("operations say what they did", () => {
  const title = (one: TransactionView): string => transactionTitle(one, ME);
  expect(title(operation("handles", { action: "register", handle: "pell" }))).toBe(
    "Registered @pell",
  );
  expect(title(operation("handles", { action: "move", handle: "pell" }))).toBe("Moved @pell");
  expect(title(operation("codex", { action: "add", name: "Ilse" }))).toContain("Added “Ilse”");
  expect(title(operation("codex", { action: "amend", name: "Ilse" }))).toContain("Amended");
  expect(title(operation("profile", { action: "set" }))).toBe("Changed the profile");
  expect(title(operation("votes", {}))).toBe("Operation of votes");
  expect(counterparty(operation("handles", {}), ME)).toBeNull();
  expect(moves(operation("handles", {}))).toBe(false);
});

test("states in words, with what became of an operation", () => {
  expect(stateWords(view({}))).toBe("waiting");
  expect(stateWords(view({ state: "settled", confirmations: 3, code: 0 }))).toBe(
    "settled · 3 confirmations",
  );
  expect(stateWords(view({ state: "sealed", code: 64 }))).toBe("sealed · lost: handle taken");
});
