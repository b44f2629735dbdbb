/**
 * The whole history of an account as a file: CSV for a spreadsheet, JSON with everything down to the
 * signed bytes.
 *
 * @module
 */
import type { TransactionView } from "../../../peer/rpc/shapes.ts";
import { formatLedger, type Token } from "../../format/amounts.ts";
import { priceOf } from "../../payments/price.ts";
import { outcomeWords } from "../../refusals.ts";

const COLUMNS: readonly (readonly [string, (view: TransactionView) => string])[] = [
  ["time", (view) => (view.timestampMs === null ? "" : new Date(view.timestampMs).toISOString())],
  ["state", (view) => view.state],
  ["from", (view) => view.from],
  ["to", (view) => view.to],
  ["consumer", (view) => plain(view.consumer)],
  ["industrial", (view) => plain(view.industrial)],
  ["fee_consumer", (view) => plain(view.feeSplit.consumer)],
  ["fee_industrial", (view) => plain(view.feeSplit.industrial)],
  ["price_consumer", (view) => price(view, "consumer")],
  ["price_industrial", (view) => price(view, "industrial")],
  ["outcome", (view) => outcomeWords(view.code)],
  ["note", (view) => view.memoText ?? ""],
  ["operation", (view) => (view.operation === null ? "" : JSON.stringify(view.operation))],
  ["paragraph", (view) => view.paragraph ?? ""],
  ["height", (view) => (view.height === null ? "" : String(view.height))],
  ["block", (view) => view.block ?? ""],
  ["nonce", (view) => view.nonce],
  ["txid", (view) => view.txid],
];

/** Tokens without grouping, as spreadsheets read them. */
function plain(units: string): string {
  return formatLedger(units).replaceAll(",", "");
}

/** Empty where a receipt does not tell it. */
function price(view: TransactionView, token: Token): string {
  const known = priceOf(view);
  return known === null ? "" : plain(String(known[token]));
}

/** Other people write notes: what a spreadsheet would run as a formula is kept a text (OWASP). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180, amounts in tokens. */
export function historyCsv(receipts: readonly TransactionView[]): string {
  const head = COLUMNS.map(([name]) => name).join(",");
  const lines = receipts.map((view) => COLUMNS.map(([, read]) => cell(read(view))).join(","));
  return [head, ...lines, ""].join("\r\n");
}

/** Everything the peer said of them; amounts in micro-units. */
export function historyJson(
  story: string | null,
  address: string,
  receipts: readonly TransactionView[],
): string {
  return `${JSON.stringify({ story, address, receipts }, null, 2)}\n`;
}
