/**
 * Methods that sign with this peer's wallet, or send what somebody else signed.
 *
 * @module
 */
import { bytesFromHex, hexFromBytes, utf8Encode } from "../../../kernel/bytes.ts";
import { CodedError } from "../../../kernel/errors.ts";
import { MEMO_MAX_BYTES } from "../../../kernel/limits.ts";
import { checkText } from "../../../kernel/text.ts";
import { decodeSignedTransaction, txidOf } from "../../../kernel/transaction.ts";
import { moduleOf, SYSTEM_PREFIX } from "../../../ledger/modules/registry.ts";
import { tipMemo } from "../../../ledger/transactions/tip-memo.ts";
import {
  TransactionCode,
  TransactionRefused,
} from "../../../ledger/transactions/transaction-code.ts";
import type { PeerCore } from "../../peer-core.ts";
import type { Handlers } from "../handlers.ts";
import { handleFrom, recipientOf } from "./handle-names.ts";
import { keyBlockEntry } from "./known-blocks.ts";
import { type FeeChoice, type PaymentDraft, sendPayment } from "./send-payment.ts";

const U64_MAX = (1n << 64n) - 1n;

type PaymentMethod = "submit_tx" | "send_tokens" | "submit_operation" | "register_handle";

/** Handlers that move tokens. */
export const paymentMethods: Handlers<PaymentMethod> = {
  async submit_tx(core, { tx }) {
    const transaction = decodeSignedTransaction(bytesFromHex(tx));
    const status = await core.session().payments.submit(transaction);
    return { status, txid: hexFromBytes(txidOf(transaction)) };
  },
  send_tokens(core, params) {
    const amountConsumer = amountOf("consumer", params.consumer);
    const amountIndustrial = amountOf("industrial", params.industrial);
    if (amountConsumer === 0n && amountIndustrial === 0n) {
      throw badParams("consumer", "send something: consumer, industrial, or both");
    }
    const remark = remarkBytes(params.memo);
    const { to, paragraph } = params;
    const draft: PaymentDraft = {
      to: addressee(core, to, paragraph),
      amountConsumer,
      amountIndustrial,
      memo: paragraph === undefined ? remark : tipMemo(paragraph, remark),
    };
    return sendPayment(core, draft, params);
  },
  submit_operation: (core, params) => sendOperation(core, params.module, params.operation, params),
  register_handle(core, { handle, address }) {
    const fields = { action: "register", handle: handleFrom(handle) ?? handle };
    const given = address === undefined ? fields : { ...fields, owner: address };
    return sendOperation(core, "handles", given, {});
  },
};

function badParams(path: string, problem: string): CodedError {
  return new CodedError("bad-params", { method: "send_tokens", path, problem });
}

function amountOf(path: string, units: string | undefined): bigint {
  const amount = BigInt(units ?? 0);
  if (amount > U64_MAX) throw badParams(path, "must be below 2^64");
  return amount;
}

/** What a person adds to a transfer; throws `bad-text`. Its length is the ledger's rule. */
function remarkBytes(memo: string | undefined): Uint8Array {
  const text = (memo ?? "").normalize("NFC");
  checkText(text, { what: "memo", maxBytes: MEMO_MAX_BYTES });
  return utf8Encode(text);
}

/** Who is paid: the recipient named, or the author of a paragraph of the canon. */
function addressee(core: PeerCore, to: string | undefined, paragraph: string | undefined): string {
  const { chain } = core.session().context;
  const entry = paragraph === undefined ? undefined : keyBlockEntry(chain, paragraph);
  if (entry !== undefined && !chain.isCanon(entry.id)) {
    throw new CodedError("unknown-block", { block: entry.id });
  }
  if (to !== undefined) return recipientOf(chain.headState(), to);
  const author = entry?.author ?? null;
  if (author === null) throw badParams("to", "name a recipient, or a paragraph to tip");
  return author;
}

function sendOperation(
  core: PeerCore,
  name: string,
  fields: Readonly<Record<string, string | number>>,
  choice: FeeChoice,
): ReturnType<typeof sendPayment> {
  const to = SYSTEM_PREFIX + name;
  const module = moduleOf(to);
  if (module === undefined) throw new TransactionRefused(TransactionCode.unknownModule, { to });
  const memo = module.encode(module.fromFields(fields));
  return sendPayment(core, { to, amountConsumer: 0n, amountIndustrial: 0n, memo }, choice);
}
