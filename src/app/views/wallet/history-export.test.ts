import { expect, test } from "vitest";
import type { TransactionView } from "../../../peer/rpc/shapes.ts";
import { historyCsv, historyJson } from "./history-export.ts";

const ME = "ab".repeat(32);
const view = (change: Partial<TransactionView>): TransactionView => ({
  txid: "ef".repeat(32),
  state: "final",
  code: 0,
  label: "ok",
  from: ME,
  to: "cd".repeat(32),
  consumer: "1250000000000",
  industrial: "1",
  fee: "283",
  feeSplit: { consumer: "142", industrial: "141" },
  feeSelector: 2,
  price: { consumer: "0", industrial: "0" },
  nonce: "4",
  memo: "",
  memoText: null,
  operation: null,
  paragraph: null,
  sizeBytes: 283,
  feePerByte: "1",
  block: "12".repeat(32),
  height: 9,
  microIndex: 2,
  index: 0,
  timestampMs: 1_700_000_000_000,
  confirmations: 8,
  publicKey: ME,
  signature: "",
  encoded: "00",
  ...change,
});

test("one line for each payment, figures exact and without grouping", () => {
  const [head, line, end] = historyCsv([view({})]).split("\r\n");
  const cells = Object.fromEntries(
    (head ?? "").split(",").map((name, index) => [name, (line ?? "").split(",")[index]]),
  );
  expect(cells).toMatchObject({
    time: "2023-11-14T22:13:20.000Z",
    state: "final",
    consumer: "1250000.000000",
    industrial: "0.000001",
    fee_consumer: "0.000142",
    fee_industrial: "0.000141",
    price_consumer: "0.000000",
    outcome: "done",
    height: "9",
    nonce: "4",
  });
  expect(end).toBe("");
});

test("a handle has its price beside its fee, so that the file adds up to the balance", () => {
  const fields = { action: "register", handle: "pell" };
  const line = (change: Partial<TransactionView>): string =>
    historyCsv([view({ to: "sys/handles", operation: { module: "handles", fields }, ...change })]);
  const price = { consumer: "10000000", industrial: "0" };
  expect(line({ price })).toContain(",0.000141,10.000000,0.000000,done,");
  expect(line({ code: 64 })).toContain(",0.000141,0.000000,0.000000,lost");
});

test("a note cannot break out of its cell nor become a formula", () => {
  const csv = historyCsv([view({ memoText: '=HYPERLINK("http://x"),\r\nevil' })]);
  expect(csv).toContain(`"'=HYPERLINK(""http://x""),\r\nevil"`);
  expect(historyCsv([view({ memoText: "+49" })])).toContain(",'+49,");
});

test("JSON keeps everything", () => {
  const parsed: unknown = JSON.parse(historyJson(null, ME, [view({})]));
  expect(parsed).toEqual({ story: null, address: ME, receipts: [view({})] });
});
