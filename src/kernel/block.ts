/**
 * A block as it travels and is stored: header, then body. The header says which kind of body may follow,
 * so its cap is known before the body is read (BODY-1).
 *
 * @module
 */
import type { Body } from "./body.ts";
import { bodyMaxBytes, decodeBody, encodeBody } from "./body.ts";
import { concatBytes } from "./bytes.ts";
import { CodedError } from "./errors.ts";
import type { Header } from "./header.ts";
import { decodeHeader, encodeHeader, HEADER_BYTES } from "./header.ts";

/** A header and the body it commits to. */
export interface Block {
  readonly header: Header;
  readonly body: Body;
}

/** The most that an encoded block can have, in bytes (BODY-1). */
export const BLOCK_MAX_BYTES: number = HEADER_BYTES + bodyMaxBytes("key");

/** The block's bytes: header ‖ body (ENC-1); throws `bad-value` or `too-large`. */
export function encodeBlock(block: Block): Uint8Array {
  return concatBytes(encodeHeader(block.header), encodeBody(block.body, block.header.kind));
}

/** The block that has these bytes (ENC-2, BODY-1); throws `too-large` or `bad-encoding`. */
export function decodeBlock(bytes: Uint8Array): Block {
  if (bytes.length > BLOCK_MAX_BYTES) {
    const data = { what: "block", sizeBytes: bytes.length, maxBytes: BLOCK_MAX_BYTES };
    throw new CodedError("too-large", data);
  }
  const header = decodeHeader(bytes.subarray(0, HEADER_BYTES));
  return { header, body: decodeBody(bytes.subarray(HEADER_BYTES), header.kind) };
}
