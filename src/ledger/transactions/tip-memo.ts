/**
 * A tip is a plain transfer that names the paragraph it is for: its memo is `tip/1|` (ASCII), the 32 bytes
 * of the id of the paragraph's block, and a remark, which may be empty. Consensus treats it as any other
 * transfer; peers list it under the paragraph.
 *
 * @module
 */
import { isHex32 } from "../../kernel/brand.ts";
import {
  bytesFromHex,
  concatBytes,
  equalBytes,
  hexFromBytes,
  utf8Encode,
} from "../../kernel/bytes.ts";
import type { TransactionPayload } from "../../kernel/transaction.ts";

const TAG = utf8Encode("tip/1|");
const ID_BYTES = 32;

/** The memo of a tip for the paragraph of a block (64 hex digits), with a remark. */
export function tipMemo(paragraph: string, remark: Uint8Array): Uint8Array {
  return concatBytes(TAG, bytesFromHex(paragraph), remark);
}

/** The block whose paragraph a transfer tips, 64 hex digits; `null` for any other transaction. */
export function tippedParagraph({
  to,
  memo,
}: Pick<TransactionPayload, "to" | "memo">): string | null {
  if (!isHex32(to) || memo.length < TAG.length + ID_BYTES) return null;
  if (!equalBytes(memo.subarray(0, TAG.length), TAG)) return null;
  return hexFromBytes(memo.subarray(TAG.length, TAG.length + ID_BYTES));
}

/** A tip's memo without tag and paragraph; any other memo whole. */
export function remarkOf(payload: Pick<TransactionPayload, "to" | "memo">): Uint8Array {
  return tippedParagraph(payload) === null
    ? payload.memo
    : payload.memo.subarray(TAG.length + ID_BYTES);
}
